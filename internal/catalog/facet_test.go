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
		knowledge.FacetKind:      {"PRACTICE: Practice": 3, "LESSON: Lesson": 1},
		knowledge.FacetTheme:     {"housing: Locuire": 2, "housing/social: Social housing": 1, "education: Education": 1},
		knowledge.FacetCountry:   {"ES: España": 2, "RO: Romania": 1, "FR: France": 1},
		knowledge.FacetAuthority: {"madrid: Madrid": 2, "cluj-napoca: Cluj-Napoca": 1, "lyon: Lyon": 1},
		knowledge.FacetLanguage:  {"en: en": 3, "fr: fr": 1},
		knowledge.FacetYear: {
			"2012: 2012": 1, "2013: 2013": 0, "2014: 2014": 0, "2015: 2015": 0, "2016: 2016": 0, "2017: 2017": 0, "2018: 2018": 0,
			"2019: 2019": 2,
		},
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
	facets, err := r.Facets(as(t, anonymous()), every(), []knowledge.FacetField{knowledge.FacetAuthority}, 1)
	if err != nil || len(facets) != 1 {
		t.Fatalf("got %+v, %v", facets, err)
	}
	same(t, "authorities", map[string]int{"madrid: Madrid": 2}, values(facets, knowledge.FacetAuthority))
	for _, n := range []int{0, -1, knowledge.MaxFacetBuckets + 1} {
		_, err := r.Facets(as(t, anonymous()), every(), nil, n)
		failure(t, err, knowledge.Invalid, "first")
	}
}

// counted is a search engine that counts as the test says.
func counted(facets ...knowledge.Facet) func(o *catalog.Options) {
	return func(o *catalog.Options) {
		o.Search = scripted{Search: o.Search, found: &knowledge.Found{Facets: facets}}
	}
}

func TestFacetsKeepWhatIsChosenAndAllYears(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	themes := knowledge.Facet{Field: knowledge.FacetTheme, Buckets: []knowledge.Bucket{
		{ID: theme("education"), Count: 3},
		{ID: theme("housing"), Count: 2},
		{ID: theme("segregation"), Count: 1, IsChosen: true}, // Archived: not for everyone.
		{ID: theme("housing/social"), IsChosen: true},
	}}
	years := knowledge.Facet{Field: knowledge.FacetYear, Buckets: []knowledge.Bucket{
		{Value: "2017", Count: 1}, {Value: "2018"}, {Value: "2019", Count: 4},
	}}
	l := every()
	l.Filter.YearFrom = new(2018)
	facets, err := r.with(t, counted(themes, years)).Facets(as(t, anonymous()), l, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "facets", []knowledge.Facet{
		{Field: knowledge.FacetTheme, Buckets: []knowledge.Bucket{
			{Value: "education", ID: theme("education"), Label: "Education", Count: 3},
			{Value: "housing/social", ID: theme("housing/social"), Label: "Social housing", IsChosen: true},
		}},
		{Field: knowledge.FacetYear, Buckets: []knowledge.Bucket{
			{Value: "2017", Label: "2017", Count: 1},
			{Value: "2018", Label: "2018", IsChosen: true},
			{Value: "2019", Label: "2019", Count: 4, IsChosen: true},
		}},
	}, facets)
}

// under is a theme or group below another.
func under[E knowledge.Entity](e E, concept *knowledge.Concept, broader knowledge.ID) E {
	concept.BroaderID = &broader
	return e
}

func TestFacetsTellTheBroaderValue(t *testing.T) {
	t.Parallel()
	middle, low := knowledgetest.Theme("middle"), knowledgetest.Theme("low")
	middle.Status = knowledge.StatusArchived
	odd, even := knowledgetest.TargetGroup("odd"), knowledgetest.TargetGroup("even")
	r := newRig(t,
		under(middle, &middle.Concept, theme("housing/social")), under(low, &low.Concept, middle.ID),
		under(odd, &odd.Concept, even.ID), under(even, &even.Concept, odd.ID)) // A circle.
	buckets := func(ids ...knowledge.ID) []knowledge.Bucket {
		out := make([]knowledge.Bucket, len(ids))
		for i, id := range ids {
			out[i] = knowledge.Bucket{ID: id, Count: 1}
		}
		return out
	}
	for first, want := range map[int]map[string]string{
		10: {"low": "housing/social", "housing/social": "housing", "odd": "even", "even": "odd"},
		3:  {"low": "housing", "odd": "even", "even": "odd"}, // The nearest one that is there.
	} {
		c := r.with(t, counted(
			knowledge.Facet{Field: knowledge.FacetTheme, Buckets: buckets(theme("housing"), theme("education"), low.ID, theme("housing/social"))},
			knowledge.Facet{Field: knowledge.FacetTargetGroup, Buckets: buckets(odd.ID, even.ID, knowledgetest.ID(knowledge.KindTargetGroup, "youth"))},
			knowledge.Facet{Field: knowledge.FacetAuthority, Buckets: buckets(authority("madrid"))},
		))
		facets, err := c.Facets(as(t, anonymous()), every(), nil, first)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, f := range facets {
			for _, b := range f.Buckets {
				if b.Broader != nil {
					got[b.Value] = *b.Broader
				}
			}
		}
		same(t, "broader values", want, got)
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
