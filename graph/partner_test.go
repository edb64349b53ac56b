package graph_test

import (
	"context"
	"strings"
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// keyOf is a key of the partner with the slug, whose secret is secretOf its name.
func keyOf(name, partner string) *knowledge.Token {
	token := tokenOf(name, knowledge.RoleReader)
	token.PartnerID = new(knowledgetest.ID(knowledge.KindPartner, partner))
	return token
}

// partnerSite has a partner with a key, and an administrator.
func partnerSite(t *testing.T, on storage) *site {
	t.Helper()
	dashboard := knowledgetest.Partner("dashboard", "https://a.example")
	dashboard.Email, dashboard.PointsPerMinute = new("it@a.example"), new(500)
	return newSite(t, on, transport.Limits{}, dashboard, knowledgetest.Partner("other"),
		tokenOf(administrator, knowledge.RoleAdministrator), tokenOf(editor, knowledge.RoleEditor), keyOf("key", "dashboard"))
}

func TestAPartnerSeesItself(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := partnerSite(t, on)
			const own = `{ viewer { role partner { slug name email website allowedOrigins pointsPerMinute status documents { hash } tokens { totalCount } } } }`
			s.answers(t, "key", own, `{"viewer":{"role":"PARTNER","partner":{"slug":"dashboard","name":"Dashboard","email":"it@a.example","website":null,`+
				`"allowedOrigins":["https://a.example"],"pointsPerMinute":500,"status":"PUBLISHED","documents":[],"tokens":{"totalCount":0}}}}`)
			s.answers(t, editor, own, `{"viewer":{"role":"EDITOR","partner":null}}`)
			const others = `{ partners { totalCount nodes { slug } } partner(slug: "other") { slug } tokens { totalCount } }`
			s.answers(t, "key", others, `{"partners":{"totalCount":0,"nodes":[]},"partner":null,"tokens":{"totalCount":0}}`)
			s.answers(t, editor, others, `{"partners":{"totalCount":0,"nodes":[]},"partner":null,"tokens":{"totalCount":0}}`)
			s.answers(t, administrator, `{ partners { nodes { slug tokens { nodes { name partner { slug } } } } } }`,
				`{"partners":{"nodes":[{"slug":"dashboard","tokens":{"nodes":[{"name":"key","partner":{"slug":"dashboard"}}]}},{"slug":"other","tokens":{"nodes":[]}}]}}`)
		})
	}
}

func TestAPartnerIsSwitchedOff(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := partnerSite(t, on)
			id := idOf(knowledge.KindPartner, "dashboard")
			input := map[string]any{"input": map[string]any{"id": id, "revision": 1, "reason": "They left."}}
			if got := s.ask(t, administrator, archiving, input); !strings.Contains(string(got.Data), `"userErrors":[]`) {
				t.Fatalf("%s", got.body)
			}
			if got := s.ask(t, "key", `{ viewer { name } }`, nil); got.status != 401 || len(got.Errors) == 0 || got.Errors[0].Extensions.Code != "UNAUTHENTICATED" {
				t.Errorf("the key of an archived partner: %d %s", got.status, got.body)
			}
			s.answers(t, administrator, `{ partners { nodes { slug status } } }`,
				`{"partners":{"nodes":[{"slug":"dashboard","status":"ARCHIVED"},{"slug":"other","status":"PUBLISHED"}]}}`)
		})
	}
}

func TestDocumentsAreReadByTheSchema(t *testing.T) {
	t.Parallel()
	s := partnerSite(t, storages()["bbolt"])
	text := "query Titles($first: Int!) { practices(first: $first) { nodes { ...T } } } fragment T on Practice { title }"
	input := map[string]any{"input": map[string]any{
		"id": idOf(knowledge.KindPartner, "dashboard"), "revision": 1,
		"documents": []any{map[string]any{"id": strings.TrimPrefix(knowledge.DocumentID(text), "sha256:"), "text": text}},
	}}
	if got := s.ask(t, administrator, setDocuments, input); !strings.Contains(string(got.Data), `"userErrors":[]`) {
		t.Fatalf("%s", got.body)
	}
	s.answers(t, "key", `{ viewer { partner { revision documents { hash name } } } }`,
		`{"viewer":{"partner":{"revision":2,"documents":[{"hash":"`+knowledge.DocumentID(text)+`","name":"Titles"}]}}}`)
}

func TestUsageOfPartners(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := partnerSite(t, on)
			id := knowledgetest.ID(knowledge.KindPartner, "dashboard")
			used := func(day, operation string, n int64) knowledge.Usage {
				return knowledge.Usage{Partner: id, Day: knowledge.Date(day), Operation: operation, Requests: n, Points: 10 * n, Failures: 1, Unproven: 1}
			}
			err := s.store.AddUsage(context.WithoutCancel(t.Context()), []knowledge.Usage{
				used("2026-03-01", "A", 2), used("2026-03-01", "B", 5), used("2026-03-02", "", 1), used("2025-01-01", "Old", 1),
				{Partner: id, Day: "2026-03-01", Deprecated: "Practice.gone", Requests: 3},
				{Partner: id, Day: "2026-02-27", Deprecated: "Practice.gone", Requests: 1},
			})
			if err != nil {
				t.Fatal(err)
			}
			const query = `{ viewer { partner {
				usage { day requests failures points unprovenRequests operations { name requests points } }
				one: usage(from: "2026-03-02", to: "2026-03-02") { requests }
				deprecations { coordinate reason removedAfter lastUsedOn requests } } } }`
			s.answers(t, "key", query, `{"viewer":{"partner":{"usage":[`+
				`{"day":"2026-03-02","requests":1,"failures":1,"points":10,"unprovenRequests":1,"operations":[{"name":"","requests":1,"points":10}]},`+
				`{"day":"2026-03-01","requests":7,"failures":2,"points":70,"unprovenRequests":2,"operations":[{"name":"B","requests":5,"points":50},{"name":"A","requests":2,"points":20}]}],`+
				`"one":[{"requests":1}],`+
				`"deprecations":[{"coordinate":"Practice.gone","reason":null,"removedAfter":null,"lastUsedOn":"2026-03-01","requests":4}]}}}`)
			got := s.ask(t, "key", `{ viewer { partner { slug usage(from: "2026-01-01", to: "2026-12-31") { day } } } }`, nil)
			if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "BAD_USER_INPUT" && got.Errors[0].Extensions.Code != "INVALID" ||
				!strings.Contains(string(got.Data), `"usage":null`) {
				t.Errorf("%s", got.body)
			}
		})
	}
}
