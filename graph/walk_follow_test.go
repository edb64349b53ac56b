package graph_test

import (
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// TestNobodyFollowsWhatIsNotForThem changes everything that is hidden, and more, while each sort of reader follows all
// changes and all publications, and looks for marks in what they are sent.
func TestNobodyFollowsWhatIsNotForThem(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			s := newSite(t, on, wide(), w.records...)
			s.save(t, w.second...)
			walk := walker{parsed(t)}
			entry := walk.body(walk.schema.Types["Entry"], 1)
			filter := "(filter: { statuses: [" + strings.Join(knowledge.EnumValues("EditorialStatus"), " ") + "] })"
			entry = strings.ReplaceAll(entry, "filter: $filter", "first: 1")
			streams := map[string][]<-chan string{}
			for _, reader := range readers() {
				streams[reader] = []<-chan string{
					s.follow(t, reader, "subscription { entryChanged"+filter+" { id revision entry "+entry+"} }"),
					s.follow(t, reader, "subscription { entryPublished"+filter+" "+entry+"}"),
				}
			}
			s.changeAll(t, w, streams)
			for _, reader := range readers() {
				v := &visit{world: w, reader: reader, seen: map[string]string{}}
				for _, stream := range streams[reader] {
					v.hear(t, stream)
				}
				v.compareEntries(t)
			}
		})
	}
}

// changeAll saves a next revision of every hidden entry, and afterwards one that is public. It first waits until every
// stream is open: until each has shown a change that everyone may see.
func (s *site) changeAll(t *testing.T, w *world, streams map[string][]<-chan string) {
	t.Helper()
	first, last := knowledgetest.Practice("signal"), knowledgetest.Practice("last")
	s.save(t, first)
	for _, both := range streams {
		for _, stream := range both {
			first = s.until(t, first, stream)
		}
	}
	for _, e := range w.records {
		if e.Kind().IsEntry() && e.Head().Status != knowledge.StatusPublished && w.marks[e.Head().Slug].what[:10] != "the public" {
			s.save(t, knowledgetest.Revised(e, nil))
		}
	}
	s.save(t, last)
}

// until publishes a practice anew until the stream shows it.
func (s *site) until(t *testing.T, p *knowledge.Practice, stream <-chan string) *knowledge.Practice {
	t.Helper()
	for {
		p = knowledgetest.Revised(p, func(p *knowledge.Practice) { p.PublishedRevision = p.Revision })
		s.save(t, p)
		select {
		case <-stream:
			return p
		case <-t.Context().Done():
			t.Fatal("the stream never opened")
		default:
		}
	}
}

// hear notes the marks in all events of a stream up to the last change. Only its own event has its slug: as a similar entry
// its id alone is shown.
func (v *visit) hear(t *testing.T, stream <-chan string) {
	t.Helper()
	for event := range stream {
		if strings.Contains(event, `"errors"`) {
			t.Errorf("%s: %.500s", v.reader, event)
		}
		for _, word := range marksIn(event) {
			v.seen[word] = "a subscription"
		}
		if strings.Contains(event, `slug":"last"`) {
			return
		}
	}
	t.Errorf("the stream of %q ended early", v.reader)
}

// compareEntries compares what was seen of entries with what may be seen.
func (v *visit) compareEntries(t *testing.T) {
	t.Helper()
	for word, m := range v.world.marks {
		may := false
		for _, r := range m.readers {
			may = may || r == v.reader
		}
		_, saw := v.seen[word]
		if saw && !may || may && !saw && strings.Contains(m.what, "of town") {
			t.Errorf("%q sees %s: %v", v.reader, m.what, saw)
		}
	}
}
