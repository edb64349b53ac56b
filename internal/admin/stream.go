package admin

import (
	"encoding/json"
	"io"
	"net/http"
)

// stream writes events as they happen. One goroutine uses it.
type stream struct {
	controller *http.ResponseController
	encoder    *json.Encoder
}

// begin starts an answer of events, which is written while the body is still being read.
func begin(w http.ResponseWriter) (*stream, error) {
	controller := http.NewResponseController(w)
	if err := controller.EnableFullDuplex(); err != nil {
		return nil, err
	}
	w.Header().Set("Content-Type", "application/jsonl")
	return &stream{controller: controller, encoder: json.NewEncoder(w)}, controller.Flush()
}

// send writes one event at once. A failure means that the client has gone; the request's context
// ends then.
func (s *stream) send(e event) {
	_ = s.encoder.Encode(e)
	_ = s.controller.Flush()
}

// progress is told to the client.
func (s *stream) progress(done int) { s.send(event{Progress: &done}) }

// end writes the last event.
func (s *stream) end(result any, err error) error {
	if err != nil {
		told := describe(err)
		s.send(event{Failure: &told})
		return nil
	}
	encoded, err := json.Marshal(result)
	if err != nil {
		return err
	}
	s.send(event{Result: encoded})
	return nil
}

func (h *handler) importRecords(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	options := ImportOptions{
		Name: query.Get("name"), Format: query.Get("format"),
		Strict: flag(query.Get("strict")), Publish: flag(query.Get("publish")),
		CreateMissing: flag(query.Get("create")), Tokens: flag(query.Get("tokens")),
	}
	events, err := begin(w)
	if err != nil {
		return err
	}
	report, err := h.Records.Import(r.Context(), r.Body, options, ImportWatch{
		Progress: events.progress,
		BadLine:  func(bad BadLine) { events.send(event{Bad: &bad}) },
	})
	if err := events.end(report, err); err != nil {
		return err
	}
	// The client stops sending when it has read the end. To close the connection before that could
	// take the end away from it.
	_, _ = io.Copy(io.Discard, r.Body)
	return nil
}

func (h *handler) reindex(w http.ResponseWriter, r *http.Request) error {
	events, err := begin(w)
	if err != nil {
		return err
	}
	return events.end(struct{}{}, h.Index.Reindex(r.Context(), events.progress))
}
