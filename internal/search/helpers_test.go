package search_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// open opens an index in memory that is closed with the test.
func open(tb testing.TB) *search.Index {
	tb.Helper()
	return openIn(tb, "")
}

// openIn opens an index in a directory.
func openIn(tb testing.TB, dir string) *search.Index {
	tb.Helper()
	x, err := search.Open(tb.Context(), search.Options{Dir: dir})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := x.Close(); err != nil {
			tb.Error(err)
		}
	})
	return x
}

// indexables gives each entity all the others as its surroundings.
func indexables(entities ...knowledge.Entity) []knowledge.Indexable {
	linked := map[knowledge.ID]knowledge.Entity{}
	for _, e := range entities {
		linked[e.Head().ID] = e
	}
	items := make([]knowledge.Indexable, len(entities))
	for i, e := range entities {
		items[i] = knowledge.Indexable{Entity: e, Linked: linked}
	}
	return items
}

// apply indexes the entities in one batch.
func apply(tb testing.TB, g *search.Generation, cursor knowledge.Cursor, entities ...knowledge.Entity) {
	tb.Helper()
	if err := g.Apply(tb.Context(), indexables(entities...), cursor); err != nil {
		tb.Fatal(err)
	}
}

// filled is an index in memory with the entities.
func filled(tb testing.TB, entities ...knowledge.Entity) *search.Index {
	tb.Helper()
	x := open(tb)
	apply(tb, x.Current(), "1", entities...)
	return x
}

// find asks for the first hundred.
func find(tb testing.TB, x *search.Index, l knowledge.Listing) knowledge.Found {
	tb.Helper()
	if l.Page == (knowledge.Page{}) {
		l.Page.First = knowledge.MaxPageSize
	}
	found, err := x.Find(tb.Context(), l)
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

// sameHits tells whether two lists are the same, places in them included.
func sameHits(a, b []knowledge.Hit) bool {
	return slices.EqualFunc(a, b, func(x, y knowledge.Hit) bool {
		return x.ID == y.ID && x.Cursor == y.Cursor && x.Score == y.Score
	})
}

// highlight shows why an item matches a text that the index is searched for; nothing for a text that it refuses.
func highlight(
	tb testing.TB, x *search.Index, text string, languages []knowledge.LanguageTag, item knowledge.Indexable,
) []knowledge.Highlight {
	tb.Helper()
	found, err := x.Find(tb.Context(), knowledge.Listing{Text: text, Page: knowledge.Page{First: 1}})
	if knowledge.IsKind(err, knowledge.Invalid) || found.Marker == nil {
		return nil
	}
	if err != nil {
		tb.Fatal(err)
	}
	return found.Marker.Highlight(languages, item)
}

// slugs are the slugs of the hits, in their order.
func slugs(found knowledge.Found, entities []knowledge.Entity) []string {
	byID := map[knowledge.ID]string{}
	for _, e := range entities {
		byID[e.Head().ID] = e.Head().Slug
	}
	out := []string{}
	for _, h := range found.Hits {
		out = append(out, byID[h.ID])
	}
	return out
}

// practice is a practice in a language with a title and a summary.
func practice(slug string, language knowledge.LanguageTag, title, summary string, options ...kt.EntryOption) *knowledge.Practice {
	return kt.Practice(slug, append([]kt.EntryOption{kt.Written(language), kt.Titled(title), kt.Summed(summary)}, options...)...)
}

// at changes the times of an entry.
func at(created, updated time.Duration) kt.EntryOption {
	return func(e knowledge.Entry) {
		c := e.Core()
		c.CreatedAt, c.UpdatedAt = kt.Now().Add(created), kt.Now().Add(updated)
	}
}

// belowHousing makes a theme a narrower one of housing.
func belowHousing(theme *knowledge.Theme) *knowledge.Theme {
	id := kt.ID(knowledge.KindTheme, "housing")
	theme.BroaderID = &id
	return theme
}

// wantInvalid checks that err is a refusal of the argument.
func wantInvalid(t *testing.T, err error, argument string) {
	t.Helper()
	e, ok := errors.AsType[*knowledge.Error](err)
	if !ok || e.Kind != knowledge.Invalid || len(e.Path) == 0 || e.Path[0] != argument || e.Message == "" {
		t.Errorf("error = %v, want an Invalid one for %q", err, argument)
	}
}

// sorted joins the words in their order.
func sorted(words []string) string {
	return strings.Join(slices.Sorted(slices.Values(words)), " ")
}
