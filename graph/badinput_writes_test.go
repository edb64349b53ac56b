package graph_test

import (
	"maps"
	"strings"

	"goodpractice/internal/knowledge"
)

// The mutations that are misused.
const (
	createPractice = `mutation ($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } userErrors { code message path } } }`
	updatePractice = `mutation ($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { id } userErrors { code message path } } }`
	updateTheme    = `mutation ($input: UpdateThemeInput!) { updateTheme(input: $input) { theme { id } userErrors { code message path } } }`
	linkEntry      = `mutation ($input: LinkEntryInput!) { linkEntry(input: $input) { entry { id } userErrors { code message path } } }`
	translate      = `mutation ($input: TranslatePracticeInput!) { translatePractice(input: $input) { practice { id } userErrors { code message path } } }`
)

// with is a map with one more key.
func plus(base map[string]any, more map[string]any) map[string]any {
	out := maps.Clone(base)
	maps.Copy(out, more)
	return out
}

// post is the creation of a practice that is sound but for some fields.
func post(name, code, path string, fields map[string]any) bad {
	sound := map[string]any{"language": "en", "title": "Sound", "authorities": []any{map[string]any{"id": idOf(knowledge.KindAuthority, "cluj"), "role": "LEAD"}}}
	return bad{name, "contributor", createPractice, map[string]any{"input": plus(sound, fields)}, code, path}
}

// change is a change of the draft that is sound but for some fields.
func change(name, code, path string, input map[string]any) bad {
	sound := map[string]any{"id": idOf(knowledge.KindPractice, "draft"), "revision": 1, "changes": map[string]any{"title": "Changed"}}
	return bad{name, "contributor", updatePractice, map[string]any{"input": plus(sound, input)}, code, path}
}

// badWrites are texts and values that cannot be saved.
func badWrites() []bad {
	long := func(n int) string { return strings.Repeat("a", n+1) }
	type fields = map[string]any
	items := func(n int, item any) []any {
		out := make([]any, n)
		for i := range out {
			out[i] = item
		}
		return out
	}
	return []bad{
		post("a bad language tag", "INVALID_FORMAT", "language", fields{"language": "english!"}),
		post("an unknown theme", "UNKNOWN", "themes.1", fields{"themes": []string{"housing", "nope"}}),
		post("an unknown group", "UNKNOWN", "targetGroups.0", fields{"targetGroups": []string{"nope"}}),
		post("a title that is too long", "TOO_LONG", "title", fields{"title": long(knowledge.MaxTitle)}),
		post("a summary that is too long", "TOO_LONG", "summary", fields{"summary": long(knowledge.MaxSummary)}),
		post("a text that is too long", "TOO_LONG", "action", fields{"action": long(knowledge.MaxText)}),
		post("too many sources", "TOO_MANY", "sources", fields{"sources": items(knowledge.MaxItems+1, fields{"title": "One"})}),
		post("control characters", "INVALID_FORMAT", "title", fields{"title": "a\u0000b"}),
		post("an escape sequence", "INVALID_FORMAT", "summary", fields{"summary": "a\u001b[31mb"}),
		post("a link that runs a script", "INVALID_FORMAT", "sources.0.url", fields{"sources": []any{fields{"title": "One", "url": "javascript:alert(1)"}}}),
		post("a bad e-mail address", "INVALID_FORMAT", "contacts.0.email", fields{"contacts": []any{fields{"email": "nobody", "visibility": "PUBLIC"}}}),
		post("a bad country", "INVALID_FORMAT", "countries.0", fields{"countries": []string{"R1"}}),
		post("a country that does not exist", "UNKNOWN", "countries.0", fields{"countries": []string{"QQ"}}),
		post("a year that is none", "OUT_OF_RANGE", "year", fields{"year": 99999}),
		post("a day that is none", "INVALID_FORMAT", "period.start", fields{"period": fields{"start": "2023-02-30", "precision": "DAY"}}),
		post("a taken slug", "SLUG_TAKEN", "slug", fields{"slug": "first"}),
		post("a bad slug", "INVALID_FORMAT", "slug", fields{"slug": "Not A Slug"}),
		post("a link to what does not exist", "UNKNOWN", "variantOf.0", fields{"variantOf": []string{idOf(knowledge.KindPractice, "nowhere")}}),
		post("a link to what may not be seen", "UNKNOWN", "variantOf.0", fields{"variantOf": []string{idOf(knowledge.KindPractice, "foreign")}}),
		post("a link to another noun", "WRONG_KIND", "variantOf.0", fields{"variantOf": []string{idOf(knowledge.KindTheme, "housing")}}),
		post("somebody else's authority", "FORBIDDEN", "authorities", fields{"authorities": []any{fields{"id": idOf(knowledge.KindAuthority, "madrid"), "role": "LEAD"}}}),
		post("an authority twice", "DUPLICATE", "authorities.1.id", fields{"authorities": items(2, fields{"id": idOf(knowledge.KindAuthority, "cluj"), "role": "LEAD"})}),
		post("an empty idempotency key", "INVALID_FORMAT", "idempotencyKey", fields{"idempotencyKey": ""}),
		change("a stale revision", "STALE_REVISION", "revision", fields{"revision": 7}),
		change("an id that is none", "NOT_FOUND", "id", fields{"id": "nonsense"}),
		change("the id of another noun", "WRONG_KIND", "id", fields{"id": idOf(knowledge.KindTheme, "housing")}),
		change("a record that may not be seen", "NOT_FOUND", "id", fields{"id": idOf(knowledge.KindPractice, "foreign")}),
		change("a language it has no texts in", "UNKNOWN", "language", fields{"language": "ro"}),
		change("a change to what is public", "FORBIDDEN", "id", fields{"id": idOf(knowledge.KindPractice, "first")}),
		change("a change that takes a slug", "SLUG_TAKEN", "changes.slug", fields{"changes": fields{"slug": "second"}}),
		change("a change with control characters", "INVALID_FORMAT", "changes.action", fields{"changes": fields{"action": "a\u0007"}}),
		change("a field that cannot be cleared", "UNKNOWN", "changes.clear.0", fields{"changes": fields{"clear": []string{"publishedAt"}}}),
	}
}

// badSteps are actions that are not possible.
func badSteps() []bad {
	first, second := idOf(knowledge.KindPractice, "first"), idOf(knowledge.KindPractice, "second")
	step := func(name, as, mutation, id, code, path string) bad {
		input := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input"
		query := `mutation ($input: ` + input + `!) { ` + mutation + `(input: $input) { userErrors { code message path } } }`
		return bad{name, as, query, map[string]any{"input": map[string]any{"id": id, "revision": 1}}, code, path}
	}
	draft := idOf(knowledge.KindPractice, "draft")
	return []bad{
		{
			"links in a circle", editor, linkEntry,
			map[string]any{"input": map[string]any{"id": first, "revision": 1, "relation": "SUPERSEDES", "target": second}},
			"CYCLE", "target",
		},
		{
			"a change that closes a circle", editor, updatePractice,
			map[string]any{"input": map[string]any{"id": first, "revision": 1, "changes": map[string]any{"supersedes": []string{second}}}},
			"CYCLE", "changes.supersedes.0",
		},
		{
			"themes in a circle", editor, updateTheme,
			map[string]any{"input": map[string]any{"id": idOf(knowledge.KindTheme, "housing"), "revision": 1, "changes": map[string]any{"broader": "flats"}}},
			"CYCLE", "changes.broader",
		},
		{
			"a link that this noun has not", editor, linkEntry,
			map[string]any{"input": map[string]any{"id": first, "revision": 1, "relation": "RESTS_ON", "target": second}},
			"WRONG_KIND", "relation",
		},
		{
			"a translation by nobody", "", translate,
			map[string]any{"input": map[string]any{"id": first, "revision": 1, "language": "ro", "origin": "HUMAN", "text": map[string]any{}}},
			"UNAUTHENTICATED", "",
		},
		{
			"a translation into no language", editor, translate,
			map[string]any{"input": map[string]any{"id": first, "revision": 1, "language": "xx-yy-zz", "origin": "HUMAN", "text": map[string]any{}}},
			"INVALID_FORMAT", "language",
		},
		step("submitting without a token", "", "submitEntry", draft, "UNAUTHENTICATED", ""),
		step("submitting with a reader's token", partner, "submitEntry", draft, "FORBIDDEN", ""),
		step("submitting what is not complete", "contributor", "submitEntry", draft, "REQUIRED", "themes"),
		step("publishing without being an editor", "contributor", "publishEntry", draft, "FORBIDDEN", "id"),
		step("publishing a draft", editor, "publishEntry", draft, "NOT_ALLOWED_NOW", "id"),
		step("publishing what is public", editor, "publishEntry", first, "NOT_ALLOWED_NOW", "id"),
		step("archiving a theme as an entry", editor, "archiveEntry", idOf(knowledge.KindTheme, "housing"), "WRONG_KIND", "id"),
		step("archiving an entry as a record", editor, "archiveRecord", first, "WRONG_KIND", "id"),
		step("restoring what is not archived", editor, "restoreEntry", first, "NOT_ALLOWED_NOW", "id"),
		{
			"a token from an editor", editor, `mutation { createToken(input: {name: "x", role: EDITOR}) { userErrors { code message path } } }`, nil, "FORBIDDEN", "",
		},
	}
}
