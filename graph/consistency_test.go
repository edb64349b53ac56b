package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/web"
)

// ways are the ways to send a consistency token with a query; each tells what is answered, whatever the media type.
func ways(t *testing.T, s *site) map[string]func(token any) string {
	t.Helper()
	const query = `{ search(text: "housing") { totalCount } }`
	request := func(token any) *http.Request {
		body, err := json.Marshal(map[string]any{"query": query, "extensions": map[string]any{"consistencyToken": token}})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, web.GraphQLPath, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		return r
	}
	answer := func(r *http.Request) string {
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		return w.Body.String()
	}
	return map[string]func(token any) string{
		"header": func(token any) string {
			r := request(nil)
			r.Header.Set("Consistency-Token", fmt.Sprint(token))
			return answer(r)
		},
		"POST": func(token any) string { return answer(request(token)) },
		"GET": func(token any) string {
			extensions, _ := json.Marshal(map[string]any{"consistencyToken": token})
			values := url.Values{"query": {query}, "extensions": {string(extensions)}}
			return answer(httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.GraphQLPath+"?"+values.Encode(), nil))
		},
		"SSE": func(token any) string {
			r := request(token)
			r.Header.Set("Accept", "text/event-stream")
			return answer(r)
		},
		"socket": func(token any) string { return bySocket(t, s, query, token) },
	}
}

// bySocket sends one operation on a websocket, as the second of two.
func bySocket(t *testing.T, s *site, query string, token any) string {
	t.Helper()
	to := s.dial(t, "")
	to.subscribe(t, "first", map[string]any{"query": "{ viewer { role } }"})
	to.hear(t, "first")
	to.subscribe(t, "second", map[string]any{"query": query, "extensions": map[string]any{"consistencyToken": token}})
	return to.hear(t, "second")
}

func TestATokenIsWaitedFor(t *testing.T) {
	t.Parallel()
	homes := knowledgetest.Practice("homes")
	s := newSite(t, embedded, transport.Limits{}, knowledgetest.Theme("housing"), homes)
	want := knowledge.ConsistencyTokenOf(homes)
	for name, send := range ways(t, s) {
		asked := 0
		reached := true
		s.awaited = func(id knowledge.ID, revision knowledge.Revision) bool {
			if asked++; id != want.ID || revision != want.Revision {
				t.Errorf("%s: waits for revision %d of %s", name, revision, id)
			}
			return reached
		}
		if got := send(want.String()); asked != 1 || !strings.Contains(got, `"totalCount":0`) || strings.Contains(got, "errors") {
			t.Errorf("%s: waited %d times and answered %s", name, asked, got)
		}
		reached = false
		got := send(want.String())
		if asked != 2 || !strings.Contains(got, "UNAVAILABLE") || !strings.Contains(got, "Try again") || strings.Contains(got, `"data":{`) {
			t.Errorf("%s: not reached, waited %d times and answered %s", name, asked, got)
		}
		for _, none := range []any{"", nil} {
			if got := send(none); name != "header" && (asked != 2 || !strings.Contains(got, "totalCount")) {
				t.Errorf("%s: without a token waited %d times and answered %s", name, asked, got)
			}
		}
	}
}

// TestAMadeUpTokenTellsNothing asks with tokens of what the reader may not see, of what is not there and of what is to come.
func TestAMadeUpTokenTellsNothing(t *testing.T) {
	t.Parallel()
	public, hidden := knowledgetest.Practice("homes"), knowledgetest.Practice("plans", knowledgetest.Standing(knowledge.StatusDraft))
	s := newSite(t, embedded, transport.Limits{}, public, hidden, tokenOf(editor, knowledge.RoleEditor))
	s.awaited = func(knowledge.ID, knowledge.Revision) bool { return true }
	answer := func(as string, id knowledge.ID, revision knowledge.Revision) string {
		header := http.Header{"Consistency-Token": {knowledge.ConsistencyToken{ID: id, Revision: revision}.String()}}
		got := s.sendWith(t, as, []byte(`{"query": "{ viewer { role } }"}`), header)
		for i := range got.Errors {
			got.Errors[i].Extensions.RequestID = ""
		}
		return fmt.Sprint(got.status, string(got.Data), got.Errors)
	}
	want := answer("", knowledge.NewID(knowledge.KindPractice), 1)
	if !strings.Contains(want, "UNAVAILABLE") {
		t.Fatalf("a record that is not there: %s", want)
	}
	for name, got := range map[string]string{
		"a draft":                  answer("", hidden.ID, 1),
		"a later state of a draft": answer("", hidden.ID, 2),
		"a token":                  answer(editor, tokenOf(editor, knowledge.RoleEditor).ID, 1),
		"a later state":            answer("", public.ID, 2),
	} {
		if got != want {
			t.Errorf("%s: answered %s, want %s", name, got, want)
		}
	}
	for name, got := range map[string]string{"a public record": answer("", public.ID, 1), "an editor's draft": answer(editor, hidden.ID, 1)} {
		if strings.Contains(got, "UNAVAILABLE") {
			t.Errorf("%s: answered %s", name, got)
		}
	}
}

func TestGarbledTokensAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, embedded, transport.Limits{}, knowledgetest.Theme("housing"))
	s.awaited = func(knowledge.ID, knowledge.Revision) bool {
		t.Error("a garbled token is waited for")
		return true
	}
	for name, send := range ways(t, s) {
		for _, token := range []any{"garbled", strings.Repeat("A", 54), 7, []string{"x"}} {
			got := send(token)
			if !strings.Contains(got, "BAD_USER_INPUT") || !strings.Contains(got, "consistency token") || strings.Contains(got, `"data":{`) {
				t.Errorf("%s: %v is answered %s", name, token, got)
			}
		}
	}
	good := knowledge.ConsistencyToken{ID: knowledgetest.ID(knowledge.KindPractice, "homes"), Revision: 7}.String()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.GraphQLPath+"?query={viewer{role}}", nil)
	r.Header["Consistency-Token"] = []string{good, good}
	if got := s.do(t, "", r); got.status != 400 || got.Errors[0].Extensions.Code != "BAD_USER_INPUT" {
		t.Errorf("two tokens are answered %d %s", got.status, got.body)
	}
}

func TestATokenThatIsNotReachedInTime(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			homes := knowledgetest.Practice("homes")
			s := newSite(t, on, transport.Limits{}, homes)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.GraphQLPath+"?query={viewer{role}}", nil)
			r.Header.Set("Consistency-Token", knowledge.ConsistencyToken{ID: homes.ID, Revision: 2}.String())
			got := s.do(t, "", r) // Nobody saves it: this is the real wait.
			if got.status != 503 || got.header.Get("Retry-After") == "" || got.Data != nil || got.Errors[0].Extensions.Code != "UNAVAILABLE" {
				t.Errorf("%d %v %s", got.status, got.header, got.body)
			}
			vary := strings.Join(got.header.Values("Vary"), ",")
			if !strings.Contains(vary, "Consistency-Token") {
				t.Errorf("Vary is %q", vary)
			}
		})
	}
}

// TestATokenShowsTheState saves past the server, as another server would, and asks at once.
func TestATokenShowsTheState(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := knowledgetest.Practice("homes")
			s := newSite(t, on, transport.Limits{}, e)
			for i := range 20 {
				e = knowledgetest.Revised(e, func(p *knowledge.Practice) { p.Texts[0].Title = fmt.Sprintf("Quokka%d", i) })
				if err := s.store.Save(t.Context(), e); err != nil {
					t.Fatal(err)
				}
				query := fmt.Sprintf(`{ search(text: "Quokka%d") { nodes { title } } node(id: %q) { ... on Practice { revision } } }`, i, e.ID)
				body, _ := json.Marshal(map[string]any{
					"query": query, "extensions": map[string]any{"consistencyToken": knowledge.ConsistencyTokenOf(e).String()},
				})
				want := fmt.Sprintf(`{"search":{"nodes":[{"title":"Quokka%d"}]},"node":{"revision":%d}}`, i, e.Revision)
				if got := s.send(t, "", body); string(got.Data) != want {
					t.Fatalf("answered %s, want %s", got.body, want)
				}
			}
		})
	}
}
