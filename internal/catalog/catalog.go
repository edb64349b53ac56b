package catalog

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"time"

	"goodpractice/internal/knowledge"
)

// Store keeps entities by id. It has no lists and no filters: those come from Search.
type Store interface {
	// Load gives the entities in the order of the ids, nil for what does not exist.
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	// Save writes each entity on its own if its revision is one more than the stored one. It fails
	// with knowledge.ErrConflict or knowledge.ErrSlugTaken.
	Save(ctx context.Context, entities ...knowledge.Entity) error
	// History gives saved states, the newest first, with revisions below before; 0 means all.
	History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error)
}

// Search finds entities. It never returns what the viewer of a listing may not see.
type Search interface {
	Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error)
	CrossTable(ctx context.Context, t knowledge.CrossTable) ([]knowledge.Cell, int, error)
	// Similar gives the public entries that are nearest to an entity in meaning, without itself; nothing for
	// an unknown id.
	Similar(ctx context.Context, id knowledge.ID, first int, viewer knowledge.Actor) ([]knowledge.Hit, error)
	// Suggest completes what somebody types with the names of public records and words of their texts.
	Suggest(ctx context.Context, prefix string, first int, languages []knowledge.LanguageTag) ([]knowledge.Suggestion, error)
}

// Load gives entities in the order of the ids, nil for what does not exist.
type Load = func(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)

// Feed tells of everything that is saved, in order, and keeps short texts of the program's own.
type Feed interface {
	// Changes yields what was saved after the cursor, from the beginning for the empty one, and a mark once
	// everything was yielded that had been saved before. Every item has a cursor that is not empty, from which a
	// later feed goes on. It fails with knowledge.ErrCursorLost.
	Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error]
	Note(ctx context.Context, name string) (string, error)
	SetNote(ctx context.Context, name, text string) error
}

// Options are what a catalog is made of. All but Feed, Counted, CacheSize and CacheBytes are needed.
type Options struct {
	Store  Store
	Search Search
	// Feed is the store's, for Changes; nil: Changes answers that it cannot.
	Feed Feed
	// Await waits until searches find the revision, for two seconds at most, and tells whether they do.
	Await func(ctx context.Context, id knowledge.ID, revision knowledge.Revision) bool
	// Subscribe yields changes once they can be found, until the context ends.
	Subscribe func(ctx context.Context) <-chan knowledge.Notice
	// Linked loads the records whose names count as the entities' text, with their broader ones.
	Linked func(ctx context.Context, load Load, entities ...knowledge.Entity) (map[knowledge.ID]knowledge.Entity, error)
	// NewSecret makes the secret of a token and its hash.
	NewSecret func() (secret, hash string)
	// Counted reads what a partner has used from one day to another, both included. Nil: nothing is counted.
	Counted func(ctx context.Context, partner knowledge.ID, from, to knowledge.Date) ([]knowledge.Usage, error)
	// Now tells the time.
	Now func() time.Time
	// CacheSize is how many records are kept in memory; 0 stands for 8192, which take about 80 MB where
	// all are long entries. Tokens do not count: 2048 of them are kept beside the others.
	CacheSize int
	// CacheBytes is how much they take at most, as the sum of their texts and lists; 0 stands for 128 MiB.
	CacheBytes int
}

// Catalog is the use cases over one store and one search engine.
type Catalog struct {
	Options

	bodies *bodies
	seal   *seal
}

// New makes a catalog. It starts nothing.
func New(o Options) (*Catalog, error) {
	if o.Store == nil || o.Search == nil || o.Await == nil || o.Subscribe == nil ||
		o.Linked == nil || o.NewSecret == nil || o.Now == nil {
		return nil, errors.New("catalog: an option is missing")
	}
	if o.CacheSize < 0 || o.CacheBytes < 0 {
		return nil, errors.New("catalog: the size of the cache is negative")
	}
	bodies, err := newBodies(o.Store, cmp.Or(o.CacheSize, defaultCacheSize), cmp.Or(o.CacheBytes, defaultCacheBytes))
	if err != nil {
		return nil, err
	}
	return &Catalog{o, bodies, &seal{notes: o.Feed}}, nil
}

// Changed tells the catalog of saved states before searches find them. Whoever follows the store's
// feed must call it for every change; the entities must not be changed any more.
func (c *Catalog) Changed(entities []knowledge.Entity) { c.bodies.changed(entities) }

// Forget drops records from memory. Whoever follows the store's feed must call it for records whose
// state in memory may be wrong although no later revision was saved, as after a restore of the store.
func (c *Catalog) Forget(ids []knowledge.ID) { c.bodies.forget(ids) }

// now is the time as the domain keeps it.
func (c *Catalog) now() time.Time { return knowledge.Instant(c.Now()) }
