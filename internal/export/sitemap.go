package export

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// sitemapSize is how many addresses one file of a sitemap may have, by sitemaps.org.
const sitemapSize = 50_000

// lists are the lists of Query whose records have addresses, the kinds that most readers look for first.
func lists() []string {
	return []string{
		"practices", "lessons", "recommendations", "events", "studies", "authorities", "organisations", "themes", "targetGroups", "countries",
	}
}

// sitemapNames names each list in the address of its part.
type sitemapAddress struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// anyone is the context of a reader without a token: what is told to crawlers does not depend on who asks.
func anyone(ctx context.Context) context.Context {
	return knowledge.WithReader(ctx, knowledge.Reader{Languages: []knowledge.LanguageTag{"en"}})
}

// countDocument gives how many records each list has.
func countDocument() string {
	var b strings.Builder
	b.WriteString("query Sizes {")
	for _, list := range lists() {
		fmt.Fprintf(&b, " %s(first: 1) { totalCount }", list)
	}
	b.WriteString(" }")
	return b.String()
}

// sitemap lists the parts of the map of the site: one for each kind of record, and more of one that has more than a part
// may hold.
func (e *exporter) sitemap(w http.ResponseWriter, r *http.Request) {
	if !e.charged(w, r) {
		return
	}
	data, stale, err := e.Ask(anyone(r.Context()), countDocument(), nil)
	var sizes map[string]struct{ TotalCount int }
	if err == nil {
		err = json.Unmarshal(data, &sizes)
	}
	if err != nil {
		e.fail(w, r, fmt.Errorf("map the site: %w", err))
		return
	}
	index := struct {
		XMLName struct{}         `xml:"sitemapindex"`
		Space   string           `xml:"xmlns,attr"`
		Parts   []sitemapAddress `xml:"sitemap"`
	}{Space: sitemapSpace}
	for _, list := range lists() {
		for part := 0; part*sitemapSize < sizes[list].TotalCount; part++ {
			index.Parts = append(index.Parts, sitemapAddress{Location: e.BaseURL + "/sitemaps/" + list + "-" + strconv.Itoa(part+1) + ".xml"})
		}
	}
	content, err := xml.MarshalIndent(index, "", " ")
	if err != nil {
		e.fail(w, r, err)
		return
	}
	e.small(w, r, typeXML, stale, append([]byte(xml.Header), append(content, '\n')...))
}

const typeXML = "application/xml; charset=utf-8"

// sitemapPart lists the addresses of one kind of record.
func (e *exporter) sitemapPart(w http.ResponseWriter, r *http.Request) {
	list, part, ok := parsePart(r.PathValue("part"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	if !e.enter(w, r) {
		return
	}
	defer e.running.give(e.Caller(r.Context()))
	if !e.charged(w, r) {
		return
	}
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="` + sitemapSpace + "\">\n")
	n, stale, err := e.addresses(anyone(r.Context()), list, part*sitemapSize, func(a sitemapAddress) error {
		content, err := xml.Marshal(struct {
			XMLName struct{} `xml:"url"`
			sitemapAddress
		}{sitemapAddress: a})
		b.Write(append(content, '\n'))
		return err
	})
	if err != nil {
		e.fail(w, r, fmt.Errorf("map the site: %w", err))
		return
	}
	if n == 0 {
		http.NotFound(w, r)
		return
	}
	b.WriteString("</urlset>\n")
	e.small(w, r, typeXML, stale, b.Bytes()) // About 100 bytes an address: 5 MB at most.
}

// parsePart reads the name of a part: "practices-1.xml".
func parsePart(name string) (list string, part int, ok bool) {
	name, isXML := strings.CutSuffix(name, ".xml")
	list, digits, found := strings.Cut(name, "-")
	n, err := strconv.Atoi(digits)
	for _, known := range lists() {
		if known == list && isXML && found && err == nil && n >= 1 && strconv.Itoa(n) == digits {
			return list, n - 1, true
		}
	}
	return "", 0, false
}

// addresses tells the addresses of a list from a place in it, at most as many as one part has.
func (e *exporter) addresses(
	ctx context.Context, list string, from int, tell func(sitemapAddress) error,
) (told int, stale bool, err error) {
	document := fmt.Sprintf(sitemapDocument, list)
	variables := map[string]any{"first": pageSize}
	for at := 0; ; {
		data, isStale, err := e.Ask(ctx, document, variables)
		if err != nil {
			return told, stale, err
		}
		stale = stale || isStale
		var answer struct {
			List struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Nodes []struct {
					Permalink string
					UpdatedAt time.Time
				}
			}
		}
		if err := json.Unmarshal(data, &answer); err != nil {
			return told, stale, err
		}
		for _, node := range answer.List.Nodes {
			if at++; at <= from {
				continue
			}
			if err := tell(sitemapAddress{node.Permalink, node.UpdatedAt.UTC().Format(time.RFC3339)}); err != nil {
				return told, stale, err
			}
			if told++; told == sitemapSize {
				return told, stale, nil
			}
		}
		if !answer.List.PageInfo.HasNextPage {
			return told, stale, nil
		}
		variables["after"] = answer.List.PageInfo.EndCursor
		if err := e.pay(ctx); err != nil {
			return told, stale, err
		}
	}
}

// robots lets everybody read everything but what is for programs that ask, and names the map.
func (e *exporter) robots(w http.ResponseWriter, r *http.Request) {
	e.small(w, r, "text/plain; charset=utf-8", false,
		[]byte("User-agent: *\nDisallow: /graphql\nDisallow: /playground\nDisallow: /export.\n\nSitemap: "+e.BaseURL+SitemapPath+"\n"))
}
