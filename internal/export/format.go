package export

import (
	"io"
	"time"
)

// format is a form in which records are written.
type format struct {
	name      string // The ending of the address.
	mediaType string
	title     string // For people.
	isFeed    bool   // It is read by feed readers, and not kept as a file.
	open      func(w io.Writer, a about) output
}

// path is the address of an export.
func (f format) path() string { return "/export." + f.name }

// output writes one export: begin, each record, end. Next is the address of what follows, "" for nothing.
type output interface {
	begin() error
	record(r *Record) error
	end(next string) error
}

// about is what an export says of itself.
type about struct {
	self      string // The address that was asked for.
	base      string
	host      string
	publisher string
	updated   time.Time
}

// title is the name of every export.
const title = "Good practices of cities and regions"

// formats lists the forms.
func formats() []format {
	return []format{
		{"csv", "text/csv; charset=utf-8; header=present", "Table (CSV)", false, newTable},
		{"jsonl", "application/jsonl; charset=utf-8", "JSON Lines", false, newLines},
		{"jsonld", typeLinked, "Linked data (JSON-LD, schema.org and Dublin Core)", false, newLinked},
		{"geojson", "application/geo+json", "Map (GeoJSON)", false, newMap},
		{"atom", "application/atom+xml; charset=utf-8", "Feed (Atom)", true, newFeed},
	}
}

// typeLinked is the media type of JSON-LD.
const typeLinked = "application/ld+json"

// timestamp is an instant by RFC 3339, in milliseconds.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
