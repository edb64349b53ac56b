package search

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// column holds the values of a keyword field for each document of a segment, so that filters, orders
// and counts need no look-up. It is made once from the postings and never changes.
type column struct {
	terms   []string // sorted
	numbers []int64  // of the terms, in number columns
	first   []uint32 // document → its first place in places
	places  []uint32 // places in terms

	isSingle bool // every document has exactly one value
}

// values are the places of a document's values in terms.
func (c *column) values(doc uint32) []uint32 { return c.places[c.first[doc]:c.first[doc+1]] }

// value is the first value of a document, for fields that have one at most.
func (c *column) value(doc uint32) (uint32, bool) {
	v := c.values(doc)
	if len(v) == 0 {
		return 0, false
	}
	return v[0], true
}

// segmentColumns are the columns of one segment, made when first asked for, and what else is kept of it.
type segmentColumns struct {
	mu      sync.Mutex
	fields  map[string]bool
	made    map[string]*column
	ids     *idColumn
	lengths map[class]*lengths
	terms   cache[*occurrences] // of common words
	sets    cache[bitset]       // of documents that have values which are filtered by
}

// column gives the values of a field.
func (s *segmentView) column(field string) (*column, error) {
	s.columns.mu.Lock()
	defer s.columns.mu.Unlock()
	if c := s.columns.made[field]; c != nil {
		return c, nil
	}
	c, err := s.makeColumn(field)
	if err != nil {
		return nil, err
	}
	s.columns.made[field] = c
	return c, nil
}

// idColumn holds the ids of the documents of a segment, one behind the other.
type idColumn struct {
	all  string
	ends []uint32
}

// of is the id of a document. It shares memory with all the others.
func (c *idColumn) of(doc uint32) string {
	start := uint32(0)
	if doc > 0 {
		start = c.ends[doc-1]
	}
	return c.all[start:c.ends[doc]]
}

// ids gives the ids of all documents, deleted ones included.
func (s *segmentView) ids() (*idColumn, error) {
	s.columns.mu.Lock()
	defer s.columns.mu.Unlock()
	if s.columns.ids != nil {
		return s.columns.ids, nil
	}
	var all strings.Builder
	c := &idColumn{ends: make([]uint32, s.size)}
	for doc := range s.size {
		id, err := s.snapshot.DocID(uint64(doc))
		if err != nil {
			return nil, fmt.Errorf("read the ids: %w", err)
		}
		all.Write(id)
		c.ends[doc] = uint32(all.Len())
	}
	c.all = all.String()
	s.columns.ids = c
	return c, nil
}

// makeColumn reads the whole dictionary of a field. Deleted documents are in the column too: it
// outlives this view.
func (s *segmentView) makeColumn(field string) (*column, error) {
	dictionary, err := s.snapshot.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read the values of %s: %w", field, err)
	}
	type pair struct{ doc, place uint32 }
	var pairs []pair
	c := &column{first: make([]uint32, s.size+1)}
	terms := dictionary.AutomatonIterator(nil, nil, nil)
	for {
		entry, err := terms.Next()
		if err != nil {
			return nil, fmt.Errorf("read the values of %s: %w", field, err)
		}
		if entry == nil {
			break
		}
		list, err := dictionary.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			return nil, fmt.Errorf("read the values of %s: %w", field, err)
		}
		place := uint32(len(c.terms))
		c.terms = append(c.terms, entry.Term)
		if err := eachDoc(list, func(doc uint32) error {
			pairs = append(pairs, pair{doc, place})
			c.first[doc+1]++
			return nil
		}); err != nil {
			return nil, err
		}
	}
	for doc := range s.size {
		c.first[doc+1] += c.first[doc]
	}
	c.places = make([]uint32, len(pairs))
	next := append([]uint32(nil), c.first...)
	for _, p := range pairs { // In the order of terms, so that a document's values are sorted.
		c.places[next[p.doc]] = p.place
		next[p.doc]++
	}
	c.isSingle = len(c.places) == int(s.size)
	for doc := uint32(0); c.isSingle && doc < s.size; doc++ {
		c.isSingle = c.first[doc] == doc
	}
	c.parseNumbers(field)
	return c, nil
}

// parseNumbers fills numbers where the field has them.
func (c *column) parseNumbers(field string) {
	switch field {
	case fieldYear:
		for _, t := range c.terms {
			n, _ := strconv.ParseInt(t, 10, 64) // Written by year.
			c.numbers = append(c.numbers, n)
		}
	case fieldCreated, fieldUpdated, fieldPublished:
		for _, t := range c.terms {
			c.numbers = append(c.numbers, int64(binary.BigEndian.Uint64([]byte(t))^1<<63))
		}
	}
}

// columnCache keeps the columns of the segments in use.
type columnCache struct {
	mu   sync.Mutex
	byID map[uint64]*segmentColumns
}

// of gives the columns of each segment, and forgets those of segments that are no longer in the index.
func (c *columnCache) of(segments []*scorch.SegmentSnapshot) []*segmentColumns {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]*segmentColumns, len(segments))
	for i, s := range segments {
		if out[i] = c.byID[s.Id()]; out[i] == nil {
			out[i] = &segmentColumns{made: map[string]*column{}, lengths: map[class]*lengths{}, fields: map[string]bool{}}
			out[i].terms.limit, out[i].sets.limit = int(s.FullSize())*occurrencesPerRecord, int(s.FullSize())*setsPerRecord
			for _, f := range s.Fields() {
				out[i].fields[f] = true
			}
		}
	}
	if len(c.byID) > 2*len(segments)+8 || c.byID == nil {
		c.byID = make(map[uint64]*segmentColumns, len(segments))
	}
	for i, s := range segments {
		c.byID[s.Id()] = out[i]
	}
	return out
}

func (c *columnCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID = nil
}
