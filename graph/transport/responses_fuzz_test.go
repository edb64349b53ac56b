package transport_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
)

// FuzzKeptAnswers looks for two GETs that mean something else and share an answer: what the second is answered must be what
// a server answers it that keeps nothing.
func FuzzKeptAnswers(f *testing.F) {
	f.Add("query={hello}", "query={a:hello}", "de", "en", "", "")
	f.Add("query={hello}&variables=%7B%7D", "variables=%7B%7D&query={hello}", "", "", "application/json", "*/*")
	f.Add("query=query($n:String){hello(name:$n)}&variables={%22n%22:%22x%22}", "query=query($n:String){hello(name:$n)}&variables={%22n%22:%22y%22}",
		"a", "a", graphqlResponse, "application/json")
	f.Add("documentId=sha256:"+hash(trustedText), "documentId=sha256:"+hash(trustedText)+"&operationName=X", "", "", "", "")
	f.Add("query=query%20A{hello}%20query%20B{b:hello}&operationName=A", "query=query%20A{hello}%20query%20B{b:hello}&operationName=B", "", "", "", "")
	f.Fuzz(func(t *testing.T, query1, query2, language1, language2, accept1, accept2 string) {
		if blocks(query1) || blocks(query2) {
			return
		}
		language := ""
		o := transport.Options{
			Log: slog.New(slog.DiscardHandler), Now: time.Now, //nolint:forbidigo // Deadlines.
			Documents: documents, Vary: []string{"Consistency-Token"},
		}
		plain, err := transport.New(t.Context(), newSchema(), o)
		if err != nil {
			t.Fatal(err)
		}
		o.Version = func() (uint64, bool) { return 1, true }
		o.Variant = func(context.Context) (string, bool) { return language, true }
		kept, err := transport.New(t.Context(), newSchema(), o)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(handler http.Handler, query, accept string) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
			r.URL.RawQuery = query
			r.Header.Set("Accept", accept)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			return w
		}
		language = language1
		ask(kept, query1, accept1)
		language = language2
		for range 2 {
			got, want := ask(kept, query2, accept2), ask(plain, query2, accept2)
			if got.Code != want.Code || got.Body.String() != want.Body.String() || got.Header().Get("ETag") != want.Header().Get("ETag") ||
				got.Header().Get("Content-Type") != want.Header().Get("Content-Type") || got.Header().Get("Cache-Control") != want.Header().Get("Cache-Control") {
				t.Fatalf("after %q the answer to %q is %d %v %s, want %d %v %s", query1, query2,
					got.Code, got.Header(), got.Body, want.Code, want.Header(), want.Body)
			}
		}
	})
}

// blocks tells whether a query asks for a field that does not answer by itself, or answers something else each time.
func blocks(query string) bool {
	values, err := url.ParseQuery(query)
	if err != nil {
		return false
	}
	for _, field := range []string{"slow", "hang", "subscription", "crash", "panic"} {
		if strings.Contains(values.Get("query"), field) {
			return true
		}
	}
	return false
}
