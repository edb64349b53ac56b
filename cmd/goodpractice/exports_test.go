package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// fetch gets a whole body as nobody.
func (s *serving) fetch(t *testing.T, path string, header ...string) (*http.Response, string) {
	t.Helper()
	response := s.get(t, s.url+path, header...)
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// record is a practice as mutations answer it.
type posted struct {
	ID, Slug string
	Revision int
}

// mutate changes a practice; the answer must not have errors.
func (s *serving) mutate(t *testing.T, mutation, result string, input map[string]any) posted {
	t.Helper()
	name := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input!"
	var answer struct {
		Data map[string]struct {
			Record     posted
			UserErrors []struct{ Message string }
		}
	}
	s.query(t, "mutation ($input: "+name+") { "+mutation+"(input: $input) { record: "+result+
		" { id slug revision } userErrors { message } } }", map[string]any{"input": input}, &answer)
	if got := answer.Data[mutation]; len(got.UserErrors) > 0 || got.Record.ID == "" {
		t.Fatalf("%s: %+v", mutation, got)
	}
	return answer.Data[mutation].Record
}

// step takes a practice to its next state.
func (s *serving) step(t *testing.T, mutation string, p posted) posted {
	t.Helper()
	return s.mutate(t, mutation, "entry", map[string]any{"id": p.ID, "revision": p.Revision, "reason": "A test."})
}

// post makes a draft.
func (s *serving) draft(t *testing.T, title string) posted {
	t.Helper()
	return s.mutate(t, "createPractice", "practice", map[string]any{
		"language": "en", "title": title, "summary": "Summary of " + title, "action": "</script><script>alert(1)</script>",
		"themes": []string{"housing"}, "countries": []string{"ES"}, "sources": []map[string]any{{"title": "A source", "url": "https://example.org/?a=1&b=2"}},
		"contacts": []map[string]any{{"email": "inside@example.org", "visibility": "SECRETARIAT"}},
	})
}

// exportPaths are all that tells machines of records.
func exportPaths() []string {
	return []string{
		"/export.csv", "/export.jsonl", "/export.jsonld", "/export.geojson", "/export.atom?first=1000",
		"/dataset.jsonld", "/sitemaps/practices-1.xml", "/robots.txt",
	}
}

// A draft is in no export, on no page and in no list of changes; what was archived is gone from all of them.
func TestExportsLeakNoDraft(t *testing.T) {
	t.Parallel()
	s := sample(t)
	public := s.step(t, "publishEntry", s.step(t, "submitEntry", s.draft(t, "Unmistakable =public one")))
	draft := s.draft(t, "Unmistakable draft")
	hidden := s.step(t, "archiveEntry", s.step(t, "withdrawEntry", s.draft(t, "Unmistakable never public")))
	for _, path := range exportPaths() {
		response, body := s.fetch(t, path)
		if response.StatusCode != http.StatusOK || body == "" {
			t.Errorf("%s: status %d", path, response.StatusCode)
		}
		for _, secret := range []string{draft.ID, draft.Slug, hidden.ID, hidden.Slug, "mistakable draft", "never public", "inside@example.org"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s tells %q", path, secret)
			}
		}
		if strings.HasPrefix(path, "/export") && !strings.Contains(body, public.ID) {
			t.Errorf("%s lacks what is public", path)
		}
	}
	// The filter cannot ask for more than the reader may see.
	_, body := s.fetch(t, "/export.jsonl?filter="+url.QueryEscape(`{"statuses":["DRAFT","ARCHIVED","WITHDRAWN"]}`))
	if body != "" {
		t.Errorf("asked for drafts, an export has %.200s", body)
	}
	// Whoever may see drafts can have them, and nobody keeps that answer for others.
	response, body := s.fetch(t, "/export.jsonl?filter="+url.QueryEscape(`{"statuses":["DRAFT"]}`), "Authorization", "Bearer "+s.token)
	if !strings.Contains(body, draft.ID) || !strings.HasPrefix(response.Header.Get("Cache-Control"), "private") {
		t.Errorf("with a token: %s, %.200s", response.Header.Get("Cache-Control"), body)
	}
	if response, _ := s.fetch(t, "/export.csv", "Authorization", "Bearer wrong"); response.StatusCode != http.StatusUnauthorized {
		t.Errorf("with a wrong token: %d", response.StatusCode)
	}

	gone := s.step(t, "archiveEntry", public)
	for slug, want := range map[string]int{
		gone.Slug: http.StatusGone, draft.Slug: http.StatusNotFound, hidden.Slug: http.StatusNotFound, "no-such-thing": http.StatusNotFound,
	} {
		response, body := s.fetch(t, "/practices/"+slug)
		if response.StatusCode != want || strings.Contains(body, "mistakable") {
			t.Errorf("/practices/%s: status %d, want %d", slug, response.StatusCode, want)
		}
	}
	for _, path := range exportPaths() {
		if _, body := s.fetch(t, path); strings.Contains(body, gone.ID) || strings.Contains(body, gone.Slug) {
			t.Errorf("%s has what was archived", path)
		}
	}
}

// Exports of the real server: every format has the same records as the search, in the middle too.
func TestExportsAreWhatTheSearchFinds(t *testing.T) {
	t.Parallel()
	s := sample(t)
	var found struct {
		Data struct{ Search struct{ TotalCount int } }
	}
	s.query(t, `{ search(text: "housing", filter: {countries: ["ES", "IT"]}) { totalCount } }`, nil, &found)
	query := "?text=housing&filter=" + url.QueryEscape(`{"countries":["ES","IT"]}`)
	ids := func(query string) (ids []string, last string) {
		_, body := s.fetch(t, "/export.jsonl"+query)
		for line := range strings.Lines(body) {
			var record struct{ ID, Cursor string }
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				t.Fatal(err)
			}
			ids, last = append(ids, record.ID), record.Cursor
		}
		return ids, last
	}
	whole, _ := ids(query)
	if len(whole) != found.Data.Search.TotalCount || len(whole) < 4 {
		t.Fatalf("%d records, the search finds %d", len(whole), found.Data.Search.TotalCount)
	}
	first, last := ids(query + "&first=3")
	rest, _ := ids(query + "&after=" + url.QueryEscape(last))
	if !slices.Equal(whole, append(first, rest...)) {
		t.Errorf("the parts are %v and %v, the whole %v", first, rest, whole)
	}
	// The description names what there is, and every address in it answers.
	_, body := s.fetch(t, "/dataset.jsonld")
	var dataset struct {
		Distribution []struct{ ContentURL string }
		License      string
		Temporal     string `json:"temporalCoverage"`
		Themes       []struct {
			ID string `json:"@id"`
		} `json:"dcat:theme"`
	}
	if err := json.Unmarshal([]byte(body), &dataset); err != nil || len(dataset.Distribution) != 5 || dataset.License == "" || dataset.Temporal == "" || len(dataset.Themes) == 0 {
		t.Fatalf("%+v, error %v", dataset, err)
	}
	for _, d := range dataset.Distribution {
		if response := s.get(t, d.ContentURL); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", d.ContentURL, response.StatusCode)
		}
	}
	if response := s.get(t, dataset.Themes[0].ID); response.StatusCode != http.StatusOK {
		t.Errorf("%s: %d", dataset.Themes[0].ID, response.StatusCode)
	}
}

// Every address in the map of the site is a page that its own linked data describes.
func TestPagesOfTheSitemapAreAnswered(t *testing.T) {
	t.Parallel()
	s := sample(t)
	_, index := s.fetch(t, "/sitemap.xml")
	parts := strings.Split(index, "<loc>")[1:]
	if len(parts) != 10 {
		t.Errorf("%d parts, want one for each kind", len(parts))
	}
	for _, part := range parts {
		address, _, _ := strings.Cut(part, "</loc>")
		_, list := s.fetch(t, strings.TrimPrefix(address, s.url))
		pages := strings.Split(list, "<loc>")[1:]
		if len(pages) == 0 || !strings.Contains(list, "<lastmod>") {
			t.Errorf("%s is empty", address)
		}
		for i, page := range pages {
			if i%10 != 0 {
				continue
			}
			address, _, _ := strings.Cut(page, "</loc>")
			path := strings.TrimPrefix(address, s.url)
			response, body := s.fetch(t, path)
			if response.StatusCode != http.StatusOK || !strings.Contains(body, `<link rel="canonical" href="`+address+`">`) ||
				strings.Count(body, "<script") != 1 || strings.Contains(body, "style=") ||
				!strings.Contains(response.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: status %d", path, response.StatusCode)
			}
			_, inside, _ := strings.Cut(body, `<script type="application/ld+json">`)
			inside, _, _ = strings.Cut(inside, "</script>")
			response, data := s.fetch(t, path, "Accept", "application/ld+json")
			var node map[string]any
			if err := json.Unmarshal([]byte(data), &node); err != nil || node["@id"] != address || node["name"] == "" || node["name"] == nil ||
				response.Header.Get("Content-Type") != "application/ld+json" {
				t.Errorf("%s as linked data: %.300s, error %v", path, data, err)
			}
			if strings.TrimSpace(inside) != strings.TrimSpace(data) {
				t.Errorf("%s holds other linked data than it answers:\n%.200s\n%.200s", path, inside, data)
			}
		}
	}
	if response, _ := s.fetch(t, "/sitemaps/practices-2.xml"); response.StatusCode != http.StatusNotFound {
		t.Errorf("a part that does not exist: %d", response.StatusCode)
	}
}

// A page comes in the language of the reader, and leads to the others.
func TestPagesSpeakTheReadersLanguage(t *testing.T) {
	t.Parallel()
	s := sample(t)
	const path = "/practices/madrid-iris-15-years"
	_, english := s.fetch(t, path)
	_, spanish := s.fetch(t, path, "Accept-Language", "es")
	_, chosen := s.fetch(t, path+"?language=es", "Accept-Language", "en")
	if !strings.Contains(english, `<h1 lang="en"`) || !strings.Contains(spanish, `<h1 lang="es"`) || !strings.Contains(chosen, `<h1 lang="es"`) {
		t.Error("the title is not in the language that was asked for")
	}
	if !strings.Contains(english, `hreflang="es" lang="es">español</a>`) {
		t.Error("there is no link to the Spanish texts")
	}
	response, _ := s.fetch(t, path)
	if again, _ := s.fetch(t, path, "If-None-Match", response.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("the same page again: %d", again.StatusCode)
	}
	public := s.step(t, "publishEntry", s.step(t, "submitEntry", s.draft(t, `Hostile </script><img src=x onerror=alert(1)> "title"`)))
	if _, body := s.fetch(t, "/practices/"+public.Slug); strings.Contains(body, "<img") || strings.Count(body, "<script") != 1 {
		t.Error("a text of a record is markup")
	}
}
