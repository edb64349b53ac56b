package search_test

import (
	"math"
	"slices"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

func TestThePartsOfAScoreAddUp(t *testing.T) {
	t.Parallel()
	graded := practice("graded", "en", "School mediators", "Mediators of the school.", kt.From(kt.Now().Year()))
	graded.Evidence = []knowledge.Evidence{{StudyID: kt.ID(knowledge.KindStudy, "s"), Level: "LEVEL_4", Accepted: true}}
	entities := append(append(topical(90, 1), abroad()...), append(bilingual(), graded)...)
	x := filled(t, entities...)
	if err := x.Current().Learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := map[knowledge.ScoreSignal]bool{}
	queries := []string{
		"school mediators", "school", "housing", "vivienda", "Sinti", "Torino mentors", "clinicc hospital", "the and of", "vaccin*",
		`"school mediators"`, "(nurses OR doctors) -diet", "theme:housing", "flats zzzz", "-school", "Wohnungen der Familien", "health fair Roma",
		"nurses year:2005.. -rent", "what did the council do for the tenants of the shacks and for their children at school",
	}
	for _, text := range queries {
		for _, order := range []knowledge.OrderField{"", knowledge.OrderYear, knowledge.OrderTitle} {
			l := knowledge.Listing{Text: text, Explain: true, Order: knowledge.Order{Field: order}, Kinds: knowledge.EntryKinds()}
			found := find(t, x, l)
			l.Explain = false
			plain := find(t, x, l)
			for i, h := range found.Hits {
				sum := 0.0
				for _, p := range h.Parts {
					sum += p.Value
					seen[p.Signal] = true
					if p.Value <= 0 || p.Signal == knowledge.SignalWords && (p.Word == "" || p.Field == "") {
						t.Errorf("%q: %+v is no reason", text, p)
					}
				}
				if math.Abs(sum-h.Score) > 1e-6 {
					t.Errorf("%q by %q: %s has %g, its parts make %g: %+v", text, order, h.ID, h.Score, sum, h.Parts)
					break
				}
				if h.Parts == nil || plain.Hits[i].Parts != nil || plain.Hits[i].Score != h.Score || plain.Hits[i].ID != h.ID {
					t.Errorf("%q: %+v when explained, %+v without", text, h, plain.Hits[i])
				}
			}
		}
	}
	for _, signal := range []knowledge.ScoreSignal{
		knowledge.SignalWords, knowledge.SignalTitle, knowledge.SignalMeaning, knowledge.SignalRecency, knowledge.SignalEditorial,
	} {
		if !seen[signal] {
			t.Errorf("%s is in no score", signal)
		}
	}
}

func TestExplanationsNameTheFields(t *testing.T) {
	t.Parallel()
	entities := bilingual()
	x := filled(t, entities...)
	tests := []struct {
		query, slug, word, field string
	}{
		{"mentors", "in-turin", "mentors", "title"},
		{"mentors", "in-turin", "mentors", "summary"},
		{"turin", "in-turin", "turin", "labels"},
		{"sinti", "umbrella", "sinti", "links"},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query, Explain: true, Kinds: knowledge.EntryKinds()})
		i := slices.Index(slugs(found, entities), test.slug)
		if i < 0 {
			t.Errorf("%q does not find %s", test.query, test.slug)
			continue
		}
		if !slices.ContainsFunc(found.Hits[i].Parts, func(p knowledge.ScorePart) bool { return p.Word == test.word && p.Field == test.field }) {
			t.Errorf("%q: %+v, want a part of %s in %s", test.query, found.Hits[i].Parts, test.word, test.field)
		}
	}
	if found := find(t, x, knowledge.Listing{Explain: true}); found.Hits[0].Parts != nil {
		t.Errorf("without a text there is nothing to explain: %+v", found.Hits[0].Parts)
	}
}
