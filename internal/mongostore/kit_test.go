package mongostore_test

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/mongostore"
	"goodpractice/internal/mongostore/mongotest"
)

// patience is how long a test waits for what should happen soon, on a machine that is busy.
const patience = 30 * time.Second

// opened opens a store on the database of the URI, and closes it after the test.
func opened(t *testing.T, uri string, o mongostore.Options) *mongostore.Store {
	t.Helper()
	store := unready(t, uri, o)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := store.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	return store
}

// unready opens a store and does not wait for its database.
func unready(t *testing.T, uri string, o mongostore.Options) *mongostore.Store {
	t.Helper()
	o.Logger = slog.New(slog.DiscardHandler)
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // The database is real, and so is the time that it takes.
	}
	store, err := mongostore.Open(uri, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// raw is the database behind the store's back.
func raw(t *testing.T, uri string) *mongo.Database {
	t.Helper()
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Disconnect(context.WithoutCancel(t.Context())) })
	address, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	return client.Database(address.Path[1:])
}

// fresh is the URI of an empty database.
func fresh(t *testing.T) string {
	t.Helper()
	return mongotest.URI(t)
}

func save(t *testing.T, store *mongostore.Store, entities ...knowledge.Entity) {
	t.Helper()
	if err := store.Save(t.Context(), entities...); err != nil {
		t.Fatal(err)
	}
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-deadline:
			t.Fatalf("not within %s: %s", patience, what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// feed follows a store in a goroutine of its own.
type feed struct {
	t       *testing.T
	changes chan knowledge.Change
	ended   chan error // nil where the context ended it
}

func follow(t *testing.T, store *mongostore.Store, after knowledge.Cursor) *feed {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	f := &feed{t, make(chan knowledge.Change), make(chan error, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for change, err := range store.Changes(ctx, after) {
			if err != nil {
				f.ended <- err
				return
			}
			select {
			case f.changes <- change:
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	return f
}

func (f *feed) next() knowledge.Change {
	f.t.Helper()
	select {
	case c := <-f.changes:
		return c
	case err := <-f.ended:
		f.t.Fatalf("the feed ended with %v", err)
	case <-time.After(patience):
		f.t.Fatalf("the feed gave nothing for %s", patience)
	}
	return knowledge.Change{}
}

// catchUp reads to the mark, and gives its cursor.
func (f *feed) catchUp() knowledge.Cursor {
	f.t.Helper()
	for {
		if c := f.next(); c.CaughtUp {
			return c.Cursor
		}
	}
}

// lost waits for the end of a feed that has lost its cursor.
func (f *feed) lost() {
	f.t.Helper()
	for {
		select {
		case <-f.changes:
		case err := <-f.ended:
			if !errors.Is(err, knowledge.ErrCursorLost) {
				f.t.Errorf("the feed ended with %v, want ErrCursorLost", err)
			}
			return
		case <-time.After(patience):
			f.t.Fatalf("the feed went on for %s", patience)
		}
	}
}

// logNumbers lists the numbers in the log.
func logNumbers(t *testing.T, db *mongo.Database) []int64 {
	t.Helper()
	cursor, err := db.Collection("log").Find(t.Context(), bson.D{}, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		t.Fatal(err)
	}
	var found []struct {
		ID int64 `bson:"_id"`
	}
	if err := cursor.All(t.Context(), &found); err != nil {
		t.Fatal(err)
	}
	numbers := make([]int64, len(found))
	for i, e := range found {
		numbers[i] = e.ID
	}
	return numbers
}

// dense checks that no number of the log is missing.
func dense(t *testing.T, db *mongo.Database) {
	t.Helper()
	numbers := logNumbers(t, db)
	for i, n := range numbers {
		if n != numbers[0]+int64(i) {
			t.Fatalf("the log has a gap before %d", n)
		}
	}
}

// published waits until no record carries a marker or an earlier state.
func published(t *testing.T, db *mongo.Database) {
	t.Helper()
	eventually(t, "everything is published", func() bool {
		n, err := db.Collection("entities").CountDocuments(t.Context(), bson.D{{Key: "$or", Value: bson.A{
			bson.D{{Key: "outbox", Value: true}}, bson.D{{Key: "previous", Value: bson.D{{Key: "$exists", Value: true}}}},
		}}})
		return err == nil && n == 0
	})
}

// leaveBehind writes revision 2 of a record as Save does, and dies before publishing it.
func leaveBehind(t *testing.T, db *mongo.Database, id knowledge.ID) {
	t.Helper()
	const revision = 2
	entities := db.Collection("entities")
	var before bson.M
	if err := entities.FindOne(t.Context(), bson.D{{Key: "_id", Value: id}}).Decode(&before); err != nil {
		t.Fatal(err)
	}
	result, err := entities.UpdateOne(t.Context(), bson.D{{Key: "_id", Value: id}, {Key: "revision", Value: revision - 1}}, bson.D{{Key: "$set", Value: bson.D{
		{Key: "previous", Value: bson.D{
			{Key: "revision", Value: revision - 1}, {Key: "body", Value: before["body"]}, {Key: "write", Value: before["write"]},
		}},
		{Key: "revision", Value: revision},
		{Key: "body.revision", Value: revision},
		{Key: "write", Value: bson.NewObjectID()},
		{Key: "outbox", Value: true},
	}}})
	if err != nil || result.MatchedCount != 1 {
		t.Fatalf("leave behind: %+v, %v", result, err)
	}
}

// revisions lists the revisions in the history, newest first.
func revisions(t *testing.T, store *mongostore.Store, id knowledge.ID) []knowledge.Revision {
	t.Helper()
	states, err := store.History(t.Context(), id, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]knowledge.Revision, len(states))
	for i, s := range states {
		out[i] = s.Head().Revision
	}
	return out
}
