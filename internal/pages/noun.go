package pages

import (
	"strings"

	"goodpractice/internal/export"
	"goodpractice/internal/knowledge"
)

// noun is a kind of record that has pages.
type noun struct {
	path     string // The first step of its addresses.
	kind     knowledge.Kind
	name     string // For people.
	field    string // The field of Query.
	argument string // Its argument that names one record.
	fields   string // What the page shows.
}

func (n noun) isEntry() bool { return n.kind.IsEntry() }

// nouns lists the kinds that have pages.
func nouns() []noun {
	const bySlug = "slug"
	list := func(field string) string {
		return field + "(first: 50) { totalCount nodes { text: title permalink } } "
	}
	const (
		head    = "id permalink updatedAt licence attribution "
		concept = "text: label definition scopeNote names: labels { language kind text } alternative: alternativeLabels " +
			"broader { text: label permalink } narrower(first: 100) { totalCount nodes { text: label permalink } } " +
			"related { text: label permalink } sameAs: exactMatches "
		place  = "country { text: name permalink } "
		themes = "themes { slug label permalink } countries { code name permalink } "
	)
	return []noun{
		{"practices", knowledge.KindPractice, "Good practice", "practice", bySlug, "... on Practice { " + list("lessons") + list("recommendations") + "}"},
		{"lessons", knowledge.KindLesson, "Lesson learnt", "lesson", bySlug, "... on LessonLearnt { comesFrom: practices { text: title permalink } " + list("recommendations") + "}"},
		{"recommendations", knowledge.KindRecommendation, "Recommendation", "recommendation", bySlug, "adoptedAt { text: title permalink }"},
		{"authorities", knowledge.KindAuthority, "City or region", "authority", bySlug, head +
			"text: name names { language kind text } alternative: alternativeNames kind " + place + "parent { text: name permalink } " +
			"point { latitude longitude source } population { value year } website externalIds { wikidata geonames } " +
			"provenance { note isUnconfirmed } " + list("practices") + list("lessons") + list("recommendations")},
		{"countries", knowledge.KindCountry, "Country", "country", "code", head + "text: name names { language kind text } code note " + list("entries") +
			"members: authorities(first: 100) { totalCount nodes { text: name permalink } }"},
		{"themes", knowledge.KindTheme, "Theme", "theme", bySlug, head + concept + list("entries")},
		{"target-groups", knowledge.KindTargetGroup, "Target group", "targetGroup", bySlug, head + concept + list("entries")},
		{"events", knowledge.KindEvent, "Event", "event", bySlug, head + "text: title language texts { language } purpose agenda outcome kind " +
			"period { start end precision } place { label authority { text: name permalink } } " + themes +
			"organisers { text: name permalink } sources { title url language readAt } documents { text: title url } " +
			"outputs { text: title permalink } presented { ... on Practice { text: title permalink } ... on Study { text: title permalink } }"},
		{"studies", knowledge.KindStudy, "Study", "study", bySlug, "id permalink updatedAt attribution text: title language texts { language } findings limits " +
			"kind authors year method independence url doi " + themes + "authorOrganisations { text: name permalink } " +
			"sources { title url language readAt } entries: evaluated(first: 50) { totalCount nodes { text: title permalink } } " + list("recommendations")},
		{"organisations", knowledge.KindOrganisation, "Organisation", "organisation", bySlug, head +
			"text: name names { language kind text } alternative: alternativeNames kind " + place +
			"website externalIds { wikidata ror } " + list("entries")},
	}
}

// document asks for one record.
func (n noun) document() string {
	kind := "String!"
	if n.argument == "code" {
		kind = "CountryCode!"
	}
	selection := n.fields
	if n.isEntry() {
		selection = "...EntryFields " + n.fields
	}
	text := "query Page($name: " + kind + ") { record: " + n.field + "(" + n.argument + ": $name) { " + selection + " } }\n"
	if n.isEntry() {
		text += export.EntryFields
	}
	return text
}

// playgroundQuery is what a reader finds in the playground: a few fields, to begin with.
func (n noun) playgroundQuery() (query, variable string) {
	fields := "id slug name permalink"
	switch n.kind {
	case knowledge.KindTheme, knowledge.KindTargetGroup:
		fields = "id slug label permalink"
	case knowledge.KindEvent, knowledge.KindStudy:
		fields = "id slug title permalink"
	case knowledge.KindCountry:
		fields = "id code name permalink"
	default:
		if n.isEntry() {
			fields = "id title summary status language authorities { name country { name } } themes { label } sources { title url } attribution permalink"
		}
	}
	kind := "String!"
	if n.argument == "code" {
		kind = "CountryCode!"
	}
	name := strings.ToUpper(n.field[:1]) + n.field[1:]
	return "query " + name + "($" + n.argument + ": " + kind + ") {\n  " +
		n.field + "(" + n.argument + ": $" + n.argument + ") { " + fields + " }\n}\n", n.argument
}
