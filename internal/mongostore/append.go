package mongostore

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

const (
	// floorID is the key in meta of the number below which the log has been cut off.
	floorID = "floor"
	// maxEntries is how many entries of the log are read in one round trip.
	maxEntries = 64
	// maxHeadAge is how long the publisher believes in its number of the last entry. It must be much shorter
	// than any retention: a number below the floor is free, and an entry under it is read by nobody.
	maxHeadAge = time.Minute
)

// append writes an entry under the number after the last. To take the number and to become visible is one
// insert: where another process has taken it, the next free one is tried. An entry that is written although
// this fails does no harm: the states that it names are announced twice.
func (p *publisher) append(ctx context.Context, refs []ref) error {
	now := p.store.options.Now()
	if p.confirmed.IsZero() || now.Sub(p.confirmed) > maxHeadAge {
		end, err := p.store.end(ctx, p.store.attempt)
		if err != nil {
			return err
		}
		p.head = end.number
	}
	for e := (entry{Token: newToken(), Refs: refs, At: now.UTC()}); ; {
		e.Number = p.head + 1
		err := p.store.attempt(ctx, func(ctx context.Context) error {
			_, err := p.store.log.InsertOne(ctx, e)
			return err
		})
		switch {
		case err == nil:
			p.head, p.confirmed = e.Number, now
			return nil
		case !mongo.IsDuplicateKeyError(err):
			return err
		}
		mine, err := p.afterTaken(ctx, e)
		if mine || err != nil {
			return err
		}
	}
}

// afterTaken finds the last number, after the number of the entry was found to be taken; true where it is
// the entry itself that has it, from a try that seemed to fail.
func (p *publisher) afterTaken(ctx context.Context, e entry) (mine bool, err error) {
	found, err := p.store.entryAt(ctx, e.Number, p.store.attempt)
	if err != nil {
		return false, err
	}
	if p.head = e.Number; found.Token == e.Token {
		return true, nil
	}
	end, err := p.store.end(ctx, p.store.attempt)
	p.head = max(p.head, end.number)
	return false, err
}

// newToken is a text that no other entry has.
func newToken() string { return bson.NewObjectID().Hex() }

// sender is call or attempt.
type sender func(ctx context.Context, send func(ctx context.Context) error) error

// entries reads what comes after the number in the log, in order.
func (s *Store) entries(ctx context.Context, after int64, send sender) ([]entry, error) {
	var found []entry
	err := send(ctx, func(ctx context.Context) error {
		filter := bson.D{{Key: fieldID, Value: bson.D{{Key: "$gt", Value: after}}}}
		return find(ctx, s.log, query{filter: filter, sort: 1, limit: maxEntries}, &found)
	})
	return found, err
}

// entryAt reads number and token of one entry; the zero entry where the number is not there.
func (s *Store) entryAt(ctx context.Context, number int64, send sender) (found entry, err error) {
	err = send(ctx, func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.log, query{filter: byID(number), projection: fields("token")}, &found))
	})
	return found, err
}

// end reads the position of the last entry of the log.
func (s *Store) end(ctx context.Context, send sender) (position, error) {
	last := entry{Token: startToken}
	err := send(ctx, func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.log, query{filter: bson.D{}, projection: fields("token"), sort: -1}, &last))
	})
	return last.position(), err
}

// floor reads the number below which the log has been cut off; 0 for never.
func (s *Store) floor(ctx context.Context) (int64, error) {
	var found limit
	err := s.read(ctx, "read the floor of the log", func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.meta, query{filter: byID(floorID)}, &found))
	})
	return found.Value, err
}
