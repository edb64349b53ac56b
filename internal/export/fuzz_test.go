package export_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"goodpractice/internal/export"
)

// FuzzParameters asks for exports with any parameters: they are refused as the client's fault, or answered.
func FuzzParameters(f *testing.F) {
	for _, seed := range []string{
		"", "text=housing", `filter={"themes":["housing"]}`, `orderBy={"field":"YEAR"}`, "languages=es,en&first=3", "after=c1", "first=1e9", "a;b", "%zz",
		"filter=%7B%22a%22:[[[[1]]]]%7D", "text=%00%ff", "languages=" + "a,a,a,a,a,a,a,a,a,a,a,a",
	} {
		f.Add(seed)
	}
	d := &desk{records: 3, record: numbered}
	handler, err := export.New(export.Options{
		Ask: func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, bool, error) {
			return d.Ask(ctx, document, variables)
		},
		BaseURL: base, Log: nopLog(), Now: time.Now, //nolint:forbidigo // Deadlines are not looked at.
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query string) {
		d.asked, d.readers = nil, nil
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/export.csv", http.NoBody)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Errorf("%q: status %d", query, w.Code)
		}
	})
}
