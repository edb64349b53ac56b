package graph_test

import (
	"strconv"
	"strings"

	"goodpractice/internal/knowledge"
)

// The mutations of partners that are misused.
const (
	createPartner = `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { partner { id } userErrors { code message path } } }`
	updatePartner = `mutation ($input: UpdatePartnerInput!) { updatePartner(input: $input) { partner { id } userErrors { code message path } } }`
	setDocuments  = `mutation ($input: SetPartnerDocumentsInput!) { setPartnerDocuments(input: $input) { partner { id } userErrors { code message path } } }`
	archiving     = `mutation ($input: ArchivePartnerInput!) { archivePartner(input: $input) { partner { id } userErrors { code message path } } }`
	restoring     = `mutation ($input: RestorePartnerInput!) { restorePartner(input: $input) { partner { id } userErrors { code message path } } }`
	createKey     = `mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id } userErrors { code message path } } }`
)

// badPartners is what cannot be done with partners, and not by everyone.
func badPartners() []bad {
	type fields = map[string]any
	id := idOf(knowledge.KindPartner, "dashboard")
	input := func(more fields) map[string]any { return fields{"input": plus(fields{"id": id, "revision": 1}, more)} }
	add := func(name, code, path string, more fields) bad {
		return bad{name, administrator, createPartner, fields{"input": plus(fields{"name": "Sound"}, more)}, code, path}
	}
	origins := func(name, code string, list ...string) bad {
		return add(name, code, "allowedOrigins."+strconv.Itoa(len(list)-1), fields{"allowedOrigins": list})
	}
	document := func(name, code, path string, documents ...fields) bad {
		return bad{name, administrator, setDocuments, input(fields{"documents": documents}), code, path}
	}
	sound := func(text string) fields { return fields{"id": knowledge.DocumentID(text), "text": text} }
	list := []bad{
		add("a partner without a name", "REQUIRED", "name", fields{"name": ""}),
		add("a partner with a taken slug", "SLUG_TAKEN", "slug", fields{"slug": "dashboard"}),
		add("a partner with a bad e-mail address", "INVALID_FORMAT", "email", fields{"email": "nobody"}),
		add("a partner with a website that runs a script", "INVALID_FORMAT", "website", fields{"website": "javascript:alert(1)"}),
		add("a partner without points", "OUT_OF_RANGE", "pointsPerMinute", fields{"pointsPerMinute": 0}),
		add("a partner with points below zero", "OUT_OF_RANGE", "pointsPerMinute", fields{"pointsPerMinute": -1}),
		add("a partner with too many points", "OUT_OF_RANGE", "pointsPerMinute", fields{"pointsPerMinute": knowledge.MaxPointsPerMinute + 1}),
		add("a partner with too many origins", "TOO_MANY", "allowedOrigins", fields{"allowedOrigins": strings.Split(strings.Repeat("x ", 50), " ")}),
		origins("every origin", "INVALID_FORMAT", "*"),
		origins("an origin with a path", "INVALID_FORMAT", "https://a.example", "https://b.example/"),
		origins("an origin with a password", "INVALID_FORMAT", "https://me:secret@a.example"),
		origins("an origin by plain http", "INVALID_FORMAT", "http://a.example"),
		origins("an origin of a whole domain", "INVALID_FORMAT", "https://*.example"),
		origins("an origin with a line break", "INVALID_FORMAT", "https://a.example\nSet-Cookie: x"),
		origins("an origin twice", "DUPLICATE", "https://a.example", "https://a.example"),
		document("a document that is not valid", "INVALID_FORMAT", "documents.0.text", sound("{ nope }")),
		document("a document that is no GraphQL", "INVALID_FORMAT", "documents.1.text", sound("{ viewer { name } }"), sound("{")),
		document("a document with two operations", "INVALID_FORMAT", "documents.0.text", sound("query A { __typename } query B { __typename }")),
		document("an empty document", "REQUIRED", "documents.0.text", sound(" ")),
		document("a document that is too long", "TOO_LONG", "documents.0.text", sound("{ __typename } #"+strings.Repeat("a", knowledge.MaxDocumentText))),
		document("a document under a wrong id", "INVALID_FORMAT", "documents.0.id", fields{"id": knowledge.DocumentID("x"), "text": "{ __typename }"}),
		{"a change of a partner that is gone", administrator, updatePartner, fields{"input": fields{
			"id": idOf(knowledge.KindPartner, "nowhere"), "revision": 1, "changes": fields{"name": "x"},
		}}, "NOT_FOUND", "id"},
		{"a change of a partner's old revision", administrator, updatePartner, input(fields{"revision": 7, "changes": fields{"name": "x"}}), "STALE_REVISION", "revision"},
		{"a field of a partner that cannot be cleared", administrator, updatePartner, input(fields{"changes": fields{"clear": []string{"documents"}}}), "UNKNOWN", "changes.clear.0"},
		{"a partner that is a theme", administrator, updatePartner, fields{"input": fields{
			"id": idOf(knowledge.KindTheme, "housing"), "revision": 1, "changes": fields{"name": "x"},
		}}, "WRONG_KIND", "id"},
		{"restoring a partner that is switched on", administrator, restoring, input(nil), "NOT_ALLOWED_NOW", "id"},
		{"archiving a partner as a record", administrator, `mutation ($input: ArchiveRecordInput!) { archiveRecord(input: $input) { userErrors { code message path } } }`, input(nil), "WRONG_KIND", "id"},
		{"a key for nobody", administrator, createKey, fields{"input": fields{"name": "x", "role": "PARTNER", "partner": "nowhere"}}, "UNKNOWN", "partner"},
		{"a key that may write", administrator, createKey, fields{"input": fields{"name": "x", "role": "EDITOR", "partner": "dashboard"}}, "WRONG_KIND", "role"},
	}
	for as, code := range map[string]string{"": "UNAUTHENTICATED", partner: "FORBIDDEN", "key": "FORBIDDEN"} {
		list = append(list,
			bad{"adding a partner as " + as, as, createPartner, fields{"input": fields{"name": "x"}}, code, ""},
			bad{"changing a partner as " + as, as, updatePartner, input(fields{"changes": fields{"name": "x"}}), code, ""},
			bad{"archiving a partner as " + as, as, archiving, input(nil), code, ""},
			bad{"setting documents as " + as, as, setDocuments, input(fields{"documents": []fields{}}), code, ""})
	}
	for _, as := range []string{"contributor", editor} { // They may post, but are not told that there is a partner.
		list = append(list,
			bad{"adding a partner as " + as, as, createPartner, fields{"input": fields{"name": "x"}}, "FORBIDDEN", ""},
			bad{"changing a partner as " + as, as, updatePartner, input(fields{"changes": fields{"name": "x"}}), "NOT_FOUND", "id"},
			bad{"archiving a partner as " + as, as, archiving, input(nil), "NOT_FOUND", "id"},
			bad{"setting documents as " + as, as, setDocuments, input(fields{"documents": []fields{}}), "NOT_FOUND", "id"})
	}
	return list
}
