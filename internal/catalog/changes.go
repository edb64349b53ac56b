package catalog

import (
	"context"
	"errors"
	"time"

	"goodpractice/internal/knowledge"
)

const (
	// maxScanned is how many records one call of Changes looks at, for the public ones among them.
	maxScanned = 1000
	// maxLookedUp is for how many records it reads the history, to tell whether they ever were public.
	maxLookedUp = 50
)

// PublicChanges is one page of what became of the public records.
type PublicChanges struct {
	Items []PublicChange
	// Next is where to go on, never empty. It stays the same while nothing public changes.
	Next string
	// HasMore tells that there is more now.
	HasMore bool
}

// PublicChange is a record that became public or was changed, or that is public no more.
type PublicChange struct {
	ID   knowledge.ID
	Kind knowledge.Kind
	// Entity is the reader's copy; nil where the record is public no more.
	Entity knowledge.Entity
	// RemovedAt is when it ceased to be public; nil where it is public.
	RemovedAt *time.Time
}

// Changes tells what became of public records since a position that an earlier call gave; from the empty one
// all that is public, in pages of first. Whoever takes all pages and applies them in their order has exactly the
// public state. A record that was never public is not told of in any way.
//
// One call reads at most 1,000 records of the feed and 50 histories: a page may be short, or empty, and have more
// after it. The error is of kind Expired for a position from which the feed does not lead on.
func (c *Catalog) Changes(ctx context.Context, since string, first int) (PublicChanges, error) {
	if c.Feed == nil {
		return PublicChanges{}, &knowledge.Error{Kind: knowledge.Unavailable, Message: "This server keeps no list of changes."}
	}
	var after knowledge.Cursor
	if since != "" {
		at, ok, err := c.seal.open(ctx, since)
		if err != nil {
			return PublicChanges{}, err
		}
		if !ok {
			return PublicChanges{}, expired(nil)
		}
		after = at
	}
	s := scan{catalog: c, reader: knowledge.ReaderFrom(ctx), first: first, next: after}
	if err := s.run(ctx, after); err != nil {
		return PublicChanges{}, err
	}
	next, err := c.seal.write(ctx, s.next)
	return PublicChanges{Items: s.items, Next: next, HasMore: s.hasMore}, err
}

// expired is the answer to a position that leads nowhere.
func expired(cause error) error {
	return &knowledge.Error{
		Kind: knowledge.Expired, Path: []string{"cursor"}, Err: cause,
		Message: "The server cannot go on from this cursor. Begin again without one, and drop what you hold and do not receive again.",
	}
}

// scan is one reading of the feed for public changes.
type scan struct {
	catalog *Catalog
	reader  knowledge.Reader
	first   int

	items    []PublicChange
	next     knowledge.Cursor // After the last item, unless the scan ended at its limit: what lies beyond stays untold.
	hasMore  bool
	scanned  int
	lookedUp int
}

// run reads until the page is full and another item is known, or until all is read.
func (s *scan) run(ctx context.Context, after knowledge.Cursor) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for change, err := range s.catalog.Feed.Changes(ctx, after) {
		switch {
		case errors.Is(err, knowledge.ErrCursorLost):
			return expired(err)
		case err != nil:
			return err
		case change.CaughtUp:
			if s.next == "" {
				s.next = change.Cursor
			}
			return nil
		}
		if done, err := s.take(ctx, change); done || err != nil {
			return err
		}
	}
	return ctx.Err() // The feed ends by itself with the context only.
}

// take looks at one change, and tells whether it was the last to look at.
func (s *scan) take(ctx context.Context, change knowledge.Change) (bool, error) {
	item, ok, err := s.public(ctx, change.Entity)
	if err != nil {
		return false, err
	}
	s.scanned++
	switch {
	case ok && len(s.items) == s.first:
		s.hasMore = true
		return true, nil
	case ok:
		s.items, s.next = append(s.items, item), change.Cursor
	}
	if s.scanned >= maxScanned || s.lookedUp >= maxLookedUp {
		s.next, s.hasMore = change.Cursor, true
		return true, nil
	}
	return false, nil
}

// public makes of a state what everyone may know of it; false for nothing.
func (s *scan) public(ctx context.Context, e knowledge.Entity) (PublicChange, bool, error) {
	m := e.Head()
	item := PublicChange{ID: m.ID, Kind: e.Kind()}
	if !isPublicKind(e.Kind()) {
		return item, false, nil
	}
	if !m.Deleted && (knowledge.Actor{}).MayRead(e) {
		item.Entity = show(s.reader, e)
		return item, item.Entity != nil, nil
	}
	at, was, looked, err := s.catalog.left(ctx, e)
	if looked {
		s.lookedUp++
	}
	item.RemovedAt = &at
	return item, was, err
}

// isPublicKind tells whether records of the kind can be public at all.
func isPublicKind(kind knowledge.Kind) bool {
	switch kind {
	case knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation, knowledge.KindAuthority,
		knowledge.KindCountry, knowledge.KindTheme, knowledge.KindTargetGroup, knowledge.KindEvent,
		knowledge.KindStudy, knowledge.KindOrganisation:
		return true
	default:
		return false
	}
}

// historyPage is how many earlier states are read at a time, and maxHistory how many at all.
const (
	historyPage = 50
	maxHistory  = 1000
)

// left tells when a record that is not public ceased to be; false for one that never was. Most is known from the
// record: an entry that was not published never was, and from what is public to the archive is one step. Looked
// tells that the history had to be read.
func (c *Catalog) left(ctx context.Context, e knowledge.Entity) (at time.Time, was, looked bool, err error) {
	m := e.Head()
	entry, isEntry := e.(knowledge.Entry)
	switch {
	case m.Deleted && m.Status == knowledge.StatusPublished:
		return m.UpdatedAt, true, false, nil
	case m.Deleted:
	case isEntry && entry.Core().PublishedAt == nil:
		return time.Time{}, false, false, nil
	case m.Edit.Action == knowledge.ActionArchive:
		return m.UpdatedAt, true, false, nil
	}
	at = m.UpdatedAt
	before := m.Revision
	for read := 0; read < maxHistory && before > 1; {
		states, err := c.Store.History(ctx, m.ID, before, historyPage)
		if err != nil {
			return time.Time{}, false, true, err
		}
		for _, state := range states {
			h := state.Head()
			if h.Status == knowledge.StatusPublished && !h.Deleted {
				return at, true, true, nil
			}
			at, before = h.UpdatedAt, h.Revision
		}
		if len(states) < historyPage {
			return time.Time{}, false, true, nil
		}
		read += len(states)
	}
	return at, before > 1, before < m.Revision, nil // So long a history ends in doubt: a mirror must not keep the record.
}

// IsGone tells whether a record of the kind was public under the slug and is not any more. It is false for what
// never was public, and for what does not exist.
func (c *Catalog) IsGone(ctx context.Context, kind knowledge.Kind, slug string) (bool, error) {
	if !isPublicKind(kind) || len(knowledge.CheckSlug(slug)) > 0 {
		return false, nil
	}
	found, err := c.Search.Find(ctx, knowledge.Listing{
		Kinds: []knowledge.Kind{kind}, Slug: slug, Page: knowledge.Page{First: 1},
		Filter: knowledge.EntryFilter{Statuses: allStatuses()},
		Viewer: knowledge.Actor{Role: knowledge.RoleAdministrator}, // What it finds is not shown.
	})
	if err != nil || len(found.Hits) == 0 {
		return false, err
	}
	loaded, err := c.bodies.load(ctx, found.Hits[0].ID)
	if err != nil || loaded[0] == nil || (knowledge.Actor{}).MayRead(loaded[0]) {
		return false, err
	}
	_, was, _, err := c.left(ctx, loaded[0])
	return was, err
}
