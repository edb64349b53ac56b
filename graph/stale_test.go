package graph_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/web"
)

// leave takes the database away, as a store tells it: with a cause that is for nobody.
func (s *site) leave() {
	since := time.Date(2026, time.March, 2, 10, 30, 0, 0, time.FixedZone("", 3600))
	s.away = &since
	s.failure = fmt.Errorf("load: %w", &knowledge.Error{
		Kind: knowledge.Unavailable, Message: "The database does not answer. Try again later.",
		Err: errors.New("dial tcp db-7.internal:27017: connection refused"),
	})
}

// come brings it back.
func (s *site) come() { s.away, s.failure = nil, nil }

// library are public practices with a theme, a city and a country, and those.
func library(n int) []knowledge.Entity {
	records := []knowledge.Entity{
		knowledgetest.Country("ES", "Spain"), knowledgetest.Theme("housing", "Housing"), knowledgetest.Theme("water", "Water"),
		knowledgetest.Authority("madrid", "Madrid", "ES"), tokenOf(editor, knowledge.RoleEditor),
		tokenOf(administrator, knowledge.RoleAdministrator),
	}
	for i := range n {
		records = append(records, knowledgetest.Practice(fmt.Sprintf("practice-%d", i),
			knowledgetest.By("madrid"), knowledgetest.In("ES"), knowledgetest.Themed("housing")))
	}
	return records
}

const pageOfAll = `{
	search(text: "practice") { totalCount nodes { title themes { label } authorities { name } countries { name } } facets(first: 5) { field buckets { label count } } edges { highlights { path } } }
	practices { totalCount nodes { slug attribution } }
}`

func TestReadsGoOnFromMemory(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(5)...)
	for _, reader := range []string{"", editor} {
		before := s.ask(t, reader, pageOfAll, nil)
		s.leave()
		during := s.ask(t, reader, pageOfAll, nil)
		s.come()
		after := s.ask(t, reader, pageOfAll, nil)
		if len(before.Errors) > 0 || before.Extensions != nil || string(after.body) != string(before.body) {
			t.Fatalf("%q: before %s, after %s", reader, before.body, after.body)
		}
		if string(during.Data) != string(before.Data) || len(during.Errors) > 0 {
			t.Errorf("%q: away, answered %s, want %s", reader, during.body, before.body)
		}
		if stale := during.Extensions["stale"]; stale["since"] != "2026-03-02T09:30:00Z" || !strings.Contains(stale["message"], "database is away") {
			t.Errorf("%q: marked %v", reader, stale)
		}
	}
}

// TestAnIndexThatIsBehindIsSaid is after the database has come back: reads are marked, and changes are made.
func TestAnIndexThatIsBehindIsSaid(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(1)...)
	since := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	s.behind = &since
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.GraphQLPath+"?query="+url.QueryEscape("{practices{totalCount}}"), nil)
	got := s.do(t, "", r)
	if stale := got.Extensions["stale"]; got.header.Get("Cache-Control") != "no-store" || stale["since"] != "2026-03-02T09:00:00Z" || !strings.Contains(stale["message"], "not caught up") {
		t.Errorf("%v %s", got.header, got.body)
	}
	made := s.ask(t, editor, `mutation { createPractice(input: {language: "en", title: "x"}) { consistencyToken userErrors { message } } }`, nil)
	if len(made.Errors) > 0 || made.Extensions["stale"] == nil || !strings.Contains(string(made.Data), `"userErrors":[]`) {
		t.Errorf("a change is answered %s", made.body)
	}
	s.leave() // Again, and later.
	if stale := s.ask(t, "", `{ practices { totalCount } }`, nil).Extensions["stale"]; stale["since"] != "2026-03-02T09:00:00Z" || !strings.Contains(stale["message"], "is away") {
		t.Errorf("away again: %v", stale)
	}
	s.come()
	s.behind = nil
	if again := s.ask(t, "", `{ practices { totalCount } }`, nil); again.Extensions != nil {
		t.Errorf("caught up: %s", again.body)
	}
}

func TestStaleAnswersAreNotCached(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(1)...)
	s.leave()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.GraphQLPath+"?query="+url.QueryEscape("{practices{totalCount}}"), nil)
	if got := s.do(t, "", r); got.header.Get("Cache-Control") != "no-store" || got.Extensions["stale"] == nil {
		t.Errorf("%v %s", got.header, got.body)
	}
}

// TestWhatIsInNeitherIsSaid forgets some records: they fail at their fields, and nothing else does.
func TestWhatIsInNeitherIsSaid(t *testing.T) {
	t.Parallel()
	homes := knowledgetest.Practice("homes", knowledgetest.By("madrid"), knowledgetest.In("ES"), knowledgetest.Themed("housing", "water"))
	s := newSite(t, embedded, transport.Limits{}, append(library(2), homes)...)
	tests := []struct {
		name, query, data string
		forget            []knowledge.ID
		paths             []string
	}{
		{
			"a page without one of its records", `{ practices(orderBy: {field: TITLE, direction: ASC}) { totalCount nodes { slug } } }`,
			`{"practices":{"totalCount":3,"nodes":[{"slug":"practice-0"},{"slug":"practice-1"}]}}`,
			[]knowledge.ID{homes.ID},
			[]string{"practices"},
		},
		{
			"a search without one of its records", `{ search(filter: {themes: ["water"]}) { totalCount nodes { slug } facets(fields: [KIND]) { buckets { count } } } }`,
			`{"search":{"totalCount":1,"nodes":[],"facets":[{"buckets":[{"count":1}]}]}}`,
			[]knowledge.ID{homes.ID},
			[]string{"search"},
		},
		{
			"a record without one of its themes", `{ practice(slug: "homes") { slug themes { slug } countries { code } authorities { slug } } }`,
			`{"practice":{"slug":"homes","themes":[{"slug":"housing"}],"countries":[{"code":"ES"}],"authorities":[{"slug":"madrid"}]}}`,
			[]knowledge.ID{knowledgetest.ID(knowledge.KindTheme, "water")},
			[]string{"practice.themes"},
		},
		{
			"a record that one field points at", `{ authority(slug: "madrid") { slug country { code } } }`,
			`{"authority":{"slug":"madrid","country":null}}`,
			[]knowledge.ID{knowledge.CountryID("ES")},
			[]string{"authority.country"},
		},
		{
			"one of several records", `{ nodes(ids: ["` + string(homes.ID) + `", "` + idOf(knowledge.KindTheme, "water") + `"]) { id } }`,
			`{"nodes":[null,{"id":"` + idOf(knowledge.KindTheme, "water") + `"}]}`,
			[]knowledge.ID{homes.ID},
			[]string{"nodes"},
		},
		{
			"the record itself", `{ theme(slug: "water") { slug } practice(slug: "homes") { slug } }`,
			`{"theme":{"slug":"water"},"practice":null}`,
			[]knowledge.ID{homes.ID},
			[]string{"practice"},
		},
		{
			"a value of a facet", `{ search { totalCount facets(fields: [COUNTRY, KIND, AUTHORITY]) { field buckets { label count } } } }`,
			`{"search":{"totalCount":3,"facets":[{"field":"COUNTRY","buckets":[{"label":"ES","count":3}]},{"field":"KIND","buckets":[{"label":"Practice","count":3}]},{"field":"AUTHORITY","buckets":[]}]}}`,
			[]knowledge.ID{knowledge.CountryID("ES"), knowledgetest.ID(knowledge.KindAuthority, "madrid")},
			[]string{"search.facets"},
		},
		{
			"a value of the statistics", `{ statistics(by: [AUTHORITY]) { totalCount cells { count } } }`,
			`{"statistics":{"totalCount":3,"cells":[]}}`,
			[]knowledge.ID{knowledgetest.ID(knowledge.KindAuthority, "madrid")},
			[]string{"statistics"},
		},
		{
			"a filter by the id of what is not in memory", `{ practices(filter: {themes: ["` + idOf(knowledge.KindTheme, "water") + `"]}) { nodes { slug } } }`,
			`{"practices":{"nodes":[{"slug":"homes"}]}}`,
			[]knowledge.ID{knowledgetest.ID(knowledge.KindTheme, "water")},
			nil,
		},
		{
			"highlights by what is not in memory", `{ search(text: "practice") { edges { node { slug } highlights { path } } } }`,
			`{"search":{"edges":[{"node":{"slug":"practice-0"},"highlights":[{"path":["title"]},{"path":["summary"]}]},{"node":{"slug":"practice-1"},"highlights":[{"path":["title"]},{"path":["summary"]}]}]}}`,
			[]knowledge.ID{knowledgetest.ID(knowledge.KindTheme, "housing")},
			nil,
		},
	}
	for _, test := range tests { // One after the other: they share the memory.
		s.catalog.Forget(test.forget)
		s.leave()
		got := s.ask(t, "", test.query, nil)
		s.come()
		if string(got.Data) != test.data || got.Extensions["stale"] == nil {
			t.Errorf("%s: answered %s", test.name, got.body)
		}
		var paths []string
		for _, e := range got.Errors {
			steps := make([]string, len(e.Path))
			for i, step := range e.Path {
				steps[i] = fmt.Sprint(step)
			}
			paths = append(paths, strings.Join(steps, "."))
			if e.Extensions.Code != "UNAVAILABLE" || e.Message != "The database does not answer. Try again later." {
				t.Errorf("%s: %+v", test.name, e)
			}
		}
		if !slices.Equal(paths, test.paths) {
			t.Errorf("%s: errors at %q, want %q", test.name, paths, test.paths)
		}
		if strings.Contains(string(got.body), "db-7") || strings.Contains(string(got.body), "dial") {
			t.Errorf("%s: tells %s", test.name, got.body)
		}
		if again := s.ask(t, "", test.query, nil); len(again.Errors) > 0 || again.Extensions != nil {
			t.Errorf("%s: back again, answered %s", test.name, again.body)
		}
	}
}

func TestWritesAreRefusedAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(1)...)
	loads := s.loads.Load()
	s.leave()
	for name, mutation := range map[string]string{
		"create":  `createPractice(input: {language: "en", title: "x"}) { userErrors { message } }`,
		"dry run": `createPractice(input: {language: "en", title: "x", dryRun: true}) { userErrors { message } }`,
		"update":  `updatePractice(input: {id: "` + idOf(knowledge.KindPractice, "practice-0") + `", revision: 1, changes: {}}) { userErrors { message } }`,
		"revoke":  `revokeToken(input: {id: "` + idOf(knowledge.KindToken, "x") + `"}) { userErrors { message } }`,
	} {
		got := s.ask(t, administrator, "mutation { "+mutation+" }", nil)
		if got.status != 503 || got.Data != nil || len(got.Errors) != 1 || got.Extensions["stale"] == nil {
			t.Fatalf("%s: %d %s", name, got.status, got.body)
		}
		if e := got.Errors[0]; e.Extensions.Code != "UNAVAILABLE" || !strings.Contains(e.Message, "Nothing was saved") {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if n := s.loads.Load() - loads; n > 2 {
		t.Errorf("the store was asked %d times", n)
	}
	s.come()
	data := get[map[string]written](t, s, editor, `mutation { createPractice(input: {language: "en", title: "x"}) { consistencyToken userErrors { message } } }`, nil)
	if data["createPractice"].ConsistencyToken == "" {
		t.Errorf("back again: %+v", data)
	}
}

// TestAStoreThatFailsBeforeItIsKnownToBeAway holds what comes from the store itself to the same.
func TestAStoreThatFailsBeforeItIsKnownToBeAway(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(1)...)
	s.leave()
	s.away = nil
	got := s.ask(t, editor, `mutation { updatePractice(input: {id: "`+idOf(knowledge.KindPractice, "practice-0")+`", revision: 1, changes: {}}) { userErrors { message } } }`, nil)
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "UNAVAILABLE" || strings.Contains(string(got.body), "db-7") {
		t.Errorf("%s", got.body)
	}
}

func TestEventsOfAStreamAreMarked(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(1)...)
	since := now()
	s.away = &since
	stream := s.follow(t, "", `subscription { entryPublished { slug } }`)
	s.save(t, knowledgetest.Practice("another"))
	select {
	case event := <-stream:
		if !strings.Contains(event, `"slug":"another"`) || !strings.Contains(event, `"stale":{`) {
			t.Errorf("the event is %s", event)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("there is no event")
	}
}

func TestATokenThatIsInNeitherCannotBeChecked(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, library(1)...)
	s.catalog.Forget([]knowledge.ID{tokenOf(editor, knowledge.RoleEditor).ID})
	s.leave()
	if got := s.ask(t, editor, `{ viewer { role } }`, nil); got.status != 503 || got.Errors[0].Extensions.Code != "UNAVAILABLE" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := s.ask(t, administrator, `{ viewer { role } }`, nil); string(got.Data) != `{"viewer":{"role":"ADMINISTRATOR"}}` {
		t.Errorf("%d %s", got.status, got.body)
	}
}
