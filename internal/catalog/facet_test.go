package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// values are the buckets of one facet by "value: label".
func values(facets []knowledge.Facet, field knowledge.FacetField) map[string]int {
	out := map[string]int{}
	for _, f := range facets {
		if f.Field != field {
			continue
		}
		for _, b := range f.Buckets {
			out[b.Value+": "+b.Label] = b.Count
		}
	}
	return out
}

func TestFacetsAreNamedForTheReader(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	facets, err := r.Facets(as(t, anonymous(), "ro", "es"), every(), nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	var fields []knowledge.FacetField
	for _, f := range facets {
		fields = append(fields, f.Field)
	}
	same(t, "fields", knowledge.FacetFields(), fields)
	tests := map[knowledge.FacetField]map[string]int{
		knowledge.FacetKind:        {"PRACTICE: Practice": 3, "LESSON: Lesson": 1},
		knowledge.FacetTheme:       {"housing: Locuire": 2, "housing/social: Social housing": 1, "education: Education": 1},
		knowledge.FacetCountry:     {"ES: España": 2, "RO: Romania": 1, "FR: France": 1},
		knowledge.FacetAuthority:   {"madrid: Madrid": 2, "cluj-napoca: Cluj-Napoca": 1, "lyon: Lyon": 1},
		knowledge.FacetLanguage:    {"en: en": 3, "fr: fr": 1},
		knowledge.FacetYear:        {"2012: 2012": 1, "2019: 2019": 2},
		knowledge.FacetTargetGroup: {"youth: Youth": 1, "women: Women": 1},
		knowledge.FacetEvidence:    {"UNGRADED: Ungraded": 4},
	}
	for field, want := range tests {
		same(t, string(field), want, values(facets, field))
	}
}

func TestFacetsOfNothingAreThere(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	facets, err := r.Facets(as(t, anonymous()), every(), nil, 10)
	if err != nil || len(facets) != len(knowledge.FacetFields()) {
		t.Fatalf("got %+v, %v", facets, err)
	}
	for _, f := range facets {
		if len(f.Buckets) > 0 {
			t.Errorf("%s counts %v", f.Field, f.Buckets)
		}
	}
}

func TestFacetsGiveTheMostFrequentValues(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	facets, err := r.Facets(as(t, anonymous()), every(), []knowledge.FacetField{knowledge.FacetAuthority, knowledge.FacetYear}, 1)
	if err != nil || len(facets) != 2 {
		t.Fatalf("got %+v, %v", facets, err)
	}
	same(t, "authorities", map[string]int{"madrid: Madrid": 2}, values(facets, knowledge.FacetAuthority))
	same(t, "years", map[string]int{"2019: 2019": 2}, values(facets, knowledge.FacetYear))
	for _, n := range []int{0, -1, knowledge.MaxFacetBuckets + 1} {
		_, err := r.Facets(as(t, anonymous()), every(), nil, n)
		failure(t, err, knowledge.Invalid, "first")
	}
}

func TestArchivedTermsVanishFromCounts(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	education := r.stored(t, theme("education"))
	saved[*knowledge.Theme](t)(r.Step(as(t, editor()), target(education), knowledge.ActionArchive, nil, knowledge.Request{}))
	for name, a := range everyone() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, l := as(t, a), every()
			l.Filter.Statuses = nil
			facets, err := r.Facets(ctx, l, nil, 10)
			if err != nil {
				t.Fatal(err)
			}
			want := 0
			if a.IsEditor() {
				want = 1
			}
			same(t, "count of the archived theme", want, values(facets, knowledge.FacetTheme)["education: Education"])
			for _, f := range facets {
				for _, b := range f.Buckets {
					if b.Value == "" || b.Label == "" {
						t.Errorf("%s has the bucket %+v", f.Field, b)
					}
				}
			}
			cells, total, err := r.CrossTable(ctx, knowledge.CrossTable{Dimensions: []knowledge.FacetField{knowledge.FacetTheme}})
			if err != nil || total != 4 {
				t.Fatalf("got %+v, %d, %v", cells, total, err)
			}
			for _, cell := range cells {
				if v := cell.Values[0]; !a.IsEditor() && (v.ID == theme("education") || v.Value == "education" || v.Label == "Education") {
					t.Errorf("the table tells of %+v", v)
				}
			}
		})
	}
}

func TestCrossTable(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	cells, total, err := r.CrossTable(as(t, anonymous(), "es"), knowledge.CrossTable{
		Filter:     knowledge.EntryFilter{Themes: []string{"housing"}},
		Dimensions: []knowledge.FacetField{knowledge.FacetCountry, knowledge.FacetYear, knowledge.FacetAuthority},
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "total", 2, total)
	got := map[string]int{}
	for _, c := range cells {
		got[c.Values[0].Value+" "+c.Values[0].Label+" "+c.Values[1].Value+" "+c.Values[2].Value] = c.Count
	}
	same(t, "cells", map[string]int{"ES España 2012 madrid": 1, "ES España 2019 madrid": 1}, got)
	for _, n := range []int{0, 5} {
		_, _, err := r.CrossTable(as(t, anonymous()), knowledge.CrossTable{Dimensions: make([]knowledge.FacetField, n)})
		failure(t, err, knowledge.Invalid, "by")
	}
}

func TestHighlightsShowWhatTheReaderMaySee(t *testing.T) {
	t.Parallel()
	r := newRig(t, owned("homes", knowledge.StatusPublished, knowledgetest.Themed("education")))
	show := func(a knowledge.Actor, text string) []knowledge.Highlight {
		e, err := r.BySlug(as(t, a), knowledge.KindPractice, "homes")
		if err != nil {
			t.Fatal(err)
		}
		marks, err := r.Highlights(as(t, a), text, e)
		if err != nil {
			t.Fatal(err)
		}
		return marks
	}
	if marks := show(anonymous(), ""); marks == nil || len(marks) != 0 {
		t.Errorf("no text is shown by %v", marks)
	}
	if marks := show(anonymous(), "homes"); len(marks) == 0 || len(marks[0].Fragments) == 0 {
		t.Errorf("the title is shown by %v", marks)
	}
	if marks := show(anonymous(), "education"); len(marks) != 1 || marks[0].Path[0] != "themes" {
		t.Errorf("the theme is shown by %v", marks)
	}
	archived := r.stored(t, theme("education"))
	saved[*knowledge.Theme](t)(r.Step(as(t, editor()), target(archived), knowledge.ActionArchive, nil, knowledge.Request{}))
	if marks := show(anonymous(), "education"); len(marks) != 0 {
		t.Errorf("an archived theme is shown by %v", marks)
	}
}

func TestNameOf(t *testing.T) {
	t.Parallel()
	tests := map[string]knowledge.Entity{
		"Homes": knowledgetest.Practice("homes"), "Lyon": knowledgetest.Authority("lyon", "Lyon", "FR"), "Spain": knowledgetest.Country("ES", "Spain"),
		"Housing": knowledgetest.Theme("housing"), "Youth": knowledgetest.TargetGroup("youth"), "A seminar": knowledgetest.Event("e", "A seminar"),
		"A study": knowledgetest.Study("s", "A study"), "A fund": knowledgetest.Organisation("f", "A fund"),
		"Test editor": knowledgetest.Token("x", knowledge.RoleEditor), "": nil,
	}
	for want, e := range tests {
		if e != nil {
			e.Localise(nil)
		}
		same(t, "name", want, catalog.NameOf(e))
	}
}
