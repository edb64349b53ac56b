package export_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"mime"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// names are the endings of all exports.
func names() []string { return []string{"csv", "jsonl", "jsonld", "geojson", "atom"} }

// Each format of the specimens is as the golden file has it.
func TestFormatsAreAsInTheGoldenFiles(t *testing.T) {
	t.Parallel()
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := get(t, serve(t, specimens(t), nil), "GET", "/export."+name)
			if got.status != 200 || got.err != nil {
				t.Fatalf("status %d, error %v: %.300s", got.status, got.err, got.body)
			}
			if !utf8.ValidString(got.body) {
				t.Error("it is not UTF-8")
			}
			file := filepath.Join("testdata", "export."+name)
			if *update {
				if err := os.WriteFile(file, []byte(got.body), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.body); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTablesAreSafeAndRegular(t *testing.T) {
	t.Parallel()
	got := get(t, serve(t, specimens(t), nil), "GET", "/export.csv")
	reader := csv.NewReader(strings.NewReader(got.body))
	rows, err := reader.ReadAll() // It refuses rows of another length.
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, error %v", len(rows), err)
	}
	// RFC 4180 section 2: every line ends with CRLF, the last too.
	if !strings.HasSuffix(got.body, "\r\n") || strings.Contains(rows[0][0], "\ufeff") {
		t.Error("the table does not begin and end as RFC 4180 has it")
	}
	for _, row := range rows[1:] {
		for i, cell := range row {
			trimmed := strings.TrimLeft(cell, " \t\r\n\u00a0")
			if strings.HasPrefix(cell, "\t") || regexp.MustCompile(`^[=+@＝＋－＠-]`).MatchString(trimmed) &&
				!regexp.MustCompile(`^-?[0-9.]+$`).MatchString(cell) {
				t.Errorf("%s would be taken for a formula: %q", rows[0][i], cell)
			}
		}
	}
	if mediaType, _, err := mime.ParseMediaType(got.header.Get("Content-Type")); err != nil || mediaType != "text/csv" {
		t.Errorf("the media type is %q", got.header.Get("Content-Type"))
	}
	if _, parameters, err := mime.ParseMediaType(got.header.Get("Content-Disposition")); err != nil || parameters["filename"] != "good-practices.csv" {
		t.Errorf("the disposition is %q", got.header.Get("Content-Disposition"))
	}
}

func TestLinesAreOneObjectEach(t *testing.T) {
	t.Parallel()
	got := get(t, serve(t, specimens(t), nil), "GET", "/export.jsonl")
	lines := strings.Split(strings.TrimSuffix(got.body, "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		var record struct{ Cursor, ID, Licence, Attribution, Permalink string }
		if err := json.Unmarshal([]byte(line), &record); err != nil || record.Cursor == "" || record.ID == "" || record.Licence == "" ||
			record.Attribution == "" || record.Permalink == "" {
			t.Errorf("%+v, error %v", record, err)
		}
	}
}

// Nothing has to be fetched to read the linked data, and every term has a meaning.
func TestLinkedDataStandsAlone(t *testing.T) {
	t.Parallel()
	var document struct {
		Context  map[string]any `json:"@context"`
		Type     string         `json:"@type"`
		License  string
		Elements []map[string]any `json:"dataFeedElement"`
	}
	got := get(t, serve(t, specimens(t), nil), "GET", "/export.jsonld")
	if err := json.Unmarshal([]byte(got.body), &document); err != nil {
		t.Fatal(err)
	}
	if document.Context["@vocab"] != "https://schema.org/" || document.Type != "DataFeed" || document.License == "" || len(document.Elements) != 3 {
		t.Errorf("the document is %+v", document)
	}
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case []any:
			for _, item := range x {
				walk(item)
			}
		case map[string]any:
			for key, item := range x {
				prefix, _, isCompact := strings.Cut(key, ":")
				if _, known := document.Context[prefix]; isCompact && !known {
					t.Errorf("the prefix of %q has no meaning", key)
				}
				if id, ok := item.(string); key == "@id" && (!ok || !strings.HasPrefix(id, base)) {
					t.Errorf("@id is %v", item)
				}
				walk(item)
			}
		}
	}
	for _, element := range document.Elements {
		walk(element)
		for _, key := range []string{"@id", "@type", "name", "identifier", "dateModified", "creditText", "dcterms:bibliographicCitation", "inLanguage"} {
			if element[key] == nil || element[key] == "" {
				t.Errorf("%v has no %s", element["@id"], key)
			}
		}
		if licence, _ := element["license"].(string); licence != "" && !strings.HasPrefix(licence, "https://") {
			t.Errorf("the licence is %q", licence)
		}
	}
}

func TestMapsAreGeoJSON(t *testing.T) {
	t.Parallel()
	var collection struct {
		Type     string
		CRS      any
		Licence  string
		Features []struct {
			Type, ID string
			Geometry *struct {
				Type        string
				Coordinates json.RawMessage
			}
			Properties map[string]any
		}
	}
	got := get(t, serve(t, specimens(t), nil), "GET", "/export.geojson")
	if err := json.Unmarshal([]byte(got.body), &collection); err != nil {
		t.Fatal(err)
	}
	if collection.Type != "FeatureCollection" || collection.CRS != nil || collection.Licence == "" || len(collection.Features) != 3 {
		t.Errorf("the collection is %+v", collection)
	}
	for _, f := range collection.Features {
		if f.Type != "Feature" || f.Properties["attribution"] == "" || f.Properties["licence"] == "" {
			t.Errorf("the feature is %+v", f)
		}
		if f.Geometry == nil {
			continue
		}
		var points [][]float64
		if f.Geometry.Type == "Point" {
			points = make([][]float64, 1)
			_ = json.Unmarshal(f.Geometry.Coordinates, &points[0])
		} else if err := json.Unmarshal(f.Geometry.Coordinates, &points); err != nil || f.Geometry.Type != "MultiPoint" {
			t.Errorf("a geometry of type %s: %v", f.Geometry.Type, err)
		}
		for _, p := range points { // RFC 7946 section 3.1.1: longitude, then latitude.
			if len(p) != 2 || p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 {
				t.Errorf("the position %v", p)
			}
		}
	}
	if collection.Features[0].Geometry == nil {
		t.Error("a practice of an authority with a position has none")
	} else if c := string(collection.Features[0].Geometry.Coordinates); !strings.Contains(c, "-3.") { // Madrid lies west of Greenwich.
		t.Errorf("Madrid is at %s", c)
	}
	if !strings.Contains(got.body, `"geometry":null`) {
		t.Error("a record without a place must have the geometry null")
	}
}

// RFC 4287 section 4.1: what a feed and its entries must have.
func TestFeedsAreAtom(t *testing.T) {
	t.Parallel()
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	type entry struct {
		ID      []string `xml:"id"`
		Title   []string `xml:"title"`
		Updated []string `xml:"updated"`
		Links   []link   `xml:"link"`
		Rights  []string `xml:"rights"`
		Summary []string `xml:"summary"`
	}
	var feed struct {
		XMLName xml.Name
		ID      []string `xml:"id"`
		Title   []string `xml:"title"`
		Updated []string `xml:"updated"`
		Author  []string `xml:"author>name"`
		Links   []link   `xml:"link"`
		Entries []entry  `xml:"entry"`
	}
	got := get(t, serve(t, specimens(t), nil), "GET", query("/export.atom", "first", "2"))
	decoder := xml.NewDecoder(strings.NewReader(got.body))
	if err := decoder.Decode(&feed); err != nil {
		t.Fatalf("%v\n%s", err, got.body)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("after the feed comes something: %v", err)
	}
	once := func(what string, values []string) {
		if len(values) != 1 || strings.TrimSpace(values[0]) == "" {
			t.Errorf("%s is %q, want it once", what, values)
		}
	}
	if feed.XMLName.Space != "http://www.w3.org/2005/Atom" || feed.XMLName.Local != "feed" || len(feed.Author) != 1 || len(feed.Entries) != 2 {
		t.Errorf("the feed is %+v", feed)
	}
	once("the feed's id", feed.ID)
	once("the feed's title", feed.Title)
	once("the feed's updated", feed.Updated)
	rels := map[string]string{}
	for _, l := range feed.Links {
		rels[l.Rel] = l.Href
	}
	if !strings.HasPrefix(rels["self"], base) || !strings.Contains(rels["next"], "after=c1") {
		t.Errorf("the links are %v", rels)
	}
	for _, e := range feed.Entries {
		once("an id", e.ID)
		once("a title", e.Title)
		once("updated", e.Updated)
		once("rights", e.Rights)
		if _, err := time.Parse(time.RFC3339, e.Updated[0]); err != nil || !strings.HasPrefix(e.ID[0], "tag:practices.example,2026:") {
			t.Errorf("%v %v: %v", e.ID, e.Updated, err)
		}
	}
}
