package search_test

import (
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

func TestSimilarEntriesShareTheTopic(t *testing.T) {
	t.Parallel()
	entities := topical(90, 1)
	drafts := topical(30, 2)
	for _, e := range drafts {
		kt.Standing(knowledge.StatusDraft)(e.(knowledge.Entry)) //nolint:forcetypeassert // It is one.
	}
	theme := kt.Theme("school", "School pupils teachers lessons")
	all := append(append([]knowledge.Entity{theme}, entities...), drafts...)
	x := filled(t, all...)
	learn(t, x)
	slug := map[knowledge.ID]string{}
	for _, e := range all {
		slug[e.Head().ID] = e.Head().Slug
	}
	shared, looked := 0, 0
	for _, e := range entities[:30] {
		for _, viewer := range []knowledge.Actor{{}, {Role: knowledge.RoleEditor}} {
			near, err := x.Similar(t.Context(), e.Head().ID, 5, viewer)
			if err != nil {
				t.Fatal(err)
			}
			if len(near) != 5 {
				t.Errorf("%s has %d neighbours, want 5", e.Head().Slug, len(near))
			}
			for i, h := range near {
				looked++
				if strings.HasPrefix(slug[h.ID], e.Head().Slug[:2]) {
					shared++
				}
				if found := byID(entities, h.ID); found == nil || found == e {
					t.Errorf("%s is near %s", slug[h.ID], e.Head().Slug)
				}
				if i > 0 && h.Score > near[i-1].Score || h.Score <= 0 || h.Score > 1.0001 {
					t.Errorf("the scores of %s are %+v", e.Head().Slug, near)
				}
			}
		}
	}
	if shared*100 < looked*95 {
		t.Errorf("%d of %d neighbours share the topic", shared, looked)
	}
}

func TestDraftsDoNotCrowdOutSimilarEntries(t *testing.T) {
	t.Parallel()
	entities := topical(60, 1)
	text := entities[0].(*knowledge.Practice).Texts[0] //nolint:forcetypeassert // It is one.
	all := entities
	for i := range 40 {
		slug := "copy-" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		all = append(all, practice(slug, "en", text.Title, text.Summary, kt.Standing(knowledge.StatusDraft)))
	}
	x := filled(t, all...)
	learn(t, x)
	near, err := x.Similar(t.Context(), entities[0].Head().ID, 3, knowledge.Actor{})
	if err != nil || len(near) != 3 {
		t.Errorf("%d neighbours beside 40 drafts of the same text, %v, want 3", len(near), err)
	}
}

func TestSimilarFollowsTheRecords(t *testing.T) {
	t.Parallel()
	entities := topical(90, 1)
	x := filled(t, entities...)
	learn(t, x)
	of := entities[0].Head().ID
	before, err := x.Similar(t.Context(), of, 1, knowledge.Actor{})
	if err != nil || len(before) != 1 {
		t.Fatalf("%d neighbours, %v", len(before), err)
	}
	nearest := byID(entities, before[0].ID).(*knowledge.Practice) //nolint:forcetypeassert // It is one.
	text := entities[0].(*knowledge.Practice).Texts[0]            //nolint:forcetypeassert // It is one.
	twin := practice("twin", "en", text.Title, text.Summary)
	apply(t, x.Current(), "2", kt.Deleted(nearest), twin)
	after, err := x.Similar(t.Context(), of, 20, knowledge.Actor{})
	if err != nil || len(after) != 20 || after[0].ID != twin.ID {
		t.Errorf("nearest are %+v, %v, want the new one with the same text", after, err)
	}
	for _, h := range after {
		if h.ID == nearest.ID {
			t.Error("a deleted record is near")
		}
	}
	archived := kt.Revised(twin, func(p *knowledge.Practice) { p.Status = knowledge.StatusArchived })
	apply(t, x.Current(), "3", archived)
	after, err = x.Similar(t.Context(), of, 20, knowledge.Actor{})
	if err != nil || len(after) == 0 || after[0].ID == twin.ID {
		t.Errorf("nearest are %+v, %v, without what was archived", after, err)
	}
}

func TestSimilarWithoutAnythingToCompare(t *testing.T) {
	t.Parallel()
	few, many := filled(t, topical(20, 1)...), filled(t, topical(60, 1)...)
	learn(t, few)
	learn(t, many)
	if near, err := few.Similar(t.Context(), topical(20, 1)[0].Head().ID, 5, knowledge.Actor{}); err != nil || len(near) > 0 {
		t.Errorf("of 20 records: %v, %v", near, err)
	}
	if near, err := many.Similar(t.Context(), "PR_unknown", 5, knowledge.Actor{}); err != nil || near != nil {
		t.Errorf("of an unknown record: %v, %v", near, err)
	}
	for _, n := range []int{0, -1, knowledge.MaxSimilar + 1} {
		_, err := many.Similar(t.Context(), "PR_unknown", n, knowledge.Actor{})
		wantInvalid(t, err, "first")
	}
}
