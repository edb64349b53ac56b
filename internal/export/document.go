package export

// EntryFields is the selection of an entry that a Record is read from.
const EntryFields = `fragment EntryFields on Entry {
	id slug kind permalink status revision createdAt updatedAt publishedAt language languages sourceLanguage origin
	title summary situation action results learnt
	themes { slug label permalink } targetGroups { slug label permalink }
	authorities { name permalink country { code name permalink } point { latitude longitude source } externalIds { wikidata } }
	countries { code name permalink } year period { start end precision }
	partnerships { organisation { name permalink } } sources { title url language readAt }
	evidence { level finding study { title permalink } }
	licence attribution provenance { note isUnconfirmed } evidenceLevel
	... on Practice {
		oneLiner objectives successFactors limitingFactors adviceToAdopters lifecycle
		places { label point { latitude longitude source } authority { name permalink point { latitude longitude source } } }
	}
	... on LessonLearnt { statement cause advice appliesWhen doesNotApplyWhen outcome }
	... on Recommendation { wording reference body instrument adoptedOn standing }
}`

// exportDocument gives one page of an export.
const exportDocument = `query Export($text: String, $filter: EntryFilter, $orderBy: EntryOrder, $first: Int!, $after: String) {
	search(text: $text, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
		pageInfo { hasNextPage }
		edges { cursor node { ...EntryFields } }
	}
}
` + EntryFields

// datasetDocument gives what describes the whole.
const datasetDocument = `query Dataset {
	search(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) {
		totalCount
		nodes { updatedAt }
		facets(fields: [THEME, COUNTRY, YEAR, LANGUAGE], first: 200) { field buckets { value label count } }
	}
}`

// sitemapDocument gives one page of addresses of a kind; %s stands for the field of Query.
const sitemapDocument = `query Sitemap($first: Int!, $after: String) {
	list: %s(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { permalink updatedAt } }
}`
