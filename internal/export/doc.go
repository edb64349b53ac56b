// Package export gives the public records as files: tables, feeds and linked data, and what tells machines that they exist.
//
// New makes one handler for all of it:
//
//	handler, err := export.New(export.Options{Ask: ask, BaseURL: "https://practices.example", Log: log, Now: time.Now})
//
// It answers /export.csv, .jsonld, .geojson, .atom and .jsonl with what a search finds, /dataset.jsonld with a description of
// the whole (DCAT), /sitemap.xml and /robots.txt. Ask runs GraphQL queries on behalf of the reader in the context, so that
// text, filter, order and permission are those of the API by construction.
//
// An export is written page by page as it is read: its memory does not grow with it. Each record carries the cursor behind
// it, its licence and the line to print beside a quotation. What fails in the middle cuts the connection, because a file
// that only ends early would look whole.
//
// The package knows neither gqlgen nor the catalog. Package pages takes the linked data of one record from it; cmd builds it.
package export
