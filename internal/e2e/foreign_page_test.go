package e2e_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// foreignPage answers with an empty page.
func foreignPage(t *testing.T) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html><title>Another site</title><p>Another site")
	}))
	t.Cleanup(site.Close)
	return site.URL
}

// tries is a script that a page runs against the API. It answers with what became of each try: "read" where the page could,
// or "blocked". Browsers send the forged ones without asking the server first.
const tries = `(async (api) => {
	const outcome = {};
	const limited = (promise) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error("too late")), 8000))]);
	const attempt = async (name, run) => {
		try { outcome[name] = String(await limited(run())); } catch { outcome[name] = "blocked"; }
	};
	const count = async (response) => (await response.json()).data.search.totalCount > 0 ? "read" : "nothing";
	const query = '{ search(text: "housing", first: 1) { totalCount } }';
	const forged = 'mutation { createPractice(input: {language: "en", title: "Forged by a page"}) { userErrors { message } } }';
	await attempt("post", async () => count(await fetch(api, {method: "POST",
		headers: {"Content-Type": "application/json"}, body: JSON.stringify({query})})));
	await attempt("get", async () => count(await fetch(api + "?query=" + encodeURIComponent(query))));
	await attempt("events", () => new Promise((yes, no) => {
		const events = new EventSource(api + "?query=" + encodeURIComponent(query));
		events.addEventListener("next", () => { events.close(); yes("read"); });
		events.onerror = () => { events.close(); no(new Error("refused")); };
	}));
	await attempt("websocket", () => new Promise((yes, no) => {
		const socket = new WebSocket(api.replace(/^http/, "ws"), "graphql-transport-ws");
		socket.onopen = () => { socket.close(); yes("read"); };
		socket.onerror = () => no(new Error("refused"));
	}));
	const form = new FormData();
	form.append("operations", JSON.stringify({query: forged}));
	form.append("map", "{}");
	for (const body of [form, forged, new URLSearchParams({query: forged})]) {
		await attempt("forged " + body.constructor.name, async () =>
			(await fetch(api, {method: "POST", mode: "no-cors", credentials: "include", body})) && "answered");
	}
	return JSON.stringify(outcome);
})(%q)`

// A page of an origin that is allowed reads by every way there is; one of another reads nothing, opens nothing, and what it
// sends without being asked for permission writes nothing.
func TestForeignPages(t *testing.T) {
	program := needChromium(t)
	friend, stranger := foreignPage(t), foreignPage(t)
	s := startServer(t, "--origins", friend)
	s.awaitReady(t)
	const read, blocked = "read", "blocked"
	for _, page := range []struct{ name, origin, want string }{
		{"allowed", friend, read}, {"not allowed", stranger, blocked},
	} {
		t.Run(page.name, func(t *testing.T) {
			b := openBrowser(t, program, page.origin)
			do(b, chromedp.Navigate(page.origin))
			var outcome map[string]string
			text := do(b, chromedp.Evaluate[string](fmt.Sprintf(tries, s.url+"/graphql"), chromedp.EvalAwaitPromise))
			if err := json.Unmarshal([]byte(text), &outcome); err != nil {
				t.Fatal(err)
			}
			for _, way := range []string{"post", "get", "events", "websocket"} {
				if outcome[way] != page.want {
					t.Errorf("%s: %s, want %s", way, outcome[way], page.want)
				}
			}
		})
	}
	if titles := draftTitles(t, s); titles != "[]" {
		t.Errorf("a page has written drafts: %s", titles)
	}
}

// draftTitles lists the titles of all drafts as JSON.
func draftTitles(t *testing.T, s server) string {
	t.Helper()
	body := strings.NewReader(`{"query":"{ practices(filter: {statuses: [DRAFT]}) { nodes { title } } }"}`)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/graphql", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+s.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data struct {
			Practices struct{ Nodes json.RawMessage }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return string(answer.Data.Practices.Nodes)
}
