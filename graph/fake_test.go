package graph_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// TEMPORARY fake
type fake struct {
	mu   sync.Mutex
	all  map[knowledge.ID]knowledge.Entity
	subs []chan knowledge.Notice
}

func (f *fake) Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out knowledge.Found
	var ids []string
	for id, e := range f.all {
		m := e.Head()
		st := l.Filter.Statuses
		if st == nil {
			st = []knowledge.EditorialStatus{knowledge.StatusPublished}
		}
		if l.Kinds != nil && !slices.Contains(l.Kinds, e.Kind()) || !l.Viewer.MayRead(e) || !slices.Contains(st, m.Status) ||
			l.Slug != "" && m.Slug != l.Slug || l.IDs != nil && !slices.Contains(l.IDs, id) {
			continue
		}
		b, _ := knowledge.Encode(e)
		if l.Text != "" && !strings.Contains(strings.ToLower(string(b)), strings.ToLower(l.Text)) {
			continue
		}
		ok := true
		has := func(r knowledge.Relation, id knowledge.ID) bool {
			return slices.ContainsFunc(e.References(), func(x knowledge.Reference) bool { return x.Relation == r && x.Target == id })
		}
		for _, x := range l.Links {
			ok = ok && has(x.Relation, x.Target)
		}
		for _, x := range []struct {
			r knowledge.Relation
			v []string
		}{{knowledge.RelTheme, l.Filter.Themes}, {knowledge.RelTargetGroup, l.Filter.TargetGroups}, {knowledge.RelContributor, l.Filter.Authorities}} {
			if len(x.v) > 0 && !slices.ContainsFunc(x.v, func(s string) bool { return has(x.r, knowledge.ID(s)) }) {
				ok = false
			}
		}
		if ok {
			ids = append(ids, string(id))
		}
	}
	sort.Strings(ids)
	out.Total = len(ids)
	for _, x := range l.Facets {
		out.Facets = append(out.Facets, knowledge.Facet{Field: x, Buckets: []knowledge.Bucket{}})
	}
	if l.Page.CountOnly {
		return out, nil
	}
	lo, hi := 0, len(ids)
	if l.Page.After != "" {
		lo = slices.Index(ids, l.Page.After) + 1
	}
	if l.Page.Before != "" {
		hi = slices.Index(ids, l.Page.Before)
	}
	if l.Page.First > 0 {
		hi = min(hi, lo+l.Page.First)
	} else {
		lo = max(lo, hi-l.Page.Last)
	}
	for _, id := range ids[lo:hi] {
		out.Hits = append(out.Hits, knowledge.Hit{ID: knowledge.ID(id), Cursor: id})
	}
	out.HasPrevious, out.HasNext = lo > 0, hi < len(ids)
	return out, nil
}

func (f *fake) CrossTable(ctx context.Context, t knowledge.CrossTable) ([]knowledge.Cell, int, error) {
	found, err := f.Find(ctx, knowledge.Listing{Kinds: []knowledge.Kind{"PRACTICE", "LESSON", "RECOMMENDATION"}, Filter: t.Filter, Viewer: t.Viewer, Page: knowledge.Page{CountOnly: true}})
	return nil, found.Total, err
}

func (f *fake) Highlight(text string, _ []knowledge.LanguageTag, item knowledge.Indexable) []knowledge.Highlight {
	return nil
}

func (f *fake) add(es ...knowledge.Entity) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range es {
		old := f.all[e.Head().ID]
		f.all[e.Head().ID] = knowledge.Clone(e)
		for _, c := range f.subs {
			n := knowledge.Notice{Entity: knowledge.Clone(e), WasPublic: old != nil && old.Head().Status == "PUBLISHED"}
			if x, ok := e.(knowledge.Entry); ok {
				n.JustPublished = x.Core().PublishedRevision == e.Head().Revision
			}
			c <- n
		}
	}
}

func (s *site) build(t *testing.T, log *slog.Logger) func(context.Context, string, bool) (knowledge.Actor, error) {
	f := &fake{all: map[knowledge.ID]knowledge.Entity{}}
	up := make(chan struct{})
	go func() {
		for c, err := range s.store.Changes(t.Context(), "") {
			if err != nil {
				return
			}
			if c.CaughtUp {
				close(up)
				continue
			}
			f.add(c.Entity)
		}
	}()
	<-up
	var err error
	s.catalog, err = catalog.New(catalog.Options{
		Store: s.store, Search: f,
		Await: func(ctx context.Context, id knowledge.ID, r knowledge.Revision) bool {
			for range 1000 {
				f.mu.Lock()
				e := f.all[id]
				f.mu.Unlock()
				if e != nil && e.Head().Revision >= r {
					return true
				}
				time.Sleep(time.Millisecond)
			}
			return false
		},
		Subscribe: func(ctx context.Context) <-chan knowledge.Notice {
			c := make(chan knowledge.Notice, 100)
			f.mu.Lock()
			f.subs = append(f.subs, c)
			f.mu.Unlock()
			return c
		},
		Linked: func(ctx context.Context, es ...knowledge.Entity) (map[knowledge.ID]knowledge.Entity, error) {
			return map[knowledge.ID]knowledge.Entity{}, nil
		},
		NewSecret: func() (string, string) { return rand.Text(), fmt.Sprintf("%x", sha256.Sum256([]byte(rand.Text()))) },
		Now:       time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, a string, _ bool) (knowledge.Actor, error) {
		if a == "" {
			return knowledge.Actor{}, nil
		}
		sum := sha256.Sum256([]byte(strings.TrimPrefix(a, "Bearer ")))
		es, err := s.store.Load(ctx, knowledge.DeriveID(knowledge.KindToken, hex.EncodeToString(sum[:])))
		if err != nil || es[0] == nil {
			return knowledge.Actor{}, &knowledge.Error{Kind: knowledge.Unauthenticated, Message: "The token is not valid."}
		}
		k := es[0].(*knowledge.Token)
		return knowledge.Actor{ID: k.ID, Name: k.Name, Role: k.Role, Authorities: k.AuthorityIDs}, nil
	}
}
