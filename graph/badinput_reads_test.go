package graph_test

import (
	"strings"

	"goodpractice/internal/knowledge"
)

// badReads are queries that cannot be answered. The cursor is one of practices by title.
func badReads(cursor string) []bad {
	const user, invalid = "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"
	ids := make([]string, knowledge.MaxPageSize+1)
	for i := range ids {
		ids[i] = idOf(knowledge.KindPractice, "first")
	}
	return []bad{
		{name: "an id that is none", query: `{ node(id: "nonsense") { id } }`, code: user, path: "id"},
		{name: "an id that is none among others", query: quoted(`{ nodes(ids: [%q, "nonsense"]) { id } }`, ids[0]), code: user, path: "ids.1"},
		{name: "too many ids", query: `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables: map[string]any{"ids": ids}, code: user, path: "ids"},
		{name: "the id of another noun", query: quoted(`{ practice(id: %q) { id } }`, idOf(knowledge.KindTheme, "housing")), code: user, path: "id"},
		{name: "an id of the right length", query: `{ practice(id: "PR_00000000000000000000000000") { id } }`, code: user, path: "id"},
		{name: "neither id nor slug", query: `{ lesson { id } }`, code: user, path: "id"},
		{name: "both id and slug", query: quoted(`{ practice(id: %q, slug: "first") { id } }`, ids[0]), code: user, path: "id"},
		{name: "a country that is no code", query: `{ country(code: "12") { id } }`, code: user, path: "code"},
		{name: "a filter with an unknown theme", query: `{ practices(filter: {themes: ["nope"]}) { totalCount } }`, code: user, path: "filter.themes"},
		{name: "a filter with an unknown group", query: `{ practices(filter: {targetGroups: ["nope"]}) { totalCount } }`, code: user, path: "filter.targetGroups"},
		{name: "a filter with an unknown authority", query: `{ practices(filter: {authorities: ["nope"]}) { totalCount } }`, code: user, path: "filter.authorities"},
		{name: "a filter with a bad language", query: `{ practices(filter: {languages: ["english"]}) { totalCount } }`, code: user, path: "filter.languages"},
		{name: "a filter with a bad country", query: `{ practices(filter: {countries: ["Spain"]}) { totalCount } }`, code: user, path: "filter.countries"},
		{name: "a filter with a code of no country", query: `{ practices(filter: {countries: ["RO", "XX"]}) { totalCount } }`, code: user, path: "filter.countries"},
		{name: "a search in no country", query: `{ search(text: "housing", filter: {countries: ["UK"]}) { totalCount } }`, code: user, path: "filter.countries"},
		{name: "statistics of no country", query: `{ statistics(by: [YEAR], filter: {countries: ["EL"]}) { totalCount } }`, code: user, path: "filter.countries"},
		{name: "a filter with the id of no theme", query: quoted(`{ practices(filter: {themes: [%q]}) { totalCount } }`, idOf(knowledge.KindTheme, "nope")), code: user, path: "filter.themes"},
		{name: "a filter with the id of no authority", query: quoted(`{ practices(filter: {authorities: [%q]}) { totalCount } }`, idOf(knowledge.KindAuthority, "nope")), code: user, path: "filter.authorities"},
		{name: "a filter with the id of another noun", query: quoted(`{ practices(filter: {themes: [%q]}) { totalCount } }`, idOf(knowledge.KindAuthority, "cluj")), code: user, path: "filter.themes"},
		{name: "a filter with a bad instant", query: `{ practices(filter: {updatedSince: "yesterday"}) { totalCount } }`, code: user, path: "filter.updatedSince"},
		{name: "a filter with an unknown value", query: `{ practices(filter: {statuses: [GONE]}) { totalCount } }`, code: invalid},
		{name: "a negative page", query: `{ practices(first: -1) { totalCount } }`, code: user, path: "first"},
		{name: "an empty page", query: `{ practices(last: 0) { totalCount } }`, code: user, path: "last"},
		{name: "a page that is too long", query: `{ search(first: 101) { totalCount } }`, code: user, path: "first"},
		{name: "a page from both ends", query: `{ themes(first: 1, last: 1) { totalCount } }`, code: user, path: "last"},
		{name: "a page from the start before a cursor", query: quoted(`{ practices(first: 1, before: %q) { totalCount } }`, cursor), code: user, path: "before"},
		{name: "a cursor that is none", query: `{ practices(first: 1, after: "nonsense") { totalCount } }`, code: user, path: "after"},
		{name: "a cursor of another order", query: quoted(`{ practices(first: 1, after: %q, orderBy: {field: YEAR}) { totalCount } }`, cursor), code: user, path: "after"},
		{name: "a cursor of another filter", query: quoted(`{ practices(first: 1, after: %q, orderBy: {field: TITLE}, filter: {countries: ["ES"]}) { totalCount } }`, cursor), code: user, path: "after"},
		{name: "a cursor of another list", query: quoted(`{ lessons(last: 1, before: %q, orderBy: {field: TITLE}) { totalCount } }`, cursor), code: user, path: "before"},
		{name: "a cursor of another search", query: quoted(`{ search(text: "other", first: 1, after: %q) { totalCount } }`, cursor), code: user, path: "after"},
		{name: "a search that is too long", query: quoted(`{ search(text: %q) { totalCount } }`, strings.Repeat("a", knowledge.MaxSearchText+1)), code: user, path: "text"},
		{name: "statistics without a dimension", query: `{ statistics(by: []) { totalCount } }`, code: user, path: "by"},
		{name: "statistics of five dimensions", query: `{ statistics(by: [KIND, THEME, YEAR, COUNTRY, LANGUAGE]) { totalCount } }`, code: user, path: "by"},
		{name: "too many values of a facet", query: `{ search { facets(first: 201) { field } } }`, code: user, path: "first"},
		{name: "no value of a facet", query: `{ search { facets(first: 0) { field } } }`, code: user, path: "first"},
		{name: "a reading of nothing known", query: `{ search(reading: {spelling: false}) { totalCount } }`, code: invalid},
		{name: "a beginning that is too long", query: quoted(`{ suggest(prefix: %q) { text } }`, strings.Repeat("ș", knowledge.MaxPrefix+1)), code: user, path: "prefix"},
		{name: "a beginning that is missing", query: `{ suggest { text } }`, code: invalid},
		{name: "no suggestions", query: `{ suggest(prefix: "hous", first: 0) { text } }`, code: user, path: "first"},
		{name: "too many suggestions", query: quoted(`{ suggest(prefix: "hous", first: %d) { text } }`, knowledge.MaxSuggestions+1), code: user, path: "first"},
		{name: "no similar entries", query: `{ practice(slug: "first") { similar(first: 0) { score } } }`, code: user, path: "first"},
		{name: "too many similar entries", query: quoted(`{ lesson(slug: "lesson") { similar(first: %d) { score } } }`, knowledge.MaxSimilar+1), code: user, path: "first"},
		{name: "too much of a history", as: editor, query: `{ practice(slug: "first") { history(first: 101) { revision } } }`, code: user, path: "first"},
		{name: "a history before the beginning", as: editor, query: `{ practice(slug: "first") { history(before: 0) { revision } } }`, code: user, path: "before"},
		{name: "a query that nests too deep", query: "{ practices { nodes " + strings.Repeat("{ themes { broader ", 6) + "{ id }" + strings.Repeat(" } }", 6) + " } }", code: invalid},
		{name: "a field that does not exist", query: `{ practices { secrets } }`, code: invalid},
		{name: "a query that is cut off", query: `{ practices {`, code: "GRAPHQL_PARSE_FAILED"},
	}
}
