package search

import (
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

// meaningFile keeps the model of a generation beside its segments, so that a restart need not learn again. Where the
// records are in it is kept in placesFile.
const meaningFile = "meaning"

// relearnAt is how many times as many records make the model be learned again: with half of the records known,
// the other half is placed by their words well enough.
const relearnAt = 2

// keepShare is the share of the records whose places may be lost with a crash, which costs the next start their time:
// a twentieth. Where a program ends in good order, all are kept.
const keepShare = 20

// meanings places records by what they are about. It follows the records: Apply places each new one.
type meanings struct {
	mu      sync.RWMutex
	trained int // records that the model was learned from
	placed
	before  placed // until the next model: lists that were begun with it go on in their order
	unsaved int    // records that were placed or dropped since the places were kept
}

// placed are records in the space of a model.
type placed struct {
	model   *semantics.Model // nil while there are too few records
	name    uint32           // a checksum of the model
	records *recordPlaces    // nil before they are placed
}

// vectorOf is the place of a record; false for one that has none.
func (m *placed) vectorOf(id knowledge.ID) (semantics.Vector, bool) {
	if m.records == nil {
		return semantics.Vector{}, false
	}
	return m.records.vectorOf(id)
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
func (m *meanings) place(e knowledge.Entity, d *draft) {
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
	m.unsaved++
	m.records.put(placedRecord{e.Head().ID, uint32(stampOf(e).Revision), !d.isPublic}, m.model.Vector(func(yield func(string, int) bool) {
		for _, term := range slices.Sorted(keysOf(counts)) {
			if !yield(term, counts[term]) {
				return
			}
		}
	}))
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
	for _, in := range []*placed{&m.placed, &m.before} {
		if in.records != nil {
			in.records.drop(id)
		}
	}
	m.unsaved++
}

// learnMeaning learns the model where there is none, or where there are many more records than it was learned
// from, and places all records. Writers wait while the records are placed, but not while the model is learned.
func (g *Generation) learnMeaning(ctx context.Context) error {
	m := &g.meanings
	m.mu.RLock()
	model, trained, isPlaced, unsaved := m.model, m.trained, m.records != nil, m.unsaved
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
		public, err := v.public()
		if err != nil {
			return err
		}
		var failed error
		model, err = semantics.Train(ctx, v.numbers(), v.stems(ctx, g.linguist, public, &failed), semantics.Options{})
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
	if err == nil && isPlaced && model != nil && unsaved > records/keepShare {
		return g.savePlaces()
	}
	if err != nil || isPlaced && model != nil {
		return err
	}
	known := newPlaces(model, records)
	if !isNew {
		known = g.loadPlaces(model)
	}
	added, err := g.placeAll(ctx, model, trained, known)
	if err != nil || model == nil {
		return err
	}
	if isNew {
		err = g.saveMeaning(model, trained)
	}
	if added > 0 {
		err = errors.Join(err, g.savePlaces())
	}
	return err
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

// placeAll takes a model into use, with the places that are known, and gives all other records theirs. It tells how
// many those are.
func (g *Generation) placeAll(ctx context.Context, model *semantics.Model, trained int, known *recordPlaces) (added int, err error) {
	err = g.readAlone(func(v *view) error {
		if model != nil {
			missing, n, err := v.missing(ctx, known)
			if err != nil {
				return err
			}
			if added = n; n > 0 {
				missing.knows = model.Has
				if err := v.placeMissing(ctx, g.linguist, model, known, missing); err != nil {
					return err
				}
			}
		}
		g.meanings.mu.Lock()
		defer g.meanings.mu.Unlock()
		if g.meanings.records != nil {
			g.meanings.before = g.meanings.placed
		}
		g.meanings.trained, g.meanings.placed = trained, placed{model, nameOfModel(model), known}
		return nil
	})
	return added, err
}

// missing finds the documents whose places are not known, and drops the places of what is not in the index.
func (v *view) missing(ctx context.Context, known *recordPlaces) (selection, int, error) {
	var out selection
	n := 0
	living := make([]bool, len(known.records))
	for _, s := range v.segments {
		hidden, err := s.notPublic()
		if err != nil {
			return selection{}, 0, err
		}
		except := roaring.New()
		for doc := range s.size {
			if doc%checkEvery == 0 {
				if err := expired(ctx); err != nil {
					return selection{}, 0, err
				}
			}
			if s.isDeleted(doc) {
				except.Add(doc)
				continue
			}
			if len(known.numbers) == 0 {
				n++
				continue
			}
			id, stamp, err := s.stamp(doc)
			if err != nil {
				return selection{}, 0, err
			}
			if known.confirm(id, uint32(stamp.Revision), hidden.Contains(doc)) {
				living[known.numbers[id]] = true
				except.Add(doc)
			} else {
				n++
			}
		}
		out.except = append(out.except, except)
		out.skips = append(out.skips, except.GetCardinality() == uint64(s.size))
	}
	known.keep(living)
	return out, n, nil
}

// placeMissing gives the documents selected their places.
func (v *view) placeMissing(ctx context.Context, l *linguist, model *semantics.Model, into *recordPlaces, missing selection) error {
	var failed error
	vectors, err := model.Fold(ctx, v.numbers(), v.stems(ctx, l, missing, &failed))
	if failed != nil {
		return failed
	}
	if err != nil {
		return fmt.Errorf("place the records by what they are about: %w", err)
	}
	base := uint32(0)
	for i, s := range v.segments {
		hidden, err := s.notPublic()
		if err != nil {
			return err
		}
		for doc := range s.size {
			if missing.except[i].Contains(doc) {
				continue
			}
			id, stamp, err := s.stamp(doc)
			if err != nil {
				return err
			}
			into.put(placedRecord{id, uint32(stamp.Revision), hidden.Contains(doc)}, vectors.At(base+doc))
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
