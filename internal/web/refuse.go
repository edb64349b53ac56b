package web

import (
	"encoding/json"
	"net/http"
	"strings"
)

// The media types of answers.
const (
	htmlType    = "text/html"
	graphQLType = "application/graphql-response+json"
	jsonType    = "application/json"
)

// refusal is a GraphQL answer that holds an error and no data.
type refusal struct {
	Errors []refusalError `json:"errors"`
}

type refusalError struct {
	Message    string            `json:"message"`
	Extensions map[string]string `json:"extensions"`
}

// refuse answers with one error in the form that GraphQL clients understand. Nobody keeps it.
func refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	content, err := json.Marshal(refusal{Errors: []refusalError{{
		Message:    message,
		Extensions: map[string]string{"code": code, "requestId": RequestID(r.Context())},
	}}})
	if err != nil {
		panic("web: a list of texts cannot be written as JSON: " + err.Error())
	}
	mediaType := jsonType
	if accepts(r, graphQLType) {
		mediaType = graphQLType
	}
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Connection", "close") // The body, if there is one, is not waited for.
	w.WriteHeader(status)
	_, _ = w.Write(append(content, '\n')) // A failure means that the client has gone.
}

// accepts tells whether a client names a media type among those that it takes.
func accepts(r *http.Request, mediaType string) bool {
	return strings.Contains(strings.Join(r.Header.Values("Accept"), ","), mediaType)
}
