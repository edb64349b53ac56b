package search_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// scored is what a query found, to the last bit.
func scored(t *testing.T, x *search.Index, text string) string {
	t.Helper()
	var out strings.Builder
	for _, h := range find(t, x, knowledge.Listing{Text: text, Explain: true}).Hits {
		fmt.Fprintf(&out, "%s %x", h.ID, h.Score)
		for _, p := range h.Parts {
			fmt.Fprintf(&out, " %s %s %s %x", p.Signal, p.Word, p.Field, p.Value)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// inBatches is an index in memory or on disk that got the records in batches of a size.
func inBatches(t *testing.T, dir string, size int, entities []knowledge.Entity) *search.Index {
	t.Helper()
	x := openIn(t, dir)
	for part := range slices.Chunk(indexables(entities...), size) {
		if err := x.Current().Apply(t.Context(), part, "1"); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func TestScoresDoNotDependOnHowRecordsLie(t *testing.T) {
	t.Parallel()
	entities := append(bilingual(), topical(36, 1)...) // Too few to learn meanings from.
	extra := topical(30, 9)
	one := inBatches(t, "", len(entities), entities)
	many := inBatches(t, "", 2, entities)
	backwards := slices.Clone(entities)
	slices.Reverse(backwards)
	reversed := inBatches(t, "", 5, backwards)
	deleted := inBatches(t, "", 7, append(slices.Clone(extra), entities...))
	for _, e := range extra {
		apply(t, deleted.Current(), "2", kt.Deleted(e.(*knowledge.Practice))) //nolint:forcetypeassert // It is one.
	}
	rewritten := inBatches(t, "", 7, append(slices.Clone(entities), entities...))
	merged := inBatches(t, t.TempDir(), 3, append(slices.Clone(extra), entities...))
	for _, e := range extra {
		apply(t, merged.Current(), "2", kt.Deleted(e.(*knowledge.Practice))) //nolint:forcetypeassert // It is one.
	}
	layouts := map[string]*search.Index{
		"many batches": many, "another order": reversed, "deleted records": deleted, "written twice": rewritten, "merged": merged,
	}
	for _, x := range layouts {
		if err := x.Current().Learn(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range []string{
		"school", "housing", "school teachers and parents", "nurses OR rent", "Sinti", "Torino", "vacc*", "vivienda", "schoool clinicc",
		`"the city"`, "the doctors of the hospital", "flats -heating", "language:de",
	} {
		want := scored(t, one, text)
		for name, x := range layouts {
			if got := scored(t, x, text); got != want {
				t.Errorf("%s: %q finds\n%s, want\n%s", name, text, got, want)
			}
		}
	}
}

// walked goes on from a page to the end of a list, in pages of a size, and gives the ids.
func walked(t *testing.T, x *search.Index, l knowledge.Listing, from knowledge.Page, size int) []knowledge.ID {
	t.Helper()
	var out []knowledge.ID
	for l.Page = from; ; {
		found := find(t, x, l)
		page := ids(found.Hits)
		switch {
		case len(page) == 0:
			return out
		case l.Page.Last > 0:
			if out = append(page, out...); !found.HasPrevious {
				return out
			}
			l.Page = knowledge.Page{Last: size, Before: found.Hits[0].Cursor}
		default:
			if out = append(out, page...); !found.HasNext {
				return out
			}
			l.Page = knowledge.Page{First: size, After: found.Hits[len(page)-1].Cursor}
		}
		if len(out) > 5000 {
			t.Fatal("the list does not end")
		}
	}
}

func TestAListGoesOnAsItBeganWhateverIsWritten(t *testing.T) {
	t.Parallel()
	with := func(n int, title, text string) []knowledge.Entity {
		var out []knowledge.Entity
		for i := range n {
			out = append(out, practice(fmt.Sprintf("other-%d", i), "en", title, fmt.Sprintf("%s Number %d.", text, i)))
		}
		return out
	}
	tests := []struct {
		name   string
		before int // records at the beginning
		text   string
		others []knowledge.Entity // that are written after the first page
	}{
		{"few records", 36, "school lessons teachers", topical(12, 5)},
		{"the same words", 70, "school lessons teachers", topical(150, 5)},
		{"other words, long texts", 70, "school lessons teachers", with(150, "Gardening", "Trees and bushes and grass grow slowly in the garden of the park. Trees and bushes.")},
		{"a word becomes common", 70, "scholarship lessons of the pupils", with(120, "Scholarship", "A scholarship.")},
		{"meanings are learned between", 40, "school lessons teachers", topical(60, 5)},
		{"meanings are learned anew", 60, "school lessons teachers", topical(180, 5)},
		{"a word is new", 70, "school saxophone lessons", with(40, "Saxophone", "Everybody plays.")},
		{"a wrong word is used", 70, "schoool lessons", with(40, "Schoool", "Schoool schoool.")},
		{"words without meaning", 40, "what did the teachers of the school do", with(150, "Tree", "Oak, elm, ash.")},
		{"names are new", 70, "school kindergarten", []knowledge.Entity{
			kt.Theme("kinder", "Kindergarten", "de:Kita"), kt.TargetGroup("pupils", "School", "es:Escuela"),
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entities := topical(test.before, 1)
			dir := t.TempDir()
			x := inBatches(t, dir, 30, entities)
			learn(t, x)
			l := knowledge.Listing{Text: test.text, Page: knowledge.Page{First: knowledge.MaxPageSize}}
			const size = 4
			whole := find(t, x, l)
			want := ids(whole.Hits)
			if len(want) < 3*size || len(want) != whole.Total {
				t.Fatalf("%d hits of %d: too few to turn pages", len(want), whole.Total)
			}
			pages := map[knowledge.Page][]knowledge.ID{
				{First: size, After: whole.Hits[size-1].Cursor}:         want[size:],
				{Last: size, Before: whole.Hits[len(want)-size].Cursor}: want[:len(want)-size],
			}
			y := openIn(t, copied(t, dir))                                            // Another server, which learned the same.
			z := inBatches(t, "", 40, append(slices.Clone(test.others), entities...)) // One that learned by itself.
			apply(t, x.Current(), "2", test.others...)
			check := func(when string, x *search.Index) {
				t.Helper()
				for page, want := range pages {
					got := slices.DeleteFunc(walked(t, x, l, page, size), func(id knowledge.ID) bool { return byID(entities, id) == nil })
					if !slices.Equal(got, want) {
						t.Errorf("%s, %d: %s", when, page.First, differences(got, want))
					}
				}
			}
			check("after the write", x)
			learn(t, x)
			check("after learning", x)
			learn(t, y)
			apply(t, y.Current(), "2", test.others...)
			learn(t, y)
			check("on another server", y)
			learn(t, z)
			if len(entities)+len(test.others) < 50 { // Too few to learn what records are about.
				check("on a server of its own", z)
			}
			for page := range pages { // The order may be another one, but no record comes twice.
				if got := walked(t, z, l, page, size); len(got) != len(slices.Compact(slices.Sorted(slices.Values(got)))) {
					t.Errorf("on a server of its own, %d: records come twice", page.First)
				}
			}
		})
	}
}

// ids are those of the hits, in their order.
func ids(hits []knowledge.Hit) []knowledge.ID {
	out := make([]knowledge.ID, len(hits))
	for i, h := range hits {
		out[i] = h.ID
	}
	return out
}

// copied is a copy of the directory of an open index to which nobody writes.
func copied(t *testing.T, dir string) string {
	t.Helper()
	var err error
	for range 20 {
		to := t.TempDir()
		if err = os.CopyFS(to, os.DirFS(dir)); err == nil {
			return to
		} // A file was merged away meanwhile.
	}
	t.Fatal(err)
	return ""
}

// differences says how a list differs from the one that is wanted.
func differences(got, want []knowledge.ID) string {
	missing, twice, moved := 0, 0, 0
	for i, id := range want {
		if !slices.Contains(got, id) {
			missing++
		}
		if i < len(got) && got[i] != id {
			moved++
		}
	}
	for i, id := range got {
		if slices.Contains(got[:i], id) {
			twice++
		}
	}
	return fmt.Sprintf("%d records, want %d: %d are missing, %d come twice, %d are not in their places", len(got), len(want), missing, twice, moved)
}

func learn(t *testing.T, x *search.Index) {
	t.Helper()
	if err := x.Current().Learn(t.Context()); err != nil {
		t.Fatal(err)
	}
}
