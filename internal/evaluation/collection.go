package evaluation

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The files of a collection.
const (
	documentsName = "docs.jsonl"
	queriesName   = "queries.jsonl"
	judgedName    = "qrels.tsv"
)

// maxLine is the number of bytes of the longest line that Load reads.
const maxLine = 64 << 20

// Collection is a set of documents with queries whose answers are known.
type Collection struct {
	Documents []Document
	Queries   []Query
	// Grades tells for a query, then for a document, how well it answers: above zero it is relevant. A
	// document that is not among Documents counts all the same: the search has missed it.
	Grades map[string]map[string]int
}

// Document is something to find.
type Document struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Language string `json:"lang"` // Empty where the collection does not tell.
}

// Query is something that was asked.
type Query struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// LineError is a line of a file that cannot be read.
type LineError struct {
	File   string
	Line   int // From 1.
	Reason string
}

// Error implements error.
func (e *LineError) Error() string { return fmt.Sprintf("%s, line %d: %s", e.File, e.Line, e.Reason) }

// Load reads the collection in a directory: docs.jsonl with the keys id, title, text and lang,
// queries.jsonl with id and text, and qrels.tsv with query, document and grade, a whole number, between
// tabs. Further keys and columns do not count, nor do empty lines and a line of column names. The error
// is a *LineError for a line that cannot be read, or that gives an id for the second time. Of two grades
// for the same query and document the higher counts.
func Load(dir string) (*Collection, error) {
	c := &Collection{Grades: map[string]map[string]int{}}
	documents, queries := map[string]bool{}, map[string]bool{}
	err := eachLine(filepath.Join(dir, documentsName), func(_ int, line []byte) error {
		d, err := decode(line, documents, func(d *Document) string { return d.ID })
		c.Documents = append(c.Documents, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, queriesName), func(_ int, line []byte) error {
		q, err := decode(line, queries, func(q *Query) string { return q.ID })
		c.Queries = append(c.Queries, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, eachLine(filepath.Join(dir, judgedName), c.judge)
}

// Judged lists the queries for which at least one document is relevant, in their order: the others say
// nothing about a search.
func (c *Collection) Judged() []Query {
	return slices.DeleteFunc(slices.Clone(c.Queries), func(q Query) bool { return !isJudged(c.Grades[q.ID]) })
}

// Unasked counts the queries with relevant documents that the collection has no text of.
func (c *Collection) Unasked() int {
	known := map[string]bool{}
	for _, q := range c.Queries {
		known[q.ID] = true
	}
	n := 0
	for id, grades := range c.Grades {
		if !known[id] && isJudged(grades) {
			n++
		}
	}
	return n
}

func isJudged(grades map[string]int) bool {
	for _, grade := range grades {
		if grade > 0 {
			return true
		}
	}
	return false
}

// InPart tells whether a query is in the part of a number, from 1, where the queries are divided into so
// many parts. A hash of its id decides, so that a part stays the same when a collection grows.
func InPart(id string, number, parts int) bool {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:])%uint64(parts) == uint64(number-1)
}

// judge reads a line of qrels.tsv.
func (c *Collection) judge(number int, line []byte) error {
	columns := strings.Split(string(line), "\t")
	if len(columns) < 3 {
		return errors.New("there must be a query, a document and a grade, with tabs between them")
	}
	query, document, last := columns[0], columns[1], strings.TrimSpace(columns[2])
	grade, err := strconv.Atoi(last)
	switch {
	case err != nil && number == 1 && (last == "grade" || last == "score"):
		return nil // The names of the columns.
	case err != nil:
		return fmt.Errorf("the grade %q is no whole number", last)
	case query == "" || document == "":
		return errors.New("the id of the query or of the document is empty")
	}
	if c.Grades[query] == nil {
		c.Grades[query] = map[string]int{}
	}
	if before, judged := c.Grades[query][document]; !judged || grade > before {
		c.Grades[query][document] = grade
	}
	return nil
}

// decode reads an object with an id that none before it has.
func decode[T any](line []byte, seen map[string]bool, idOf func(*T) string) (T, error) {
	var out T
	if err := json.Unmarshal(line, &out); err != nil {
		return out, fmt.Errorf("it cannot be read as JSON: %w", err)
	}
	switch id := idOf(&out); {
	case id == "":
		return out, errors.New("there is no id")
	case seen[id]:
		return out, fmt.Errorf("the id %q is there already", id)
	default:
		seen[id] = true
		return out, nil
	}
}

// eachLine calls read for each line of a file that is not empty. What read returns becomes a *LineError.
func eachLine(path string, read func(number int, line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read the collection: %w", err)
	}
	defer file.Close() //nolint:errcheck // Nothing was written.
	return scan(file, filepath.Base(path), read)
}

// scan is eachLine for what is open already.
func scan(from io.Reader, name string, read func(number int, line []byte) error) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxLine)
	number := 0
	for lines.Scan() {
		number++
		line := lines.Bytes()
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := read(number, line); err != nil {
			return &LineError{File: name, Line: number, Reason: err.Error()}
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return &LineError{File: name, Line: number + 1, Reason: fmt.Sprintf("it is longer than %d MiB", maxLine>>20)}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}
