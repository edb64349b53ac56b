package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/semantics"
)

// meaningFile keeps the model of a generation beside its segments, so that a restart need not learn again.
const meaningFile = "meaning"

// relearnAt is how many times as many records make the model be learned again: with half of the records known,
// the other half is placed by their words well enough.
const relearnAt = 2

// meanings places records by what they are about. It follows the records: Apply places each new one.
type meanings struct {
	mu      sync.RWMutex
	trained int // records that the model was learned from
	placed
	before placed // until the next model: lists that were begun with it go on in their order
}

// placed are records in the space of a model.
type placed struct {
	model *semantics.Model                  // nil while there are too few records
	name  uint32                            // a checksum of the model
	of    map[knowledge.ID]semantics.Vector // of public records
	// hidden are those of the others: they are compared with public ones for those who may see them.
	hidden map[knowledge.ID]semantics.Vector
}

// vectorOf is the place of a record; false for one that has none.
func (m *placed) vectorOf(id knowledge.ID) (semantics.Vector, bool) {
	v, ok := m.of[id]
	if !ok {
		v, ok = m.hidden[id]
	}
	return v, ok
}

// cosine is how near the record is to the vector; 0 for one that has no place.
func (m *placed) cosine(to semantics.Vector, id knowledge.ID) float64 {
	v, ok := m.vectorOf(id)
	if !ok {
		return 0
	}
	return max(0, float64(semantics.Cosine(to, v)))
}

// vector places a query; false where nothing in it is known.
func (m *placed) vector(q *question) (semantics.Vector, bool) {
	if m.model == nil {
		return semantics.Vector{}, false
	}
	known := false
	v := m.model.Vector(func(yield func(string, int) bool) {
		for i := range q.words {
			w := &q.words[i]
			for _, l := range q.languages {
				if term := l.Term(w.lower); term != "" && !w.isStop {
					known = true
					if !yield(meaningTerm(l.Suffix(), term), 1) {
						return
					}
				}
			}
		}
	})
	return v, known
}

// meaningTerm is a stem as the model knows it.
func meaningTerm(suffix, term string) string { return suffix + ":" + term }

// place gives a new state of a record its place, by the stems that the index has just made of it.
func (m *meanings) place(id knowledge.ID, d *draft) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.model == nil {
		return
	}
	counts := map[string]int{}
	for _, f := range d.texts {
		if f.language == nil || f.class == className {
			continue
		}
		for term, t := range f.terms {
			counts[meaningTerm(f.language.Suffix(), term)] += t.Frequency()
		}
	}
	delete(m.of, id)
	delete(m.hidden, id)
	if len(counts) == 0 {
		return
	}
	into := m.of
	if !d.isPublic {
		into = m.hidden
	}
	into[id] = m.model.Vector(func(yield func(string, int) bool) {
		for _, term := range slices.Sorted(keysOf(counts)) {
			if !yield(term, counts[term]) {
				return
			}
		}
	})
}

func keysOf(m map[string]int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (m *meanings) drop(id knowledge.ID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.of, id)
	delete(m.hidden, id)
	delete(m.before.of, id)
	delete(m.before.hidden, id)
}

// stems visits the stems of all records, or of the public ones alone, with their postings, which are numbered through all segments.
func (v *view) stems(ctx context.Context, l *linguist, public bool, failed *error) iter.Seq2[string, []semantics.Posting] {
	bases := make([]uint32, len(v.segments))
	next := uint32(0)
	for i, s := range v.segments {
		bases[i], next = next, next+s.size
	}
	return func(yield func(string, []semantics.Posting) bool) {
		for _, language := range l.suffixes(v) {
			var fields []string
			for _, c := range runningClasses() {
				fields = append(fields, c.field(language.Suffix()))
			}
			var list []semantics.Posting
			*failed = v.eachTerm(ctx, fields, func(term string, in []*row) error {
				list = list[:0]
				for _, r := range in {
					var err error
					if list, err = v.appendPostings(list, r, bases[r.segment], public); err != nil {
						return err
					}
				}
				if !yield(meaningTerm(language.Suffix(), term), merged(list)) {
					return errStopped
				}
				return nil
			})
			if *failed != nil {
				return
			}
		}
	}
}

var errStopped = errors.New("no more terms are wanted")

func (v *view) appendPostings(to []semantics.Posting, r *row, base uint32, public bool) ([]semantics.Posting, error) {
	except := v.segments[r.segment].snapshot.Deleted()
	if public {
		var err error
		if except, err = v.segments[r.segment].notPublic(); err != nil {
			return nil, err
		}
	}
	list, err := r.dictionary.PostingsList([]byte(r.term), except, nil)
	if err != nil {
		return nil, fmt.Errorf("read the stems of the index: %w", err)
	}
	for it := list.Iterator(true, false, false, nil); ; {
		p, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("read the stems of the index: %w", err)
		}
		if p == nil {
			return to, nil
		}
		to = append(to, semantics.Posting{Doc: base + uint32(p.Number()), Count: uint32(p.Frequency())})
	}
}

// notPublic are the documents that nothing is learned from: deleted ones, and those that not everyone may read.
func (s *segmentView) notPublic() (*roaring.Bitmap, error) {
	if s.hidden != nil {
		return s.hidden, nil
	}
	status, err := s.columnTest(fieldStatus, []string{string(knowledge.StatusPublished)})
	if err != nil {
		return nil, err
	}
	s.hidden = roaring.New()
	for doc := range s.size {
		if s.isDeleted(doc) || !status.test(doc) {
			s.hidden.Add(doc)
		}
	}
	return s.hidden, nil
}

// merged adds up the postings of one document in several fields.
func merged(list []semantics.Posting) []semantics.Posting {
	slices.SortFunc(list, func(a, b semantics.Posting) int { return cmp.Compare(a.Doc, b.Doc) })
	out := list[:0]
	for _, p := range list {
		if n := len(out); n > 0 && out[n-1].Doc == p.Doc {
			out[n-1].Count += p.Count
			continue
		}
		out = append(out, p)
	}
	return out
}

// learnMeaning learns the model where there is none, or where there are many more records than it was learned
// from, and places all records. Writers wait while the records are placed, but not while the model is learned.
func (g *Generation) learnMeaning(ctx context.Context) error {
	m := &g.meanings
	m.mu.RLock()
	model, trained, isPlaced := m.model, m.trained, m.of != nil
	m.mu.RUnlock()
	records, isNew := 0, false
	err := g.read(func(v *view) error {
		stats, err := v.statistics()
		if err != nil {
			return err
		}
		records = int(stats.records)
		if model == nil && trained == 0 {
			model, trained = g.loadMeaning()
		}
		if model != nil && records < relearnAt*trained {
			return nil
		}
		if model == nil && trained > 0 && records < relearnAt*trained {
			return nil // Nothing could be learned from about as many.
		}
		isPlaced = false
		var failed error
		model, err = semantics.Train(ctx, v.numbers(), v.stems(ctx, g.linguist, true, &failed), semantics.Options{})
		trained = records
		switch {
		case failed != nil:
			return failed
		case errors.Is(err, semantics.ErrTooFew):
			model = nil
			return nil
		case err != nil:
			return fmt.Errorf("learn what the records are about: %w", err)
		}
		isNew = true
		return nil
	})
	if err != nil || isPlaced && model != nil {
		return err
	}
	if err := g.placeAll(ctx, model, trained); err != nil || !isNew {
		return err
	}
	return g.saveMeaning(model, trained)
}

// nameOfModel is a checksum of what the model would be saved as; 0 for none.
func nameOfModel(m *semantics.Model) uint32 {
	if m == nil {
		return 0
	}
	sum := crc32.NewIEEE()
	_ = m.Save(sum) // A checksum takes everything.
	return sum.Sum32()
}

// numbers is how many documents the segments have, deleted ones included.
func (v *view) numbers() int {
	n := 0
	for _, s := range v.segments {
		n += int(s.size)
	}
	return n
}

// placeAll takes a model into use.
func (g *Generation) placeAll(ctx context.Context, model *semantics.Model, trained int) error {
	return g.readAlone(func(v *view) error {
		of, hidden := map[knowledge.ID]semantics.Vector{}, map[knowledge.ID]semantics.Vector{}
		if model != nil {
			var failed error
			vectors, err := model.Fold(ctx, v.numbers(), v.stems(ctx, g.linguist, false, &failed))
			if failed != nil {
				return failed
			}
			if err != nil {
				return fmt.Errorf("place the records by what they are about: %w", err)
			}
			err = v.eachVector(vectors, func(id knowledge.ID, vector semantics.Vector, public bool) {
				if public {
					of[id] = vector
				} else {
					hidden[id] = vector
				}
			})
			if err != nil {
				return err
			}
		}
		g.meanings.mu.Lock()
		defer g.meanings.mu.Unlock()
		if g.meanings.of != nil {
			g.meanings.before = g.meanings.placed
		}
		g.meanings.trained, g.meanings.placed = trained, placed{model, nameOfModel(model), of, hidden}
		return nil
	})
}

// eachVector visits the vectors of the living documents that have stems.
func (v *view) eachVector(vectors *semantics.Vectors, visit func(id knowledge.ID, v semantics.Vector, public bool)) error {
	base := uint32(0)
	for _, s := range v.segments {
		ids, err := s.ids()
		if err != nil {
			return err
		}
		hidden, err := s.notPublic()
		if err != nil {
			return err
		}
		for doc := range s.size {
			if x := vectors.At(base + doc); !s.isDeleted(doc) && !x.IsZero() {
				visit(knowledge.ID(ids.of(doc)), x, !hidden.Contains(doc))
			}
		}
		base += s.size
	}
	return nil
}

// saveMeaning keeps the model in the directory of the generation.
func (g *Generation) saveMeaning(model *semantics.Model, trained int) error {
	if g.dir == "" {
		return nil
	}
	path := filepath.Join(g.dir, meaningFile)
	f, err := os.Create(path + ".new")
	if err != nil {
		return fmt.Errorf("keep what was learned: %w", err)
	}
	_, err = fmt.Fprintf(f, "%d\n", trained)
	if err = errors.Join(err, model.Save(f), f.Close()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("keep what was learned: %w", err)
	}
	return nil
}

// loadMeaning reads the model; nil where there is none, or a damaged one: it is learned again.
func (g *Generation) loadMeaning() (*semantics.Model, int) {
	if g.dir == "" {
		return nil, 0
	}
	f, err := os.Open(filepath.Join(g.dir, meaningFile))
	if err != nil {
		return nil, 0
	}
	defer f.Close() //nolint:errcheck // It was only read.
	trained := 0
	if _, err := fmt.Fscanf(f, "%d\n", &trained); err != nil || trained <= 0 {
		return nil, 0
	}
	model, err := semantics.Load(f)
	if err != nil {
		return nil, 0
	}
	return model, trained
}
