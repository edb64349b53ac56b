package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"goodpractice/internal/knowledge"
)

// Audit is what a look at the whole database has found. Where nobody writes, everything is in order if
// Unpublished, Carried, HistoryGaps and LogGaps are 0.
type Audit struct {
	Entities    int   // that are not deleted
	Tombstones  int   // entities that were deleted
	Unpublished int   // states that the log does not have yet
	Carried     int   // earlier states that may not have reached the history yet
	HistoryGaps int   // earlier states that are neither in the history nor carried
	LogFirst    int64 // the first number in the log; 0 where it is empty
	LogLast     int64
	LogEntries  int
	LogGaps     int64 // numbers between the first and the last that are missing
}

// Audit looks at every document without its body, a page at a time. It is for tests and for operators who
// are in doubt; while others write, it counts what is on its way.
func (s *Store) Audit(ctx context.Context) (Audit, error) {
	var a Audit
	kept := map[knowledge.ID]int{} // earlier states by record
	read := func(projection bson.D) pages { return pages{size: maxRevisions, projection: projection} }
	err := eachPage(ctx, s, s.history, read(fields(fieldEntity)), func(d archived) (any, error) {
		kept[d.Entity]++
		return d.ID, nil
	})
	if err != nil {
		return a, err
	}
	heads := fields(fieldRevision, fieldDeleted, fieldMarker, fieldPrevious+"."+fieldRevision)
	err = eachPage(ctx, s, s.entities, read(heads), func(d stored) (any, error) {
		a.count(d, kept[d.ID])
		return d.ID, nil
	})
	if err != nil {
		return a, err
	}
	err = eachPage(ctx, s, s.log, read(fields(fieldID)), func(e entry) (any, error) {
		if a.LogEntries == 0 {
			a.LogFirst = e.Number
		}
		a.LogEntries, a.LogLast = a.LogEntries+1, e.Number
		return e.Number, nil
	})
	if a.LogEntries > 0 {
		a.LogGaps = a.LogLast - a.LogFirst + 1 - int64(a.LogEntries)
	}
	return a, err
}

// count adds a record with its number of states in the history.
func (a *Audit) count(d stored, kept int) {
	if d.Deleted {
		a.Tombstones++
	} else {
		a.Entities++
	}
	if d.Marker {
		a.Unpublished++
	}
	if d.Previous != nil {
		a.Carried++
		if kept < d.Revision-1 { // It may be in both places.
			kept++
		}
	}
	a.HistoryGaps += max(0, d.Revision-1-kept)
}
