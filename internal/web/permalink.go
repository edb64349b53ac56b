package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// permalink leads from the address of a record to the playground, with a query for it filled in.
// Slugs may hold slashes.
type permalink struct {
	path     string // The first element of the address: the plural of the noun.
	field    string // The field of Query.
	argument string // The argument of the field that names one record.
	kind     string // The type of the argument.
	fields   string // What is asked for.
}

// The fields that are asked for. Their names are those of schema.graphql; a test of the program runs
// the queries.
const (
	entryFields = "id title summary status language authorities { name country { name } } " +
		"themes { label } sources { title url } attribution permalink"
	namedFields   = "id slug name"
	labelFields   = "id slug label"
	titledFields  = "id slug title"
	countryFields = "id code name"
)

// permalinks lists the nouns that have addresses.
func permalinks() []permalink {
	const bySlug, text = "slug", "String!"
	return []permalink{
		{"practices", "practice", bySlug, text, entryFields},
		{"lessons", "lesson", bySlug, text, entryFields},
		{"recommendations", "recommendation", bySlug, text, entryFields},
		{"authorities", "authority", bySlug, text, namedFields},
		{"countries", "country", "code", "CountryCode!", countryFields},
		{"themes", "theme", bySlug, text, labelFields},
		{"target-groups", "targetGroup", bySlug, text, labelFields},
		{"events", "event", bySlug, text, titledFields},
		{"studies", "study", bySlug, text, titledFields},
		{"organisations", "organisation", bySlug, text, namedFields},
	}
}

// pattern is the route of the noun.
func (p permalink) pattern() string { return "GET /" + p.path + "/{slug...}" }

// ServeHTTP redirects to the playground. Whether the record exists is for the query to find out.
func (p permalink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	slug := r.PathValue("slug")
	if slug == "" || len(slug) > maxPermalinkSlug {
		http.NotFound(w, r)
		return
	}
	if p.argument == "code" {
		slug = strings.ToUpper(slug)
	}
	variables, err := json.Marshal(map[string]string{p.argument: slug})
	if err != nil {
		panic("web: a text cannot be written as JSON: " + err.Error())
	}
	link := url.Values{"query": {p.query()}, "variables": {string(variables)}}
	http.Redirect(w, r, PlaygroundPath+"?"+link.Encode(), http.StatusFound)
}

// maxPermalinkSlug is in bytes, and more than any slug has.
const maxPermalinkSlug = 500

// query asks for one record.
func (p permalink) query() string {
	name := strings.ToUpper(p.field[:1]) + p.field[1:]
	return "query " + name + "($" + p.argument + ": " + p.kind + ") {\n  " +
		p.field + "(" + p.argument + ": $" + p.argument + ") { " + p.fields + " }\n}\n"
}
