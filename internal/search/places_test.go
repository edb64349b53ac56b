package search_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// near lists what is near to some records, with their scores.
func near(t *testing.T, x *search.Index, of ...knowledge.Entity) string {
	t.Helper()
	var out strings.Builder
	for _, e := range of {
		hits, err := x.Similar(t.Context(), e.Head().ID, 5, knowledge.Actor{})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hits {
			fmt.Fprintf(&out, "%s: %s %.4f\n", e.Head().Slug, h.ID, h.Score)
		}
	}
	return out.String()
}

// restarted opens the index in a directory, lets use work with it when it has learned, and closes it.
func restarted(t *testing.T, dir string, use func(*search.Index)) {
	t.Helper()
	x, err := search.Open(t.Context(), search.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	learn(t, x)
	use(x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestPlacesAreKeptAndMadeAgainWhereTheyAreDamaged(t *testing.T) {
	t.Parallel()
	entities, dir := topical(90, 1), t.TempDir()
	want := ""
	restarted(t, dir, func(x *search.Index) {
		apply(t, x.Current(), "1", entities...)
		learn(t, x)
		want = near(t, x, entities[:3]...)
	})
	if want == "" {
		t.Fatal("nothing is near")
	}
	path := filepath.Join(generations(t, dir)[0], "places")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	restarted(t, dir, func(x *search.Index) {
		if got := near(t, x, entities[:3]...); got != want {
			t.Errorf("after a restart, near are\n%swant\n%s", got, want)
		}
	})
	if after, err := os.Stat(path); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("all places were made again: %v", err)
	}
	for name, damage := range map[string]func(path string) error{
		"rubbish": func(path string) error { return os.WriteFile(path, []byte("rubbish"), 0o600) },
		"cut":     func(path string) error { return os.Truncate(path, before.Size()/2) },
		"empty":   func(path string) error { return os.Truncate(path, 0) },
		"missing": os.Remove,
		"a bit":   flipInTheMiddle,
	} {
		if err := damage(path); err != nil {
			t.Fatal(err)
		}
		restarted(t, dir, func(x *search.Index) {
			if got := near(t, x, entities[:3]...); got != want {
				t.Errorf("%s: near are\n%swant\n%s", name, got, want)
			}
		})
		if after, err := os.Stat(path); err != nil || after.Size() != before.Size() {
			t.Errorf("%s: the places are not kept again: %v", name, err)
		}
	}
}

// TestOldPlacesCountForUnchangedRecordsAlone is what a program finds that was killed after it had written more.
func TestOldPlacesCountForUnchangedRecordsAlone(t *testing.T) {
	t.Parallel()
	entities, dir := topical(90, 1), t.TempDir()
	changed := kt.Revised(entities[0].(*knowledge.Practice), func(p *knowledge.Practice) { //nolint:forcetypeassert // It is one.
		p.Texts[0].Title, p.Texts[0].Summary = entities[1].(*knowledge.Practice).Texts[0].Title, entities[1].(*knowledge.Practice).Texts[0].Summary //nolint:forcetypeassert // They are.
	})
	withdrawn := kt.Revised(entities[2].(*knowledge.Practice), func(p *knowledge.Practice) { p.Status = knowledge.StatusWithdrawn }) //nolint:forcetypeassert // It is one.
	removed := kt.Deleted(entities[3].(*knowledge.Practice))                                                                         //nolint:forcetypeassert // It is one.
	added := practice("added", "en", entities[4].(*knowledge.Practice).Texts[0].Title, "Something else.")                            //nolint:forcetypeassert // It is one.
	restarted(t, dir, func(x *search.Index) {
		apply(t, x.Current(), "1", entities...)
		learn(t, x)
	})
	path := filepath.Join(generations(t, dir)[0], "places")
	old, err := os.ReadFile(path) //nolint:gosec // A file of the test.
	if err != nil {
		t.Fatal(err)
	}
	asked := []knowledge.Entity{changed, entities[5], added}
	want := ""
	restarted(t, dir, func(x *search.Index) {
		apply(t, x.Current(), "2", changed, withdrawn, removed, added)
		want = near(t, x, asked...)
	})
	if kept, err := os.ReadFile(path); err != nil || string(kept) == string(old) { //nolint:gosec // A file of the test.
		t.Errorf("the places are not kept when the index is closed: %v", err)
	}
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	restarted(t, dir, func(x *search.Index) {
		if got := near(t, x, asked...); got != want {
			t.Errorf("with old places, near are\n%swant\n%s", got, want)
		}
		for _, gone := range []knowledge.Entity{withdrawn, removed} {
			if strings.Contains(near(t, x, entities[4:20]...), string(gone.Head().ID)) {
				t.Errorf("%s is near still", gone.Head().Slug)
			}
		}
	})
}
