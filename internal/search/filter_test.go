package search_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

func TestFindFilters(t *testing.T) {
	t.Parallel()
	region := kt.Authority("madrid-region", "Madrid region", "ES")
	city := kt.Authority("madrid", "Madrid", "ES")
	city.ParentID = &region.ID
	worked := knowledge.LessonOutcome("WORKED")
	lesson := kt.Lesson("lesson", kt.In("RO"), at(0, time.Hour))
	lesson.Outcome = &worked
	lesson.PracticeIDs = []knowledge.ID{kt.ID(knowledge.KindPractice, "a")}
	graded := practice("c", "ro", "Trei", "Trei.", kt.From(2016))
	graded.Evidence = []knowledge.Evidence{{StudyID: kt.ID(knowledge.KindStudy, "s"), Level: "LEVEL_3", Accepted: true}}
	entities := []knowledge.Entity{
		region, city,
		kt.Theme("housing"), belowHousing(kt.Theme("slum-exit")),
		practice("a", "en", "One", "One.", kt.Themed("slum-exit"), kt.By("madrid"), kt.In("ES"), kt.From(2014), kt.For("families")),
		practice("b", "es", "Dos", "Dos.", kt.Themed("housing"), kt.In("ES", "RO"), kt.From(2015)),
		graded, lesson,
	}
	x := filled(t, entities...)
	year := func(n int) *int { return &n }
	since := kt.Now().Add(time.Minute)
	tests := []struct {
		name   string
		filter knowledge.EntryFilter
		want   []string
	}{
		{"kind", knowledge.EntryFilter{Kinds: []knowledge.Kind{knowledge.KindLesson}}, []string{"lesson"}},
		{"theme with narrower ones", knowledge.EntryFilter{Themes: []string{string(kt.ID(knowledge.KindTheme, "housing"))}}, []string{"a", "b"}},
		{"narrow theme", knowledge.EntryFilter{Themes: []string{string(kt.ID(knowledge.KindTheme, "slum-exit"))}}, []string{"a"}},
		{"group", knowledge.EntryFilter{TargetGroups: []string{string(kt.ID(knowledge.KindTargetGroup, "families"))}}, []string{"a"}},
		{"authority with its parts", knowledge.EntryFilter{Authorities: []string{string(region.ID)}}, []string{"a"}},
		{"one of two countries", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"RO", "IT"}}, []string{"b", "lesson"}},
		{"language", knowledge.EntryFilter{Languages: []knowledge.LanguageTag{"es"}}, []string{"b"}},
		{"years", knowledge.EntryFilter{YearFrom: year(2015), YearTo: year(2016)}, []string{"b", "c"}},
		{"year from", knowledge.EntryFilter{YearFrom: year(2016)}, []string{"c"}},
		{"evidence", knowledge.EntryFilter{Evidence: []knowledge.EvidenceLevel{"LEVEL_3"}}, []string{"c"}},
		{"outcome", knowledge.EntryFilter{Outcomes: []knowledge.LessonOutcome{"WORKED"}}, []string{"lesson"}},
		{"updated since", knowledge.EntryFilter{UpdatedSince: &since}, []string{"lesson"}},
		{"combined", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"RO"}, Languages: []knowledge.LanguageTag{"es"}}, []string{"b"}},
		{"nothing", knowledge.EntryFilter{Countries: []knowledge.CountryCode{"XX"}}, []string{}},
		{"empty lists do not narrow", knowledge.EntryFilter{Kinds: []knowledge.Kind{}, Themes: []string{}, Statuses: []knowledge.EditorialStatus{}}, []string{"a", "b", "c", "lesson"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := knowledge.Listing{
				Kinds:  []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson},
				Filter: test.filter, Order: knowledge.Order{Field: knowledge.OrderTitle, Ascending: true},
			}
			found := find(t, x, l)
			got := slugs(found, entities)
			slices.Sort(got)
			if !slices.Equal(got, test.want) || found.Total != len(test.want) {
				t.Errorf("found %v (%d), want %v", got, found.Total, test.want)
			}
		})
	}
	t.Run("links, slugs and ids", func(t *testing.T) {
		t.Parallel()
		for _, l := range []knowledge.Listing{
			{Links: []knowledge.Term{{Relations: []knowledge.Relation{knowledge.RelComesFrom}, Target: kt.ID(knowledge.KindPractice, "a")}}},
			{Slug: "lesson"},
			{Kinds: []knowledge.Kind{knowledge.KindLesson}, Slug: "lesson"},
			{IDs: []knowledge.ID{lesson.ID}},
			{IDs: []knowledge.ID{lesson.ID, "LE_unknown"}, Text: "lesson"},
		} {
			if got := slugs(find(t, x, l), entities); !slices.Equal(got, []string{"lesson"}) {
				t.Errorf("%+v finds %v", l, got)
			}
		}
		for _, l := range []knowledge.Listing{
			{IDs: []knowledge.ID{}},
			{Kinds: []knowledge.Kind{knowledge.KindPractice}, Slug: "lesson"},
			{Kinds: []knowledge.Kind{}},
			{Links: []knowledge.Term{{Relations: []knowledge.Relation{knowledge.RelVariantOf}, Target: kt.ID(knowledge.KindPractice, "a")}}},
		} {
			if got := find(t, x, l); got.Total != 0 {
				t.Errorf("%+v finds %d, want none", l, got.Total)
			}
		}
	})
}

// visibleWorld holds entries in every state, of two makers, and some nouns, one of them archived.
func visibleWorld() []knowledge.Entity {
	var out []knowledge.Entity
	statuses := []knowledge.EditorialStatus{
		knowledge.StatusDraft, knowledge.StatusSubmitted, knowledge.StatusInReview, knowledge.StatusChangesRequested,
		knowledge.StatusPublished, knowledge.StatusRejected, knowledge.StatusWithdrawn, knowledge.StatusArchived,
	}
	for i, status := range statuses {
		for j, by := range []string{"rome", "lodz"} {
			p := practice(fmt.Sprintf("p%d-%d", i, j), "en", "Housing", "Flats.",
				kt.By(by), kt.In("IT"), kt.From(2010+i), kt.Themed("housing"), kt.Standing(status))
			p.CreatedBy = kt.Token(by, knowledge.RoleContributor).ID
			out = append(out, p)
		}
	}
	archived := kt.Authority("old", "Old housing board", "IT")
	archived.Status = knowledge.StatusArchived
	token := kt.Token("secret", knowledge.RoleEditor)
	token.Name = "Housing editor"
	return append(out, kt.Theme("housing", "Housing"), archived, token)
}

func TestEveryRoleFindsExactlyWhatItMayRead(t *testing.T) {
	t.Parallel()
	entities := visibleWorld()
	x := filled(t, entities...)
	maker := kt.Token("lodz", knowledge.RoleContributor).ID
	actors := []knowledge.Actor{
		{},
		{ID: "TK_partner", Role: knowledge.RoleReader, Authorities: []knowledge.ID{kt.ID(knowledge.KindAuthority, "rome")}},
		{ID: "TK_none", Role: knowledge.RoleContributor},
		{ID: "TK_rome", Role: knowledge.RoleContributor, Authorities: []knowledge.ID{kt.ID(knowledge.KindAuthority, "rome")}},
		{ID: maker, Role: knowledge.RoleContributor},
		{Role: knowledge.RoleContributor, Authorities: []knowledge.ID{kt.ID(knowledge.KindAuthority, "old")}},
		{ID: "TK_editor", Role: knowledge.RoleEditor},
		{ID: "TK_admin", Role: knowledge.RoleAdministrator},
	}
	asked := [][]knowledge.EditorialStatus{
		nil,
		{knowledge.StatusDraft, knowledge.StatusPublished},
		{knowledge.StatusArchived},
		{
			knowledge.StatusDraft, knowledge.StatusSubmitted, knowledge.StatusInReview, knowledge.StatusChangesRequested,
			knowledge.StatusPublished, knowledge.StatusRejected, knowledge.StatusWithdrawn, knowledge.StatusArchived,
		},
	}
	for i, actor := range actors {
		for j, statuses := range asked {
			for _, text := range []string{"", "housing"} {
				t.Run(fmt.Sprintf("%d %s %d %s", i, actor.Role, j, text), func(t *testing.T) {
					t.Parallel()
					checkVisible(t, x, entities, knowledge.Listing{
						Kinds: knowledge.Kinds(), Text: text, Viewer: actor, Filter: knowledge.EntryFilter{Statuses: statuses},
					})
				})
			}
		}
	}
}

// checkVisible compares hits, total, facets and cross table with what Actor.MayRead says.
func checkVisible(t *testing.T, x *search.Index, entities []knowledge.Entity, l knowledge.Listing) {
	t.Helper()
	wanted := l.Filter.Statuses
	if wanted == nil {
		wanted = []knowledge.EditorialStatus{knowledge.StatusPublished}
	}
	want := map[knowledge.ID]bool{}
	years := map[string]int{}
	entries := 0
	for _, e := range entities {
		if !l.Viewer.MayRead(e) || !slices.Contains(wanted, e.Head().Status) {
			continue
		}
		if l.Text != "" && e.Kind().IsAdministrative() {
			continue // Their names are no words of the index.
		}
		want[e.Head().ID] = true
		if entry, ok := e.(knowledge.Entry); ok {
			years[strconv.Itoa(*entry.Core().Year())]++
			entries++
		}
	}
	l.Facets = knowledge.FacetFields()
	found := find(t, x, l)
	if found.Total != len(want) || len(found.Hits) != len(want) {
		t.Errorf("total %d with %d hits, want %d", found.Total, len(found.Hits), len(want))
	}
	for _, h := range found.Hits {
		if !want[h.ID] {
			t.Errorf("%s must not be seen", h.ID)
		}
	}
	if len(found.Facets) != len(knowledge.FacetFields()) {
		t.Fatalf("%d facets", len(found.Facets))
	}
	for i, f := range found.Facets {
		if f.Field != knowledge.FacetFields()[i] || f.Buckets == nil {
			t.Errorf("facet %d = %+v", i, f)
		}
		if f.Field == knowledge.FacetYear {
			counting := slices.DeleteFunc(slices.Clone(f.Buckets), func(b knowledge.Bucket) bool { return b.Count == 0 })
			if !sameCounts(counting, years) {
				t.Errorf("years = %v, want %v", f.Buckets, years)
			}
		}
	}
	cells, total, err := x.CrossTable(t.Context(), knowledge.CrossTable{
		Filter: l.Filter, Viewer: l.Viewer, Dimensions: []knowledge.FacetField{knowledge.FacetYear},
	})
	if err != nil {
		t.Fatal(err)
	}
	buckets := make([]knowledge.Bucket, len(cells))
	for i, c := range cells {
		buckets[i] = c.Values[0]
		buckets[i].Count = c.Count
	}
	if total != entries || !sameCounts(buckets, years) {
		t.Errorf("cross table of %d: %v, want %d: %v", total, buckets, entries, years)
	}
}

func sameCounts(buckets []knowledge.Bucket, want map[string]int) bool {
	if len(buckets) != len(want) {
		return false
	}
	for _, b := range buckets {
		if want[b.Value] != b.Count {
			return false
		}
	}
	return true
}

func TestTokensAndPartnersMustBeAskedFor(t *testing.T) {
	t.Parallel()
	x := filled(t, append(visibleWorld(), kt.Partner("dashboard"))...)
	admin := knowledge.Actor{ID: "TK_admin", Role: knowledge.RoleAdministrator}
	tokens := []knowledge.Kind{knowledge.KindToken, knowledge.KindPartner}
	for _, test := range []struct {
		name  string
		actor knowledge.Actor
		kinds []knowledge.Kind
		want  bool
	}{
		{"administrator", admin, tokens, true},
		{"administrator without kinds", admin, nil, false},
		{"editor", knowledge.Actor{Role: knowledge.RoleEditor}, tokens, false},
		{"nobody", knowledge.Actor{}, tokens, false},
	} {
		found := find(t, x, knowledge.Listing{Kinds: test.kinds, Viewer: test.actor, Facets: []knowledge.FacetField{knowledge.FacetKind}})
		for _, kind := range tokens {
			got := slices.ContainsFunc(found.Facets[0].Buckets, func(b knowledge.Bucket) bool { return b.Value == string(kind) })
			if got != test.want {
				t.Errorf("%s: a %s is counted: %t, want %t", test.name, kind.Noun(), got, test.want)
			}
		}
	}
}
