package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// table writes CSV by RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe.
type table struct{ w *csv.Writer }

func newTable(w io.Writer, _ about) output {
	t := table{csv.NewWriter(w)}
	t.w.UseCRLF = true
	return t
}

// column is one column of the table.
type column struct {
	name  string
	value func(r *Record) string
}

// columns lists the columns. New ones come last but for the cursor.
func columns() []column {
	text := func(pick func(r *Record) string) func(r *Record) string {
		return func(r *Record) string { return harmless(pick(r)) }
	}
	return []column{
		{"id", func(r *Record) string { return r.ID }},
		{"kind", func(r *Record) string { return r.Kind }},
		{"permalink", func(r *Record) string { return r.Permalink }},
		{"language", func(r *Record) string { return r.Language }},
		{"languages", func(r *Record) string { return strings.Join(r.Languages, "; ") }},
		{"title", text(func(r *Record) string { return r.Title })},
		{"summary", text(func(r *Record) string { return r.Summary })},
		{"situation", text(func(r *Record) string { return r.Situation })},
		{"action", text(func(r *Record) string { return r.Action })},
		{"results", text(func(r *Record) string { return r.Results })},
		{"learnt", text(func(r *Record) string { return r.Learnt })},
		{"themes", text(func(r *Record) string { return joined(r.Themes, func(t Term) string { return t.Slug }) })},
		{"targetGroups", text(func(r *Record) string { return joined(r.TargetGroups, func(t Term) string { return t.Slug }) })},
		{"authorities", text(func(r *Record) string { return joined(r.Authorities, func(a Authority) string { return a.Name }) })},
		{"countries", text(func(r *Record) string { return joined(r.Countries, func(c Country) string { return c.Code }) })},
		{"year", func(r *Record) string { return number(r.Year) }},
		{"periodStart", func(r *Record) string { return r.period().Start }},
		{"periodEnd", func(r *Record) string { return r.period().End }},
		{"latitude", func(r *Record) string { return degrees(r, func(p Point) float64 { return p.Latitude }) }},
		{"longitude", func(r *Record) string { return degrees(r, func(p Point) float64 { return p.Longitude }) }},
		{"partnerships", text(func(r *Record) string {
			return joined(r.Partnerships, func(p Partnership) string { return p.Organisation.Name })
		})},
		{"evidenceLevel", func(r *Record) string { return r.EvidenceLevel }},
		{"outcome", func(r *Record) string { return r.Outcome }},
		{"reference", text(func(r *Record) string { return r.Reference })},
		{"sources", text(func(r *Record) string { return joined(r.Sources, Source.address) })},
		{"provenance", text(func(r *Record) string {
			if r.Provenance == nil {
				return ""
			}
			return r.Provenance.Note
		})},
		{"status", func(r *Record) string { return r.Status }},
		{"revision", func(r *Record) string { return strconv.Itoa(r.Revision) }},
		{"createdAt", func(r *Record) string { return timestamp(r.CreatedAt) }},
		{"updatedAt", func(r *Record) string { return timestamp(r.UpdatedAt) }},
		{"licence", text(func(r *Record) string { return r.Licence })},
		{"attribution", text(func(r *Record) string { return r.Attribution })},
		{"cursor", func(r *Record) string { return harmless(r.Cursor) }},
	}
}

func (t table) begin() error {
	var names []string
	for _, c := range columns() {
		names = append(names, c.name)
	}
	return t.w.Write(names)
}

func (t table) record(r *Record) error {
	list := columns()
	cells := make([]string, len(list))
	for i, c := range list {
		cells[i] = c.value(r)
	}
	if err := t.w.Write(cells); err != nil {
		return err
	}
	t.w.Flush()
	return t.w.Error()
}

func (t table) end(string) error {
	t.w.Flush()
	return t.w.Error()
}

// harmless is a text that no spreadsheet takes for a formula: where it begins like one, an apostrophe is put before it, which
// spreadsheets do not show. Full-width signs count, and blanks before any of them. Control characters are left out: many readers stop at
// them.
func harmless(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r' {
			return -1
		}
		return c
	}, s)
	start := strings.TrimLeftFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) || c == '\ufeff' })
	if start != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(start[:min(len(start), 4)])[0]) ||
		s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// joined puts the items of a list into one cell. None of them can hold a semicolon of its own: it becomes a comma.
func joined[T any](list []T, text func(T) string) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = strings.ReplaceAll(text(x), ";", ",")
	}
	return strings.Join(parts, "; ")
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func (r *Record) period() Period {
	if r.Period == nil {
		return Period{}
	}
	return *r.Period
}

// degrees is a coordinate of the record's first place.
func degrees(r *Record, pick func(Point) float64) string {
	points := r.points()
	if len(points) == 0 {
		return ""
	}
	return strconv.FormatFloat(pick(points[0]), 'f', -1, 64)
}

// address is where a source can be read, or else its title.
func (s Source) address() string {
	if s.URL != "" {
		return s.URL
	}
	return s.Title
}
