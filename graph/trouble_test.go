package graph_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore"
	"goodpractice/internal/mongostore/mongotest"
)

// patience is for how long a store tries. It is longer than the driver looks for a server, so that there are tries after one
// that has reached the server.
const patience = 2500 * time.Millisecond

// wired serves the records from a database behind a cable.
func wired(t *testing.T, records ...knowledge.Entity) (*site, *cable) {
	t.Helper()
	c, uri := newCable(t, mongotest.URI(t))
	store, err := mongostore.Open(uri, mongostore.Options{
		Logger: slog.New(slog.DiscardHandler), Timeout: patience,
		Now: time.Now, //nolint:forbidigo // A store runs on the real clock.
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if err := store.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := store.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	return serve(t, store, transport.Limits{}), c
}

// TestTheDatabaseGoesAndComes cuts the cable under a server, which goes on from memory, and mends it again.
func TestTheDatabaseGoesAndComes(t *testing.T) {
	t.Parallel()
	s, c := wired(t, library(5)...)
	before := s.ask(t, editor, pageOfAll, nil)
	create := func() reply {
		return s.ask(t, editor, `mutation { createPractice(input: {language: "en", title: "x"}) { consistencyToken userErrors { message } } }`, nil)
	}
	saved, stream := s.revisions(t), s.follow(t, "", `subscription { entryPublished { slug } }`)
	lost := knowledgetest.ID(knowledge.KindPractice, "practice-3")
	for range 2 { // It may go again.
		c.cut()
		within(t, "the store notices", func() bool { _, away := s.isAway(); return away })
		during := s.ask(t, editor, pageOfAll, nil)
		if string(during.Data) != string(before.Data) || len(during.Errors) > 0 || during.Extensions["stale"]["since"] == "" {
			t.Errorf("away, answered %s", during.body)
		}
		s.catalog.Forget([]knowledge.ID{lost})
		partly := s.ask(t, "", `{ practice(id: "`+string(lost)+`") { slug } theme(slug: "water") { slug } }`, nil)
		if string(partly.Data) != `{"practice":null,"theme":{"slug":"water"}}` || len(partly.Errors) != 1 || partly.Errors[0].Extensions.Code != "UNAVAILABLE" {
			t.Errorf("away, what is not in memory is answered %s", partly.body)
		}
		quickest := time.Hour
		for range 3 { // A busy machine may hold up one; what waits for the database is always slow.
			start := time.Now() //nolint:forbidigo // How long a refusal takes is what is tested.
			got := create()
			quickest = min(quickest, time.Since(start))
			if got.status != http.StatusServiceUnavailable || got.Errors[0].Extensions.Code != "UNAVAILABLE" {
				t.Errorf("away, a write is answered %d %s", got.status, got.body)
			}
		}
		if quickest > 500*time.Millisecond {
			t.Errorf("the refusal took %v", quickest)
		}
		c.mend()
		within(t, "the store recovers", func() bool { _, away := s.isAway(); return !away })
		within(t, "the index catches up", func() bool { _, behind := s.isBehind(); return !behind })
		if after := s.ask(t, editor, pageOfAll, nil); string(after.body) != string(before.body) {
			t.Errorf("back again, answered %s", after.body)
		}
	}
	if after := s.revisions(t); after != saved {
		t.Errorf("%d states, want the %d from before: a refused write was saved", after, saved)
	}
	s.until(t, savedOn(t, s, knowledgetest.Practice("signal")), stream) // Whoever followed still does.
	if got := create(); len(got.Errors) > 0 || !strings.Contains(string(got.body), `"userErrors":[]`) {
		t.Errorf("back again, a write is answered %s", got.body)
	}
}

// TestAWriteOfUnknownOutcomeIsRepeated lets an accident happen to a write. Whatever the client is told, the same request
// with the same idempotency key gives exactly one change in the end.
func TestAWriteOfUnknownOutcomeIsRepeated(t *testing.T) {
	t.Parallel()
	accidents := map[string]struct {
		accident accident
		tells    string // what the client is told; "" where it is told that all is well
	}{
		"no answer comes":         {noAnswer, "not known whether"},
		"cut after the write":     {cutAfterwards, "not known whether"},
		"cut before the write":    {cutBefore, "not known whether"}, // For whoever waits, this is no different.
		"cut for a moment":        {cutForAMoment, ""},
		"no accident, to compare": {none, ""},
	}
	id := idOf(knowledge.KindPractice, "practice-0")
	changes := map[string]struct{ mutation, shape, input string }{
		"create": {"createPractice", "CreatePracticeInput", `{"language": "en", "title": "Only once", "idempotencyKey": "0123456789abcdef"}`},
		"update": {"updatePractice", "UpdatePracticeInput", `{"id": "` + id + `", "revision": 1, "changes": {"title": "Only once"}, "idempotencyKey": "0123456789abcdef"}`},
	}
	for what, a := range accidents {
		for which, change := range changes {
			t.Run(which+", "+what, func(t *testing.T) {
				t.Parallel()
				s, c := wired(t, library(1)...)
				query := `mutation ($input: ` + change.shape + `!) { saved: ` + change.mutation + `(input: $input) {
					practice { id revision title } consistencyToken userErrors { message } } }`
				input := map[string]any{"input": json.RawMessage(change.input)}
				before := s.revisions(t)

				happened := c.expect(a.accident)
				first := s.ask(t, editor, query, input)
				if a.accident != none {
					<-happened
				}
				s.isTold(t, first, a.tells)
				c.mend()
				var again reply
				within(t, "the store recovers", func() bool {
					again = s.ask(t, editor, query, input)
					return again.status == http.StatusOK
				})
				if a.tells == "" && string(again.Data) != string(first.Data) {
					t.Errorf("first answered %s, then %s", first.body, again.body)
				}
				s.isTold(t, again, "")
				if n := s.revisions(t) - before; n != 1 {
					t.Errorf("%d states were saved, want 1", n)
				}
				const found = `{ practices(filter: {statuses: [DRAFT, PUBLISHED]}) { nodes { title revision } } search(text: "once", filter: {statuses: [DRAFT, PUBLISHED]}) { totalCount } }`
				if got := s.ask(t, editor, found, nil); strings.Count(string(got.body), "Only once") != 1 || !strings.Contains(string(got.body), `"totalCount":1`) {
					t.Errorf("found %s", got.body)
				}
			})
		}
	}
}

// isTold checks what a client is told: that the practice is saved, or the message.
func (s *site) isTold(t *testing.T, got reply, message string) {
	t.Helper()
	switch {
	case message == "":
		if len(got.Errors) > 0 || !strings.Contains(string(got.Data), `"title":"Only once"`) || !strings.Contains(string(got.Data), `"userErrors":[]`) {
			t.Errorf("answered %d %s", got.status, got.body)
		}
	case len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "UNAVAILABLE" || !strings.Contains(got.Errors[0].Message, message):
		t.Errorf("answered %d %s, want %q", got.status, got.body, message)
	}
}

// revisions counts the states of all records.
func (s *site) revisions(t *testing.T) int {
	t.Helper()
	n := 0
	if err := s.store.EachRevision(t.Context(), func(_ knowledge.ID, r knowledge.Revision) error {
		n += r
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
