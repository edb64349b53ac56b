package partners

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"goodpractice/internal/knowledge"
)

// Bounds on what a directory holds. What is over them is left out and logged.
const (
	maxPartners = 10_000
	// maxDocuments is the number of bytes of all documents.
	maxDocuments = 64 << 20
)

// Directory answers what every request asks of partners. Its methods may be called concurrently.
type Directory struct {
	log *slog.Logger

	mu sync.Mutex // Guards the fields below, and the order in which views are made.
	// partners holds the latest state that was told of, also of those that are archived or deleted, so that an
	// older state cannot come back.
	partners map[knowledge.ID]*knowledge.Partner

	current atomic.Pointer[view]
	doubt   chan struct{} // Has one item where Fill should be called again.

	fillOnce sync.Once
	filled   chan struct{} // Closed when Fill has succeeded.
}

// NewDirectory makes an empty directory.
func NewDirectory(log *slog.Logger) *Directory {
	d := &Directory{
		log: log, partners: map[knowledge.ID]*knowledge.Partner{}, doubt: make(chan struct{}, 1), filled: make(chan struct{}),
	}
	d.current.Store(newView(nil))
	return d
}

// Changed takes in what was saved. It ignores other records than partners and older states than it knows. The
// entities must not be changed any more.
func (d *Directory) Changed(entities []knowledge.Entity) {
	d.mu.Lock()
	defer d.mu.Unlock()
	changed := false
	for _, e := range entities {
		p, ok := e.(*knowledge.Partner)
		if !ok {
			continue
		}
		known := d.partners[p.ID]
		if known == nil && len(d.partners) >= maxPartners {
			d.log.Warn("there are too many partners: one is left out", "entity_id", p.ID)
			continue
		}
		if known == nil || known.Revision <= p.Revision {
			d.partners[p.ID], changed = p, true
		}
	}
	if changed {
		d.show()
	}
}

// Forget drops partners whose state may be wrong although no later one was saved, as after a restore of the
// store. Doubt then asks for Fill.
func (d *Directory) Forget(ids []knowledge.ID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	changed := false
	for _, id := range ids {
		if id.Kind() == knowledge.KindPartner {
			delete(d.partners, id)
			changed = true
		}
	}
	if !changed {
		return
	}
	d.show()
	select {
	case d.doubt <- struct{}{}:
	default: // It has been asked for.
	}
}

// Doubt receives where Fill should be called again.
func (d *Directory) Doubt() <-chan struct{} { return d.doubt }

// show makes a view of the partners. The caller holds mu.
func (d *Directory) show() {
	on := slices.SortedFunc(maps.Values(d.partners), func(a, b *knowledge.Partner) int { return cmp.Compare(a.ID, b.ID) })
	on = slices.DeleteFunc(on, func(p *knowledge.Partner) bool { return !p.IsOn() })
	v := newView(on)
	if v.leftOut > 0 {
		d.log.Warn("the partners have too many documents: some are left out", "count", v.leftOut)
	}
	d.current.Store(v)
}

// Index finds partners, and Store reads them.
type (
	// Index finds records.
	Index interface {
		Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error)
	}
	// Store reads records.
	Store interface {
		Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	}
)

// Fill takes in every partner that the index finds. Changes that come meanwhile hold.
func (d *Directory) Fill(ctx context.Context, index Index, store Store) error {
	l := knowledge.Listing{
		Kinds: []knowledge.Kind{knowledge.KindPartner}, Order: knowledge.Order{Field: knowledge.OrderCreatedAt, Ascending: true},
		Viewer: knowledge.Actor{Role: knowledge.RoleAdministrator}, // It is for all readers.
		Page:   knowledge.Page{First: knowledge.MaxPageSize},
	}
	for more := true; more; {
		found, err := index.Find(ctx, l)
		if err != nil {
			return fmt.Errorf("find the partners: %w", err)
		}
		ids := make([]knowledge.ID, len(found.Hits))
		for i, hit := range found.Hits {
			ids[i], l.Page.After = hit.ID, hit.Cursor
		}
		partners, err := store.Load(ctx, ids...)
		if err != nil {
			return fmt.Errorf("read the partners: %w", err)
		}
		d.Changed(partners)
		more = found.HasNext && len(ids) > 0
	}
	d.fillOnce.Do(func() { close(d.filled) })
	return nil
}

// Filled is closed once Fill has succeeded.
func (d *Directory) Filled() <-chan struct{} { return d.filled }

// IsFilled tells whether Fill has succeeded.
func (d *Directory) IsFilled() bool {
	select {
	case <-d.filled:
		return true
	default:
		return false
	}
}

// AllowsOrigin tells whether pages of an origin, as a browser sends it, may call the API because a partner that
// is switched on says so.
func (d *Directory) AllowsOrigin(origin string) bool {
	_, ok := d.current.Load().owner(origin)
	return ok
}

// PartnerOf is the partner that an origin belongs to; where several have it, always the same one.
func (d *Directory) PartnerOf(origin string) (knowledge.ID, bool) {
	return d.current.Load().owner(origin)
}

// Document is the text of a document that a partner is trusted with, by its id in the form of
// knowledge.DocumentID; false where there is none.
func (d *Directory) Document(id string) (string, bool) {
	text, ok := d.current.Load().documents[id]
	return text, ok
}

// Quota is how many points a minute a partner may spend; 0 where its record leaves that to the server, and for
// who is no partner.
func (d *Directory) Quota(partner knowledge.ID) int { return d.current.Load().quotas[partner] }
