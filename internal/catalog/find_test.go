package catalog_test

import (
	"slices"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// library is entries in several states, of several authorities.
func library() []knowledge.Entity {
	return []knowledge.Entity{
		owned("homes", knowledge.StatusPublished, knowledgetest.From(2012), knowledgetest.For("youth")),
		owned("towers", knowledge.StatusPublished, knowledgetest.From(2019), knowledgetest.Themed("housing/social"), knowledgetest.For("women")),
		knowledgetest.Practice("schools", knowledgetest.By("cluj-napoca"), knowledgetest.In("RO"), knowledgetest.Themed("education"), knowledgetest.From(2019)),
		knowledgetest.Lesson("begin-early", knowledgetest.By("lyon"), knowledgetest.In("FR"), knowledgetest.Written("fr")),
		owned("madrid-draft", knowledge.StatusDraft),
		owned("madrid-archived", knowledge.StatusArchived),
		knowledgetest.Practice("cluj-submitted", knowledgetest.By("cluj-napoca"), knowledgetest.In("RO"), knowledgetest.Themed("education"), knowledgetest.Standing(knowledge.StatusSubmitted)),
	}
}

// every asks for all entries that the reader may see.
func every() knowledge.Listing {
	return knowledge.Listing{
		Kinds: entries(), Page: knowledge.Page{First: 50}, Order: knowledge.Order{Field: knowledge.OrderTitle, Ascending: true},
		Filter: knowledge.EntryFilter{Statuses: states()},
	}
}

// states are all editorial states.
func states() []knowledge.EditorialStatus {
	var out []knowledge.EditorialStatus
	for _, s := range knowledge.EnumValues("EditorialStatus") {
		out = append(out, knowledge.EditorialStatus(s))
	}
	return out
}

func TestReadersFindWhatTheyMaySee(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	public := []string{"begin-early", "homes", "schools", "towers"}
	tests := map[string][]string{
		"anonymous": nil, "partner": nil, "owner": {"madrid-archived", "madrid-draft"}, "stranger": {"cluj-submitted"},
		"editor":        {"cluj-submitted", "madrid-archived", "madrid-draft"},
		"administrator": {"cluj-submitted", "madrid-archived", "madrid-draft"},
	}
	for name, more := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := as(t, everyone()[name])
			want := slices.Concat(more, public)
			page, err := r.Find(ctx, every())
			if err != nil {
				t.Fatal(err)
			}
			sameSet(t, "found", want, slugs(page))
			same(t, "total", len(want), page.Total)
			plain := every()
			plain.Filter.Statuses = nil
			if page, err = r.Find(ctx, plain); err != nil {
				t.Fatal(err)
			}
			same(t, "found without a status", public, slugs(page))

			facets, err := r.Facets(ctx, every(), []knowledge.FacetField{knowledge.FacetKind}, 5)
			if err != nil {
				t.Fatal(err)
			}
			count := 0
			for _, b := range facets[0].Buckets {
				count += b.Count
			}
			same(t, "counted", len(want), count)
			_, total, err := r.CrossTable(ctx, knowledge.CrossTable{
				Filter: every().Filter, Dimensions: []knowledge.FacetField{knowledge.FacetKind},
			})
			if err != nil {
				t.Fatal(err)
			}
			same(t, "tabled", len(want), total)
			r.readsEach(t, everyone()[name], want)
		})
	}
}

// readsEach checks that the reader loads the entries with the slugs, by id and by slug, and no others.
func (r *rig) readsEach(t *testing.T, a knowledge.Actor, want []string) {
	t.Helper()
	visible := map[string]bool{}
	for _, slug := range want {
		visible[slug] = true
	}
	for _, e := range library() {
		slug := e.Head().Slug
		loaded, err := r.Load(as(t, a), e.Head().ID)
		if err != nil || (loaded[0] != nil) != visible[slug] {
			t.Errorf("Load of %s gives %v, %v", slug, loaded[0], err)
		}
		got, err := r.BySlug(as(t, a), e.Kind(), slug)
		if visible[slug] && (err != nil || got.Head().ID != e.Head().ID) {
			t.Errorf("BySlug of %s gives %v, %v", slug, got, err)
		}
		if !visible[slug] {
			failure(t, err, knowledge.NotFound, "slug")
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	tests := []struct {
		name   string
		filter knowledge.EntryFilter
		want   []string
	}{
		{"a theme with its narrower ones", knowledge.EntryFilter{Themes: []string{"housing"}}, []string{"homes", "towers"}},
		{"a narrower theme", knowledge.EntryFilter{Themes: []string{"housing/social"}}, []string{"towers"}},
		{"a theme by its id", knowledge.EntryFilter{Themes: []string{string(theme("education"))}}, []string{"schools"}},
		{"several themes", knowledge.EntryFilter{Themes: []string{"education", string(theme("housing"))}}, []string{"homes", "schools", "towers"}},
		{"a target group", knowledge.EntryFilter{TargetGroups: []string{"youth"}}, []string{"homes"}},
		{"an authority", knowledge.EntryFilter{Authorities: []string{"madrid"}}, []string{"homes", "towers"}},
		{"an authority and a theme", knowledge.EntryFilter{Authorities: []string{"madrid"}, Themes: []string{"housing/social"}}, []string{"towers"}},
		{"a country in lower case", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"ro"}}, []string{"schools"}},
		{"a country that is not here", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"AQ"}}, []string{}},
		{"a language in capitals", knowledge.EntryFilter{Languages: []knowledge.LanguageTag{"FR"}}, []string{"begin-early"}},
		{"a year", knowledge.EntryFilter{YearFrom: new(2013), YearTo: new(2019)}, []string{"schools", "towers"}},
		{"empty lists", knowledge.EntryFilter{Themes: []string{}, Countries: []knowledge.CountryCode{}}, []string{"begin-early", "homes", "schools", "towers"}},
		{"others' drafts", knowledge.EntryFilter{Statuses: []knowledge.EditorialStatus{knowledge.StatusDraft}}, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := every()
			l.Filter = test.filter
			page, err := r.Find(as(t, partner()), l)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "found", test.want, slugs(page))
		})
	}
}

func TestFiltersRefuse(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	tests := []struct {
		name   string
		filter knowledge.EntryFilter
		path   string
	}{
		{"an unknown theme", knowledge.EntryFilter{Themes: []string{"housing", "nothing"}}, "filter.themes"},
		{"an archived theme", knowledge.EntryFilter{Themes: []string{"segregation"}}, "filter.themes"},
		{"the id of another kind", knowledge.EntryFilter{Themes: []string{string(authority("madrid"))}}, "filter.themes"},
		{"an id of nothing", knowledge.EntryFilter{Themes: []string{string(theme("nowhere"))}}, "filter.themes"},
		{"the id of an archived theme", knowledge.EntryFilter{Themes: []string{string(theme("segregation"))}}, "filter.themes"},
		{"no country code", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"e1"}}, "filter.countries"},
		{"a code of no country", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"ES", "xx"}}, "filter.countries"},
		{"an unknown target group", knowledge.EntryFilter{TargetGroups: []string{"housing"}}, "filter.targetGroups"},
		{"an unknown authority", knowledge.EntryFilter{Authorities: []string{""}}, "filter.authorities"},
		{"the name of a country", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"Spain"}}, "filter.countries"},
		{"the name of a language", knowledge.EntryFilter{Languages: []knowledge.LanguageTag{"French!"}}, "filter.languages"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l, ctx := every(), as(t, partner())
			l.Filter = test.filter
			_, err := r.Find(ctx, l)
			failure(t, err, knowledge.Invalid, test.path)
			_, err = r.Facets(ctx, l, nil, 5)
			failure(t, err, knowledge.Invalid, test.path)
			_, _, err = r.CrossTable(ctx, knowledge.CrossTable{Filter: test.filter, Dimensions: []knowledge.FacetField{knowledge.FacetKind}})
			failure(t, err, knowledge.Invalid, test.path)
			_, err = r.Follow(ctx, &test.filter, false)
			failure(t, err, knowledge.Invalid, test.path)
		})
	}
}

func TestPagesLeadThroughAList(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	l := every()
	l.Page = knowledge.Page{First: 3}
	first, err := r.Find(as(t, anonymous()), l)
	if err != nil || first.Total != 4 || !first.HasNext || first.HasPrevious {
		t.Fatalf("the first page is %+v, %v", first, err)
	}
	l.Page.After = first.Items[2].Cursor
	second, err := r.Find(as(t, anonymous()), l)
	if err != nil || second.HasNext || !second.HasPrevious {
		t.Fatalf("the second page is %+v, %v", second, err)
	}
	same(t, "both pages", []string{"begin-early", "homes", "schools", "towers"}, append(slugs(first), slugs(second)...))
	l.Order.Ascending = false
	_, err = r.Find(as(t, anonymous()), l)
	failure(t, err, knowledge.Invalid, "after")
}

func TestBySlug(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	ctx := as(t, anonymous(), "es")
	country, err := r.BySlug(ctx, knowledge.KindCountry, "es")
	if err != nil || catalog.NameOf(country) != "España" {
		t.Errorf("es is %v, %v", country, err)
	}
	for _, slug := range []string{"nowhere", "", "No Slug", "Homes", "hom", "segregation"} {
		for _, kind := range []knowledge.Kind{knowledge.KindPractice, knowledge.KindTheme} {
			e, err := r.BySlug(ctx, kind, slug)
			failure(t, err, knowledge.NotFound, "slug")
			if e != nil {
				t.Errorf("%q is %v", slug, e)
			}
		}
	}
	_, err = r.BySlug(ctx, knowledge.KindLesson, "homes")
	failure(t, err, knowledge.NotFound, "slug")
	if e, err := r.BySlug(as(t, editor()), knowledge.KindTheme, "segregation"); err != nil || e.Head().Status != knowledge.StatusArchived {
		t.Errorf("an editor finds %v, %v", e, err)
	}
}

func TestLoadKeepsTheOrderAndItsHoles(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	ids := []knowledge.ID{
		practice("towers"), practice("nowhere"), practice("homes"), "no id", practice("madrid-draft"), practice("towers"), "", theme("housing"),
	}
	want := []string{"towers", "", "homes", "", "", "towers", "", "housing"}
	for range 2 { // The second time much of it is in memory.
		loaded, err := r.Load(as(t, partner()), ids...)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]string, len(loaded))
		for i, e := range loaded {
			if e != nil {
				got[i] = e.Head().Slug
			}
		}
		same(t, "loaded", want, got)
	}
	if none, err := r.Load(as(t, partner())); err != nil || len(none) != 0 {
		t.Errorf("nothing asked for gives %v, %v", none, err)
	}
}

// A country may be saved under a code that ISO 3166-1 does not have.
func TestACountryOfItsOwnCodeCanBeAskedFor(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Country("XX", "Somewhere"))
	l := every()
	l.Filter.Countries = []knowledge.CountryCode{"xx"}
	page, err := r.Find(as(t, partner()), l)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "found", []string{}, slugs(page))
}
