package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"goodpractice/internal/knowledge"
)

// Keys of what is kept beside the documents.
const (
	keyCursor      = "cursor"
	keyFingerprint = "fingerprint"
)

// floorSegment is the number of documents below which segments count as equally large when it is decided
// what to merge.
const floorSegment = 100

// errGone is returned by a generation that has been closed. The index tries the next one.
var errGone = errors.New("this generation of the index is closed")

// Generation is one filling of the index, from an empty one to one that follows the store.
type Generation struct {
	linguist    *linguist
	fingerprint string
	dir         string // empty: in memory
	wasThere    bool   // it was opened, and not made
	isBrief     bool
	engine      index.Index
	columns     columnCache
	learning    learning
	meanings    meanings
	changes     changes
	writing     sync.Mutex // held while documents and meanings change together

	now     func() time.Time
	life    context.Context //nolint:containedctx // Ends what goes on in the background when the generation is closed.
	endLife context.CancelFunc

	mu     sync.RWMutex // held for reading while the engine is in use; taken before writing
	closed bool
}

// openGeneration opens or makes the engine in dir. A broken directory is an error and no panic.
func (x *Index) openGeneration(dir string) (_ *Generation, err error) {
	defer func() {
		if r := recover(); r != nil { // Bleve trusts the files that it reads.
			err = fmt.Errorf("open the index in %s: %v", filepath.Base(dir), r)
		}
	}()
	engine, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": dir, "bolt_timeout": "1s", "numSnapshotsToKeep": 1, "scorchMergePlanOptions": mergePlan(),
	}, x.queue)
	if err != nil {
		return nil, fmt.Errorf("set up the index: %w", err)
	}
	if err := engine.Open(); err != nil {
		return nil, fmt.Errorf("open the index in %s: %w", filepath.Base(dir), err)
	}
	g := &Generation{linguist: x.linguist, fingerprint: x.fingerprint, dir: dir, engine: engine, now: x.now, isBrief: x.isBrief}
	g.changes.begin(&x.begun)
	g.life, g.endLife = context.WithCancel(x.life)
	return g, nil
}

// mergePlan is Bleve's own, but for the floor: single writes leave segments of one document, and where all
// segments below 2,000 documents count as equally large, a small index is merged as a whole for each of them.
func mergePlan() map[string]any { return map[string]any{"FloorSegmentSize": floorSegment} }

// create writes the fingerprint and an empty cursor into a new generation.
func (g *Generation) create() error {
	batch := index.NewBatch()
	batch.SetInternal([]byte(keyFingerprint), []byte(g.fingerprint))
	batch.SetInternal([]byte(keyCursor), nil)
	if err := g.engine.Batch(batch); err != nil {
		return fmt.Errorf("begin the index: %w", err)
	}
	return nil
}

// Apply writes the items and the cursor in one batch: after a crash either all of it is there or
// nothing. Tombstones are deleted; of an entity that comes twice the later item counts. The items are
// not kept. It returns an Error of kind Unavailable once the generation is closed.
func (g *Generation) Apply(ctx context.Context, items []knowledge.Indexable, cursor knowledge.Cursor) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("write to the index: %w", err)
	}
	batch := index.NewBatch()
	drafts := map[knowledge.ID]*draft{} // nil for what is deleted
	entities := map[knowledge.ID]knowledge.Entity{}
	for _, item := range items {
		id := item.Entity.Head().ID
		entities[id] = item.Entity
		if id.Kind() != knowledge.KindToken {
			if _, err := g.linguist.thesaurus.read(); err != nil {
				return fmt.Errorf("write to the index: %w", err)
			}
		}
		if item.Entity.Head().Deleted {
			batch.Delete(string(id))
			drafts[id] = nil
		} else {
			drafts[id] = g.linguist.document(item)
			batch.Update(drafts[id].Document)
		}
	}
	batch.SetInternal([]byte(keyFingerprint), []byte(g.fingerprint))
	batch.SetInternal([]byte(keyCursor), []byte(cursor))
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return unavailable(errGone)
	}
	g.writing.Lock()
	defer g.writing.Unlock()
	if err := g.engine.Batch(batch); err != nil {
		return fmt.Errorf("write to the index: %w", err)
	}
	for id, d := range drafts {
		if d == nil {
			g.meanings.drop(id)
		} else {
			g.meanings.place(entities[id], d)
		}
	}
	g.learning.note(entities)
	g.changes.note()
	return nil
}

// Cursor is the position in the feed that the last batch led to; empty for a new generation.
func (g *Generation) Cursor() (knowledge.Cursor, error) {
	value, err := g.internal(keyCursor)
	return knowledge.Cursor(value), err
}

func (g *Generation) internal(key string) (string, error) {
	value := ""
	err := g.read(func(v *view) error {
		b, err := v.snapshot.GetInternal([]byte(key))
		value = string(b)
		return err
	})
	return value, public(err)
}

// read calls use with a view of the index as it is now. What is written meanwhile is not in it.
func (g *Generation) read(use func(*view) error) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return errGone
	}
	return g.snapshot(use)
}

// readAlone is read while nobody writes.
func (g *Generation) readAlone(use func(*view) error) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return errGone
	}
	g.writing.Lock()
	defer g.writing.Unlock()
	return g.snapshot(use)
}

func (g *Generation) snapshot(use func(*view) error) (err error) {
	reader, err := g.engine.Reader()
	if err != nil {
		return fmt.Errorf("read the index: %w", err)
	}
	defer func() {
		if e := reader.Close(); err == nil && e != nil {
			err = fmt.Errorf("release the index: %w", e)
		}
	}()
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("read the index: unknown reader %T", reader)
	}
	return use(g.view(snapshot))
}

// keep keeps what a restart would otherwise have to make again. It says nothing of what could not be kept.
func (g *Generation) keep() {
	g.meanings.mu.RLock()
	unsaved := g.meanings.unsaved
	g.meanings.mu.RUnlock()
	if unsaved > 0 {
		_ = g.savePlaces() // It is made again.
	}
}

// close waits for readers and writers, and releases the engine. If it keeps, the directory is to be opened again.
func (g *Generation) close(keeps bool) error {
	g.endLife()
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return nil
	}
	g.closed = true
	g.mu.Unlock()
	g.learning.done.Wait() // What still goes on finds the generation closed.
	if keeps {
		g.keep()
	}
	g.columns.clear()
	if err := g.engine.Close(); err != nil {
		return fmt.Errorf("close the index: %w", err)
	}
	return nil
}

// remove closes the generation and deletes its files.
func (g *Generation) remove() error {
	err := g.close(false)
	if g.dir != "" {
		err = errors.Join(err, os.RemoveAll(g.dir))
	}
	return err
}

// unavailable is the error of an index that is closed.
func unavailable(err error) error {
	return &knowledge.Error{Kind: knowledge.Unavailable, Message: "The search index is closed.", Err: err}
}

// public turns the errors of this package into those of the domain.
func public(err error) error {
	if errors.Is(err, errGone) {
		return unavailable(err)
	}
	return err
}
