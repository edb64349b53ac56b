package export

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// problem is an answer by RFC 9457.
type problem struct {
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Parameter string `json:"parameter,omitempty"` // The one at fault, with the place in it.
	Code      string `json:"code"`
	RequestID string `json:"requestId,omitempty"`
}

// fail answers with what may be told of an error, and logs what may not.
func (e *exporter) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problem{Status: http.StatusInternalServerError, Code: string(knowledge.Internal), Detail: "Internal error. Please report it with the id of the request."}
	known, isKnown := errors.AsType[*knowledge.Error](err)
	switch {
	case isKnown && known.Kind == knowledge.Invalid:
		p.Status, p.Code, p.Detail, p.Parameter = http.StatusBadRequest, "BAD_USER_INPUT", known.Message, strings.Join(known.Path, ".")
	case isKnown && known.Kind == knowledge.Unavailable:
		p.Status, p.Code, p.Detail = http.StatusServiceUnavailable, string(known.Kind), known.Message
	case isKnown && known.Kind == knowledge.Unauthenticated:
		p.Status, p.Code, p.Detail = http.StatusUnauthorized, string(known.Kind), known.Message
	case isKnown && known.Kind == knowledge.Forbidden:
		p.Status, p.Code, p.Detail = http.StatusForbidden, string(known.Kind), known.Message
	case isKnown && known.Kind == knowledge.NotFound:
		p.Status, p.Code, p.Detail = http.StatusNotFound, string(known.Kind), known.Message
	case errors.Is(err, errPoints):
		p.Status, p.Code, p.Detail = http.StatusTooManyRequests, "RATE_LIMITED", "You have used up your points for now. Try again later."
		w.Header().Set("Retry-After", strconv.Itoa(int(maxWait/time.Second)))
	case errors.Is(err, context.DeadlineExceeded):
		p.Status, p.Code, p.Detail = http.StatusServiceUnavailable, "TIMEOUT", "The server took too long. Try again."
	case errors.Is(err, context.Canceled): // The client has left.
	default:
		e.Log.ErrorContext(r.Context(), "export failed", "request_id", e.id(r.Context()), "err", err)
	}
	e.refuse(w, r, p)
}

// busy answers that too much is going on.
func (e *exporter) busy(w http.ResponseWriter, r *http.Request, status int, code, detail string, after time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(max(1, int((after+time.Second-1)/time.Second))))
	e.refuse(w, r, problem{Status: status, Code: code, Detail: detail})
}

// refuse answers with a problem.
func (e *exporter) refuse(w http.ResponseWriter, r *http.Request, p problem) {
	p.Title, p.RequestID = http.StatusText(p.Status), e.id(r.Context())
	if p.Status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", "1")
	}
	content, err := json.Marshal(p)
	if err != nil {
		panic("export: a problem cannot be written as JSON: " + err.Error())
	}
	for _, name := range []string{"ETag", "Content-Disposition", "Link", "Last-Modified"} {
		w.Header().Del(name)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(content, '\n')) // A failure means that the client has gone.
}
