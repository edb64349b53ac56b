package transport

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// refused is why a request is not executed.
type refused struct {
	status  int
	code    string
	message string
}

func badRequest(message string) *refused {
	return &refused{http.StatusBadRequest, CodeBadRequest, message}
}

// decodeParams reads a GraphQL request from a JSON object. Keys it does not know are ignored, as the specification asks.
func decodeParams(text []byte, deepest int) (*graphql.RawParams, error) {
	fields, err := decodeObject(text, deepest)
	if err != nil {
		return nil, err
	}
	p, id := new(graphql.RawParams), ""
	for key, target := range map[string]any{
		"query": &p.Query, "operationName": &p.OperationName, "variables": &p.Variables, "extensions": &p.Extensions,
		documentIDKey: &id,
	} {
		if err := decodeField(fields[key], target); err != nil {
			return nil, errNotObject
		}
	}
	nameDocument(p, id)
	return p, nil
}

// nameDocument puts the documentId of a request where every transport has it.
func nameDocument(p *graphql.RawParams, id string) {
	if id == "" {
		return
	}
	if p.Extensions == nil {
		p.Extensions = make(map[string]any, 1)
	}
	p.Extensions[documentIDKey] = id
}

// fromQuery reads the parameters of a GET.
func (t *web) fromQuery(r *http.Request) (*graphql.RawParams, *refused) {
	if int64(len(r.URL.RawQuery)) > t.limits.BodyBytes {
		return nil, &refused{http.StatusRequestURITooLong, CodePayloadTooLarge, "The query string is too long."}
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("The query string is not well formed.")
	}
	for _, key := range []string{"query", documentIDKey, "operationName", "variables", "extensions"} {
		if len(values[key]) > 1 {
			return nil, badRequest("Each of query, documentId, operationName, variables and extensions may be given once.")
		}
	}
	p := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for key, target := range map[string]*map[string]any{"variables": &p.Variables, "extensions": &p.Extensions} {
		text := values.Get(key)
		if text == "" || text == "null" {
			continue
		}
		if _, err := decodeObject([]byte(text), t.limits.JSONDepth); err != nil {
			return nil, badRequest("The parameters variables and extensions must be JSON objects: " + err.Error() + ".")
		}
		if err := decodeField(json.RawMessage(text), target); err != nil {
			return nil, badRequest("The parameters variables and extensions must be JSON objects.")
		}
	}
	nameDocument(p, values.Get(documentIDKey))
	return p, nil
}

// fromBody reads the parameters of a POST.
func (t *web) fromBody(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refused) {
	if !isPlainJSON(r.Header) {
		w.Header().Set("Accept-Post", typeJSON)
		return nil, &refused{
			http.StatusUnsupportedMediaType, CodeUnsupportedMediaType,
			"The body must be application/json in UTF-8, without a content encoding.",
		}
	}
	body, refusal := t.readBody(w, r)
	if refusal != nil {
		// The read deadline stays: net/http reads what is left of the body, and would otherwise wait for it.
		w.Header().Set("Connection", "close")
		return nil, refusal
	}
	p, err := decodeParams(body, t.limits.JSONDepth)
	if err != nil {
		return nil, badRequest(
			"The body must be one JSON object with query or documentId, operationName, variables and extensions: " + err.Error() + ".")
	}
	return p, nil
}

// readBody reads the whole body in the time allowed.
func (t *web) readBody(w http.ResponseWriter, r *http.Request) ([]byte, *refused) {
	tooLarge := &refused{http.StatusRequestEntityTooLarge, CodePayloadTooLarge, "The body is too large."}
	if r.ContentLength > t.limits.BodyBytes {
		return nil, tooLarge
	}
	// A writer that has no deadlines, such as a test's recorder, has no slow client either.
	controller := http.NewResponseController(w)
	_ = controller.SetReadDeadline(t.now().Add(t.limits.BodyTimeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, t.limits.BodyBytes))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, tooLarge
	}
	if err != nil {
		return nil, &refused{http.StatusRequestTimeout, CodeTimeout, "The body did not arrive in time."}
	}
	_ = controller.SetReadDeadline(time.Time{}) // What follows, a stream perhaps, has all its time.
	return body, nil
}

// isPlainJSON reports whether a body is JSON in UTF-8 and not compressed.
func isPlainJSON(h http.Header) bool {
	mediaType, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType != typeJSON {
		return false
	}
	charset, encoding := parameters["charset"], h.Get("Content-Encoding")
	return (charset == "" || strings.EqualFold(charset, "utf-8")) && (encoding == "" || strings.EqualFold(encoding, "identity"))
}
