package indexsync_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// said is what a notice says, in short.
func said(n knowledge.Notice) string {
	s := fmt.Sprintf("%s %d", n.Entity.Head().Slug, n.Entity.Head().Revision)
	if n.WasPublic {
		s += " was public"
	}
	if n.JustPublished {
		s += " published"
	}
	return s
}

// unread takes what has been told so far.
func unread(notices <-chan knowledge.Notice) []string {
	var out []string
	for {
		select {
		case n, open := <-notices:
			if !open {
				return append(out, "closed")
			}
			out = append(out, said(n))
		default:
			return out
		}
	}
}

// public is the entry as its next revision, which makes it public.
func public[E knowledge.Entry](e E) E {
	return knowledgetest.Revised(e, func(next E) {
		next.Head().Status = knowledge.StatusPublished
		next.Core().PublishedRevision = next.Head().Revision
	})
}

func TestSubscribersAreToldOfEntries(t *testing.T) {
	t.Parallel()
	draft := knowledgetest.Practice("a", knowledgetest.Standing(knowledge.StatusDraft))
	published := public(draft)
	archived := knowledgetest.Revised(published, func(e *knowledge.Practice) { e.Status = knowledge.StatusArchived })
	other := knowledgetest.Lesson("b", knowledgetest.Standing(knowledge.StatusDraft))
	tests := []struct {
		name  string
		saves [][]knowledge.Entity // each is a batch
		want  []string
	}{
		{"a draft", [][]knowledge.Entity{{draft}}, []string{"a 1"}},
		{"step by step", [][]knowledge.Entity{{draft}, {published}, {archived}}, []string{"a 1", "a 2 published", "a 3 was public"}},
		{
			"an update of what is public",
			[][]knowledge.Entity{{published}, {knowledgetest.Revised(published, nil)}},
			[]string{"a 2 published", "a 3 was public"},
		},
		{"published in one go", [][]knowledge.Entity{{draft, published, knowledgetest.Revised(published, nil)}}, []string{"a 3 published"}},
		{"published and archived in one go", [][]knowledge.Entity{{draft, published, archived}}, []string{"a 3"}},
		{"restored", [][]knowledge.Entity{{archived}, {public(archived)}}, []string{"a 3", "a 4 published"}},
		{"a deletion", [][]knowledge.Entity{{published}, {knowledgetest.Deleted(published)}}, []string{"a 2 published", "a 3 was public"}},
		{"a deletion of what nobody found", [][]knowledge.Entity{{draft, knowledgetest.Deleted(draft)}}, nil},
		{"in the order of the changes", [][]knowledge.Entity{{draft, other, published}}, []string{"b 1", "a 2 published"}},
		{"no other nouns", [][]knowledge.Entity{{knowledgetest.Theme("housing"), knowledgetest.Event("e", "Seminar")}}, nil},
		{"a repetition", [][]knowledge.Entity{{draft}, {draft}}, []string{"a 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, x := newStore(knowledgetest.Practice("old")), newIndex()
				f, _ := newFollower(t, s, x)
				ctx, cancel := context.WithCancel(t.Context())
				notices := f.Subscribe(ctx) // Before Run: the snapshot is not told.
				done := make(chan error)
				go func() { done <- f.Run(ctx) }()
				<-f.Ready()
				for _, entities := range test.saves {
					settle()
					s.save(entities...)
				}
				settle()
				if got := unread(notices); !slices.Equal(got, test.want) {
					t.Errorf("told %q, want %q", got, test.want)
				}
				cancel()
				if err := <-done; err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestWhatHappenedBetweenTwoRunsIsNotTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		_, _, stop := follow(t, s, x)
		settle()
		mustStop(t, stop)
		s.save(knowledgetest.Revised(a, nil))
		f, _ := newFollower(t, s, x)
		notices := f.Subscribe(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- f.Run(ctx) }()
		settle()
		if got := unread(notices); x.revisions()[a.ID] != 2 || got != nil {
			t.Errorf("told %q of the time before the follower was ready", got)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestNoticeComesWhenTheChangeIsFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		notices := f.Subscribe(t.Context())
		a := knowledgetest.Practice("a")
		x.set(func(*generation, apply) error { return errPassing })
		s.save(a)
		settle()
		if got := unread(notices); got != nil {
			t.Errorf("told %q before it could be found", got)
		}
		x.set(nil)
		<-notices
		if x.revisions()[a.ID] != 1 {
			t.Error("told before it could be found")
		}
		mustStop(t, stop)
	})
}

func TestChangeThatComesWithItsThemeIsToldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		housing := knowledgetest.Theme("housing")
		a := knowledgetest.Practice("a", knowledgetest.Themed("housing"))
		s, x := newStore(housing, a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		notices := f.Subscribe(t.Context())
		tell := s.saveUnseen(knowledgetest.Revised(a, nil))
		s.save(knowledgetest.Revised(housing, nil)) // Indexes the practice as it is stored now.
		settle()
		if x.revisions()[a.ID] != 2 || !f.Await(t.Context(), a.ID, 2) {
			t.Fatal("the practice was not indexed with its theme: the test tests nothing")
		}
		tell()
		settle()
		if got := unread(notices); !slices.Equal(got, []string{"a 2 was public"}) {
			t.Errorf("told %q, want the change once", got)
		}
		mustStop(t, stop)
	})
}

func TestNoticeIsNotLostWhenDependentsFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		housing := knowledgetest.Theme("housing")
		a, b := knowledgetest.Practice("a", knowledgetest.Themed("housing")), knowledgetest.Practice("b")
		s, x := newStore(housing, a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		notices := f.Subscribe(t.Context())
		failed := false
		x.set(func(_ *generation, call apply) error {
			if !failed && slices.Contains(call.ids, a.ID) {
				failed = true
				return errPassing
			}
			return nil
		})
		s.save(knowledgetest.Revised(housing, nil), b)
		if n := <-notices; said(n) != "b 1 published" {
			t.Errorf("told %q, want the practice of the batch", said(n))
		}
		if !f.Await(t.Context(), housing.ID, 2) || !failed {
			t.Error("the batch was not finished")
		}
		if got := unread(notices); got != nil {
			t.Errorf("told %q twice", got)
		}
		mustStop(t, stop)
	})
}

func TestSubscriptionsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		ctx, cancel := context.WithCancel(t.Context())
		left, lagging, reading := f.Subscribe(ctx), f.Subscribe(t.Context()), f.Subscribe(t.Context())
		cancel()
		if _, open := <-left; open {
			t.Error("the end of the context did not close the channel")
		}
		s.save(practices("p", indexsync.MaxLag)...)
		settle()
		if got := len(unread(reading)); got != indexsync.MaxLag {
			t.Errorf("%d notices, want %d", got, indexsync.MaxLag)
		}
		s.save(knowledgetest.Practice("one-more"))
		settle()
		if got := unread(lagging); len(got) != indexsync.MaxLag+1 || got[indexsync.MaxLag] != "closed" {
			t.Errorf("who lags got %d notices, want %d and the end", len(got), indexsync.MaxLag)
		}
		if got := unread(reading); !slices.Equal(got, []string{"one-more 1 published"}) {
			t.Errorf("who reads got %q", got)
		}
		mustStop(t, stop)
		if _, open := <-reading; open {
			t.Error("the end of Run did not close the channel")
		}
	})
}
