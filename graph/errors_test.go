package graph_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"goodpractice/graph"
	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestErrorsTellWhatTheyMay(t *testing.T) {
	t.Parallel()
	cause := errors.New("the disk is on fire")
	known := func(kind knowledge.ErrorKind) error {
		return fmt.Errorf("load: %w", &knowledge.Error{Kind: kind, Message: "Try again later.", Err: cause})
	}
	tests := []struct {
		name          string
		err           error
		code, message string
	}{
		{"invalid", known(knowledge.Invalid), "BAD_USER_INPUT", "Try again later."},
		{"not found", known(knowledge.NotFound), "NOT_FOUND", "Try again later."},
		{"conflict", known(knowledge.Conflict), "CONFLICT", "Try again later."},
		{"unauthenticated", known(knowledge.Unauthenticated), "UNAUTHENTICATED", "Try again later."},
		{"forbidden", known(knowledge.Forbidden), "FORBIDDEN", "Try again later."},
		{"unavailable", known(knowledge.Unavailable), "UNAVAILABLE", "Try again later."},
		{"internal", known(knowledge.Internal), "INTERNAL", "internal error"},
		{"refused", knowledge.Refuse(knowledge.CodeForbidden, "Not for you."), "FORBIDDEN", "Not for you."},
		{"unknown", cause, "INTERNAL", "internal error"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, embedded, transport.Limits{})
			s.failure = test.err
			answer := s.ask(t, "", `{ node(id: "`+idOf(knowledge.KindPractice, "any")+`") { id } }`, nil)
			if len(answer.Errors) != 1 || string(answer.Data) != `{"node":null}` {
				t.Fatalf("%s", answer.body)
			}
			got := answer.Errors[0]
			if got.Extensions.Code != test.code || got.Message != test.message || strings.Contains(string(answer.body), "fire") {
				t.Errorf("%s", answer.body)
			}
			if isInternal := test.code == "INTERNAL"; isInternal != (got.Extensions.RequestID != "") {
				t.Errorf("the request id is %q", got.Extensions.RequestID)
			}
		})
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, knowledgetest.Theme("housing"))
	for name, o := range map[string]graph.Options{
		"nothing":                 {},
		"no base":                 {Catalog: s.catalog},
		"a base without a scheme": {Catalog: s.catalog, BaseURL: "example.org"},
		"no clock and no log":     {Catalog: s.catalog, BaseURL: "https://example.org"},
	} {
		if _, err := graph.New(t.Context(), o); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
