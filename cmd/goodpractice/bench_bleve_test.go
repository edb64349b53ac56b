package main

import (
	"context"
	"iter"
	"path/filepath"
	"slices"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/search/plainbleve"
)

// pathBleve is the same page made of Bleve alone.
const pathBleve = "Bleve alone, its defaults"

// bleve fills an index of Bleve's own with the entries of the store, and gives its search page.
func (b *bench) bleve() (page func(context.Context) error) {
	b.t.Helper()
	seed, err := bundle.Seed()
	b.must(err)
	index, err := plainbleve.New(filepath.Join(b.t.TempDir(), "bleve"), func(yield func(knowledge.Entity) bool) {
		for _, from := range []iter.Seq[knowledge.Entity]{slices.Values(seed), knowledgetest.Corpus(seed, b.size, 1)} {
			for e := range from {
				if !yield(e) {
					return
				}
			}
		}
	})
	b.must(err)
	b.t.Cleanup(func() { _ = index.Close() })
	return index.Page
}
