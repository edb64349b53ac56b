package admin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"goodpractice/internal/knowledge"
)

// The paths of the API.
const (
	pathImport  = "/import"
	pathExport  = "/export"
	pathReindex = "/reindex"
	pathCheck   = "/check"
	pathTokens  = "/tokens"
	pathBackup  = "/backup"
	pathStore   = "/store"
)

// failureTrailer ends a body of raw bytes that is not whole; its value is a failure as JSON.
const failureTrailer = "Goodpractice-Failure"

// event is one line of an answer that takes long. One field is set. The last line has a result or a
// failure.
type event struct {
	Progress *int            `json:"progress,omitempty"`
	Bad      *BadLine        `json:"bad,omitempty"`
	Result   json.RawMessage `json:"result,omitempty"`
	Failure  *failure        `json:"failure,omitempty"`
}

// failure is an error on its way to the client. The operator may read all of it.
type failure struct {
	Kind    knowledge.ErrorKind `json:"kind"`
	Message string              `json:"message"`
}

// describe makes a failure of an error.
func describe(err error) failure {
	if known, ok := errors.AsType[*knowledge.Error](err); ok {
		return failure{Kind: known.Kind, Message: known.Message}
	}
	if refused, ok := errors.AsType[knowledge.Problems](err); ok {
		return failure{Kind: knowledge.Invalid, Message: refused.Error()}
	}
	if errors.Is(err, context.Canceled) {
		return failure{Kind: knowledge.Unavailable, Message: "It was stopped before it was done."}
	}
	return failure{Kind: knowledge.Internal, Message: err.Error()}
}

// err is the failure as the client returns it.
func (f failure) err() error { return &knowledge.Error{Kind: f.Kind, Message: f.Message} }

// status is the HTTP status of a failure.
func (f failure) status() int {
	switch f.Kind {
	case knowledge.Invalid:
		return http.StatusBadRequest
	case knowledge.NotFound:
		return http.StatusNotFound
	case knowledge.Conflict:
		return http.StatusConflict
	case knowledge.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}
