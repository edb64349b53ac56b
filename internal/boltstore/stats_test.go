package boltstore_test

import (
	"path/filepath"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestStatsCountEntitiesAndTombstones(t *testing.T) {
	t.Parallel()
	store := open(t, filepath.Join(t.TempDir(), "store"), boltstore.Options{NoSync: true})
	a, b, c := knowledgetest.Practice("a"), knowledgetest.Theme("b"), knowledgetest.Token("c", knowledge.RoleEditor)
	for _, e := range []knowledge.Entity{a, b, c, knowledgetest.Revised(a, nil), knowledgetest.Deleted(b)} {
		if err := store.Save(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	got, err := store.Stats(t.Context())
	if err != nil || got.Entities != 2 || got.Tombstones != 1 || got.Bytes <= 0 {
		t.Errorf("stats = %+v, %v; want 2 entities and 1 tombstone", got, err)
	}
}

func TestSaveRefusesWhatCannotBeStored(t *testing.T) {
	t.Parallel()
	store := open(t, filepath.Join(t.TempDir(), "store"), boltstore.Options{NoSync: true})
	practice := knowledgetest.Practice("a")
	if err := store.Save(t.Context(), practice); err != nil {
		t.Fatal(err)
	}
	nameless := knowledgetest.Practice("b")
	nameless.ID = ""
	long := knowledgetest.Practice("b")
	long.Slug = string(make([]byte, 40_000))
	endless := knowledgetest.Practice("b")
	endless.Metrics = []knowledge.Metric{{Value: infinity()}}
	other := knowledgetest.Lesson("b")
	other.ID, other.Revision = practice.ID, 2
	for name, e := range map[string]knowledge.Entity{
		"nothing": nil, "no id": nameless, "a slug too long": long, "an infinite number": endless, "another kind": other,
	} {
		if err := store.Save(t.Context(), e); !knowledge.IsKind(err, knowledge.Invalid) {
			t.Errorf("%s: save gave %v, want an error of the kind INVALID", name, err)
		}
	}
	err := store.Save(t.Context(), knowledgetest.Practice("c"), endless, knowledgetest.Practice("d"))
	errs := knowledge.SaveErrors(err, 3)
	if errs[0] != nil || !knowledge.IsKind(errs[1], knowledge.Invalid) || errs[2] != nil {
		t.Errorf("save of three gave %v", errs)
	}
}

func infinity() float64 {
	huge := 1e308
	return huge * 10
}
