package bundle

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// table reads CSV (RFC 4180) with a header that names keys of the flat form, in any order. Commas,
// semicolons and tabs may separate the cells; the header decides. Lists are separated by |, and a
// city is written Name (CC).
type table struct {
	rows   *csv.Reader
	guard  *guard
	keys   []string
	after  int // the line after the last row
	isOver bool
}

// guard ends the reading of a row that is too long: a quotation mark that is never closed would
// otherwise take the rest of the file into memory.
type guard struct {
	from io.Reader
	read int
}

// errTooLong ends a table.
var errTooLong = errors.New("the row is too long")

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.read > MaxLine {
		return 0, errTooLong
	}
	n, err := g.from.Read(p)
	g.read += n
	return n, err
}

// newTable prepares a table; its header is read by the first call of next.
func newTable(from *bufio.Reader) *table {
	if mark, err := from.Peek(len(byteOrderMark)); err == nil && string(mark) == byteOrderMark {
		_, _ = from.Discard(len(mark)) // What was peeked can be discarded.
	}
	t := &table{guard: &guard{from: from}, after: 1}
	t.rows = csv.NewReader(t.guard)
	t.rows.FieldsPerRecord = -1
	t.rows.Comma = separator(from)
	return t
}

// separator finds what separates the cells of the first line.
func separator(from *bufio.Reader) rune {
	start, _ := from.Peek(4096) // As much as there is.
	line, _, _ := strings.Cut(string(start), "\n")
	best, most := ',', strings.Count(line, ",")
	for _, r := range ";\t" {
		if n := strings.Count(line, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// next implements itemReader.
func (t *table) next() (item, error) {
	if t.isOver {
		return item{}, io.EOF
	}
	if t.keys == nil {
		if it, err := t.header(); err != nil || it.bad != "" {
			t.isOver = true
			return it, err
		}
	}
	for {
		cells, it, err := t.row()
		if err != nil || it.bad != "" {
			return it, err
		}
		if !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue
		}
		if len(cells) != len(t.keys) {
			it.bad = fmt.Sprintf("The row has %d cells; the header has %d.", len(cells), len(t.keys))
			return it, nil
		}
		var bad reasons
		for i, key := range t.keys {
			it.record.setCell(&bad, key, cells[i])
		}
		it.bad = bad.String()
		return it, nil
	}
}

// row reads one row and tells where it begins.
func (t *table) row() ([]string, item, error) {
	t.guard.read = 0
	start := t.rows.InputOffset()
	cells, err := t.rows.Read()
	it := item{size: int(t.rows.InputOffset() - start)}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		it.line = parse.StartLine
		it.bad = fmt.Sprintf("CSV, line %d, column %d: %v.", parse.Line, parse.Column, parse.Err)
		return nil, it, nil
	}
	switch {
	case errors.Is(err, errTooLong):
		t.isOver = true
		it.line = t.after
		it.bad = fmt.Sprintf("The row is longer than %d MiB; perhaps a quotation mark is not closed. "+
			"Nothing after it was read.", MaxLine>>20)
		return nil, it, nil
	case errors.Is(err, io.EOF):
		return nil, it, io.EOF
	case err != nil:
		return nil, it, fmt.Errorf("read the table: %w", err)
	}
	it.line, _ = t.rows.FieldPos(0)
	t.after = it.line + 1 + strings.Count(strings.Join(cells, ""), "\n")
	if slices.ContainsFunc(cells, func(s string) bool { return !utf8.ValidString(s) }) {
		it.bad = "The row is not UTF-8. Save the file as UTF-8."
	}
	return cells, it, nil
}

// header reads the first row.
func (t *table) header() (item, error) {
	cells, it, err := t.row()
	if err != nil || it.bad != "" {
		return it, err
	}
	var bad reasons
	known := recordKeys()
	for i, key := range cells {
		cells[i] = strings.TrimSpace(key)
		switch {
		case !slices.Contains(known, cells[i]):
			bad.add(quoted(cells[i]), "This column is not known.")
		case slices.Contains(cells[:i], cells[i]):
			bad.add(cells[i], "The column is there twice.")
		}
	}
	for _, key := range []string{"id", "kind", "title", "language"} {
		if !slices.Contains(cells, key) {
			bad.add(key, "The column is missing.")
		}
	}
	if len(bad) > 0 {
		it.bad = bad.String() + " Nothing was read."
	}
	t.keys = slices.Clone(cells)
	return it, nil
}

// setCell reads the cell of a column.
func (r *record) setCell(bad *reasons, key, cell string) {
	cell = unguardFormula(cell)
	field := reflect.ValueOf(r).Elem().Field(slices.Index(recordKeys(), key))
	switch to := field.Addr().Interface().(type) {
	case *string:
		*to = cell
	case **string:
		*to = optional(cell)
	case **int:
		cell = strings.TrimSpace(cell)
		if cell == "" {
			return
		}
		n, err := strconv.Atoi(cell)
		if err != nil {
			bad.add(key, "%s is no whole number.", quoted(cell))
			return
		}
		*to = &n
	case *[]string:
		*to = splitList(strings.TrimSpace(cell))
	case *[]city:
		for _, s := range splitList(strings.TrimSpace(cell)) {
			c, ok := parseCity(s)
			if !ok {
				bad.add(key, "%s lacks the code of its country, as in Madrid (ES).", quoted(s))
				continue
			}
			*to = append(*to, c)
		}
	}
}

// parseCity reads Name (CC).
func parseCity(s string) (city, bool) {
	i := strings.LastIndexByte(s, '(')
	if i < 1 || !strings.HasSuffix(s, ")") {
		return city{}, false
	}
	return city{Name: strings.TrimSpace(s[:i]), Country: strings.TrimSpace(s[i+1 : len(s)-1])}, true
}
