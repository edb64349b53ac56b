package mongostore

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// floorID is the key in meta of the number below which the log has been cut off.
const floorID = "floor"

// maxEntries is how many entries of the log are read in one round trip.
const maxEntries = 64

// append writes an entry under the number after the last. To take the number and to become visible is one
// insert: where another process has taken it, the next free one is tried. An entry that is written although
// this fails does no harm: the states that it names are announced twice.
func (p *publisher) append(ctx context.Context, refs []ref) error {
	e := entry{Token: newToken(), Refs: refs, At: p.store.options.Now().UTC()}
	for {
		e.Number = p.head + 1
		err := p.store.attempt(ctx, func(ctx context.Context) error {
			_, err := p.store.log.InsertOne(ctx, e)
			return err
		})
		switch {
		case err == nil:
			p.head = e.Number
			return nil
		case !mongo.IsDuplicateKeyError(err):
			return err
		}
		taken, err := p.store.entries(ctx, p.head, p.store.attempt)
		if err != nil {
			return err
		}
		for _, other := range taken {
			p.head = other.Number
			if other.Token == e.Token { // An attempt that seemed to fail.
				return nil
			}
		}
	}
}

// newToken is a text that no other entry has.
func newToken() string { return bson.NewObjectID().Hex() }

// sender is call or attempt.
type sender func(ctx context.Context, send func(ctx context.Context) error) error

// entries reads what comes after the number in the log, in order.
func (s *Store) entries(ctx context.Context, after int64, send sender) ([]entry, error) {
	o := options.Find().SetSort(bson.D{{Key: fieldID, Value: 1}}).SetLimit(maxEntries)
	var found []entry
	err := send(ctx, func(ctx context.Context) error {
		found = nil
		return all(ctx, s.log, bson.D{{Key: fieldID, Value: bson.D{{Key: "$gt", Value: after}}}}, o, &found)
	})
	return found, err
}

// end reads the position of the last entry of the log.
func (s *Store) end(ctx context.Context) (position, error) {
	last := entry{Token: startToken}
	err := s.read(ctx, "read the end of the log", func(ctx context.Context) error {
		err := s.log.FindOne(ctx, bson.D{}, options.FindOne().SetSort(bson.D{{Key: fieldID, Value: -1}}).
			SetProjection(bson.D{{Key: "token", Value: 1}})).Decode(&last)
		if errors.Is(err, mongo.ErrNoDocuments) {
			return nil
		}
		return err
	})
	return position{last.Number, last.Token}, err
}

// floor reads the number below which the log has been cut off; 0 for never.
func (s *Store) floor(ctx context.Context) (int64, error) {
	var found limit
	err := s.read(ctx, "read the floor of the log", func(ctx context.Context) error {
		err := s.meta.FindOne(ctx, bson.D{{Key: fieldID, Value: floorID}}).Decode(&found)
		if errors.Is(err, mongo.ErrNoDocuments) {
			return nil
		}
		return err
	})
	return found.Value, err
}
