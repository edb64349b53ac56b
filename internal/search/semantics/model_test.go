package semantics_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	"goodpractice/internal/search/semantics"
)

func TestFoldPlacesAsVectorDoes(t *testing.T) {
	t.Parallel()
	m, c, texts := trained(t, 300)
	for name, terms := range map[string]corpus{"in order": c} {
		vectors, err := m.Fold(t.Context(), terms.docs, terms.all())
		if err != nil {
			t.Fatal(err)
		}
		for doc, text := range texts {
			if near := semantics.Cosine(vectors.At(uint32(doc)), m.Vector(maps.All(text))); near < 0.9999 {
				t.Fatalf("%s: document %d is at %.5f from its text", name, doc, near)
			}
		}
	}
	shuffled, err := m.Fold(t.Context(), c.docs, c.shuffled())
	if err != nil {
		t.Fatal(err)
	}
	for doc, text := range texts {
		if near := semantics.Cosine(shuffled.At(uint32(doc)), m.Vector(maps.All(text))); near < 0.999 {
			t.Fatalf("in pieces: document %d is at %.5f from its text", doc, near)
		}
	}
}

func TestDocumentsOutsideTheSampleFindTheirSubject(t *testing.T) {
	t.Parallel()
	texts := subjects()
	c := indexed(texts)
	m := train(t, c, semantics.Options{MaxDocs: 60, Rank: 10})
	vectors, err := m.Fold(t.Context(), c.docs, c.all())
	if err != nil {
		t.Fatal(err)
	}
	for doc := range texts {
		for _, near := range vectors.Nearest(vectors.At(uint32(doc)), 12, nil) {
			if int(near.Doc)/12 != doc/12 {
				t.Errorf("document %d of another subject is near document %d", near.Doc, doc)
			}
		}
	}
}

func TestFoldReadsMoreDocumentsThanABlockHolds(t *testing.T) {
	t.Parallel()
	m := train(t, indexed(subjects()), semantics.Options{Rank: 10})
	const docs = 1<<16 + 2
	many := corpus{docs: docs, terms: []string{"s1-context0", "s2-context0", "unknown"}}
	many.postings = [][]semantics.Posting{{{Doc: 0, Count: 1}, {Doc: docs - 2, Count: 1}}, {{Doc: docs - 1, Count: 2}}, {{Doc: 5, Count: 1}}}
	vectors, err := m.Fold(t.Context(), docs, many.all())
	if err != nil {
		t.Fatal(err)
	}
	for doc, want := range map[uint32]semantics.Vector{
		0: word(m, "s1-context0"), docs - 2: word(m, "s1-context0"), docs - 1: word(m, "s2-context0"),
	} {
		if near := semantics.Cosine(vectors.At(doc), want); near < 0.9999 {
			t.Errorf("document %d is at %.5f from its text", doc, near)
		}
	}
	if vectors.Len() != docs || !vectors.At(5).IsZero() || !vectors.At(1<<16-1).IsZero() {
		t.Error("documents without known terms have places")
	}
}

func TestFoldRefuses(t *testing.T) {
	t.Parallel()
	c := indexed(subjects())
	m := train(t, c, semantics.Options{})
	if _, err := m.Fold(t.Context(), 100, c.all()); err == nil || !strings.Contains(err.Error(), "of 100") {
		t.Errorf("documents beyond the number: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Fold(ctx, c.docs, c.all()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	if vectors, err := m.Fold(t.Context(), -1, corpus{}.all()); err != nil || vectors.Len() != 0 {
		t.Errorf("no documents: %v", err)
	}
}

func TestCountsBelowOneAreNoOccurrences(t *testing.T) {
	t.Parallel()
	m := train(t, indexed(subjects()), semantics.Options{})
	for _, count := range []int{0, -7} {
		if v := m.Vector(maps.All(map[string]int{"s1-context0": count})); !v.IsZero() {
			t.Errorf("a term that occurs %d times places a text", count)
		}
	}
	if got := m.Related(semantics.Vector{}, 5); got != nil {
		t.Errorf("a text without known terms is related to %v", got)
	}
	if got := m.Related(word(m, "s1-context0"), 0); got != nil {
		t.Errorf("0 related terms are %v", got)
	}
}
