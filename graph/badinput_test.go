package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// bad is a request that must be refused, and how.
type bad struct {
	name      string
	as        string
	query     string
	variables map[string]any
	code      string // of the error, or of the user error
	path      string // of the input, steps joined by a dot
}

// badSite has a few records to ask wrongly for.
func badSite(t *testing.T, on storage) *site {
	t.Helper()
	expired, revoked := tokenOf("expired", knowledge.RoleEditor), tokenOf("revoked", knowledge.RoleEditor)
	past := now().Add(-time.Hour)
	expired.ExpiresAt, revoked.RevokedAt = &past, &past
	first := knowledgetest.Practice("first", knowledgetest.By("cluj"), knowledgetest.In("RO"), knowledgetest.Themed("housing"))
	second := knowledgetest.Practice("second", knowledgetest.By("cluj"), knowledgetest.In("RO"))
	second.SupersedesIDs = []knowledge.ID{first.ID}
	narrow := knowledgetest.Theme("flats")
	narrow.BroaderID = new(knowledgetest.ID(knowledge.KindTheme, "housing"))
	return newSite(t, on, transport.Limits{}, expired, revoked,
		tokenOf(editor, knowledge.RoleEditor), tokenOf(partner, knowledge.RoleReader), tokenOf(administrator, knowledge.RoleAdministrator),
		knowledgetest.Partner("dashboard", "https://a.example"), keyOf("key", "dashboard"),
		tokenOf("contributor", knowledge.RoleContributor, "cluj"),
		knowledgetest.Country("RO", "Romania"), knowledgetest.Country("ES", "Spain"),
		knowledgetest.Authority("cluj", "Cluj-Napoca", "RO"), knowledgetest.Authority("madrid", "Madrid", "ES"),
		knowledgetest.Theme("housing"), narrow, first, second,
		knowledgetest.Practice("draft", knowledgetest.By("cluj"), knowledgetest.Standing(knowledge.StatusDraft)),
		knowledgetest.Practice("foreign", knowledgetest.By("madrid"), knowledgetest.Standing(knowledge.StatusDraft)),
		knowledgetest.Lesson("lesson", knowledgetest.By("cluj")))
}

// state is every live record with its revision, as the feed gives it.
func (s *site) state(t *testing.T) map[knowledge.ID]knowledge.Revision {
	t.Helper()
	state := map[knowledge.ID]knowledge.Revision{}
	for change, err := range s.store.Changes(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if change.CaughtUp {
			break
		}
		state[change.Entity.Head().ID] = change.Entity.Head().Revision
	}
	return state
}

// TestBadInputIsRefusedAndSavesNothing has no parallel parts on one store: each looks at all that is stored.
func TestBadInputIsRefusedAndSavesNothing(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := badSite(t, on)
			for _, b := range slices.Concat(badReads(s.cursor(t)), badWrites(), badSteps(), badPartners()) {
				t.Run(b.name, func(t *testing.T) {
					before := s.state(t)
					s.refuses(t, b)
					if after := s.state(t); !maps.Equal(before, after) {
						t.Errorf("something was saved: %v, before %v", after, before)
					}
				})
			}
		})
	}
}

// refuses checks one answer.
func (s *site) refuses(t *testing.T, b bad) {
	t.Helper()
	answer := s.ask(t, b.as, b.query, b.variables)
	code, path, message := "", "", ""
	if len(answer.Errors) > 0 {
		e := answer.Errors[0]
		code, path, message = e.Extensions.Code, strings.Join(e.Extensions.Path, "."), e.Message
	} else {
		var data map[string]struct {
			UserErrors []struct {
				Code, Message string
				Path          []string
			}
		}
		if err := json.Unmarshal(answer.Data, &data); err != nil {
			t.Fatalf("%s: %v", answer.body, err)
		}
		for _, payload := range data {
			for _, e := range payload.UserErrors[:min(1, len(payload.UserErrors))] {
				code, path, message = e.Code, strings.Join(e.Path, "."), e.Message
			}
		}
	}
	if code != b.code || path != b.path {
		t.Errorf("%s at %q (%s), want %s at %q\n%.500s", code, path, message, b.code, b.path, answer.body)
	}
	if len(message) < 10 || strings.Contains(message, "goodpractice") || strings.Contains(message, ".go:") {
		t.Errorf("the message %q helps nobody", message)
	}
}

// cursor is the cursor of one list, to be used for others.
func (s *site) cursor(t *testing.T) string {
	t.Helper()
	type page struct {
		Practices struct{ Edges []struct{ Cursor string } }
	}
	got := get[page](t, s, "", `{ practices(first: 1, orderBy: { field: TITLE }) { edges { cursor } } }`, nil)
	return got.Practices.Edges[0].Cursor
}

func TestTooLongBodiesAreRefused(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := badSite(t, on)
			before := s.state(t)
			input := map[string]any{"language": "en", "title": "Long", "summary": strings.Repeat("a", 2<<20)}
			body, err := json.Marshal(map[string]any{"query": createPractice, "variables": map[string]any{"input": input}})
			if err != nil {
				t.Fatal(err)
			}
			answer := s.send(t, editor, body)
			if answer.status != http.StatusRequestEntityTooLarge || len(answer.Errors) != 1 ||
				answer.Errors[0].Extensions.Code != transport.CodePayloadTooLarge {
				t.Errorf("%d %.300s", answer.status, answer.body)
			}
			if bytes.Contains(answer.body, []byte("aaaa")) {
				t.Error("the answer quotes the body")
			}
			if after := s.state(t); !maps.Equal(before, after) {
				t.Errorf("something was saved: %v", after)
			}
		})
	}
}

func TestTokensThatDoNotHoldAreRefused(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := badSite(t, on)
			before := s.state(t)
			var messages []string
			for _, name := range []string{"expired", "revoked", "a token of another server"} {
				for _, query := range []string{"{ viewer { name } }", `mutation { submitEntry(input: {id: "x", revision: 1}) { userErrors { code } } }`} {
					answer := s.ask(t, name, query, nil)
					if answer.status != http.StatusUnauthorized || len(answer.Errors) != 1 ||
						answer.Errors[0].Extensions.Code != transport.CodeUnauthenticated {
						t.Errorf("%s: %d %s", name, answer.status, answer.body)
						continue
					}
					messages = append(messages, answer.Errors[0].Message)
				}
			}
			if len(slices.Compact(messages)) != 1 {
				t.Errorf("the answers tell the reasons apart: %q", messages)
			}
			if after := s.state(t); !maps.Equal(before, after) {
				t.Errorf("something was saved: %v", after)
			}
		})
	}
}

func idOf(kind knowledge.Kind, slug string) string { return string(knowledgetest.ID(kind, slug)) }

func quoted(format string, args ...any) string { return fmt.Sprintf(format, args...) }
