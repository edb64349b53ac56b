package mongotest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/url"
	"os"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/mongostore"
)

// Variable is the environment variable that holds the URI of the server.
const Variable = "GOODPRACTICE_TEST_MONGODB"

// patience is how long the server may take to answer.
const patience = 30 * time.Second

// IsThere tells whether tests have a server.
func IsThere() bool { return os.Getenv(Variable) != "" }

// URI is the address of a database that is empty at first and is dropped after the test. It skips the test
// where there is no server.
func URI(tb testing.TB) string {
	tb.Helper()
	return of(tb, tb.TempDir())
}

// of is the address of the database that belongs to a folder: the same folder stands for the same database.
func of(tb testing.TB, dir string) string {
	tb.Helper()
	if !IsThere() {
		tb.Skip("this test needs a MongoDB: set " + Variable + " to its URI, or run make test-storage")
	}
	address, err := url.Parse(os.Getenv(Variable))
	if err != nil {
		tb.Fatalf("%s is no URI", Variable)
	}
	sum := sha256.Sum256([]byte(dir))
	address.Path = "/goodpractice-test-" + hex.EncodeToString(sum[:8])
	tb.Cleanup(func() { drop(tb, address) })
	return address.String()
}

// drop removes a database.
func drop(tb testing.TB, address *url.URL) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(tb.Context()), patience) // After the test it has ended.
	defer cancel()
	client, err := mongo.Connect(options.Client().ApplyURI(address.String()))
	if err != nil {
		tb.Errorf("drop a test database: %v", err)
		return
	}
	if err := client.Database(address.Path[1:]).Drop(ctx); err != nil {
		tb.Errorf("drop a test database: %v", err)
	}
	if err := client.Disconnect(ctx); err != nil {
		tb.Errorf("drop a test database: %v", err)
	}
}

// Open opens a store on the database that belongs to a folder, and closes it after the test. It skips the
// test where there is no server.
func Open(tb testing.TB, dir string) *mongostore.Store {
	tb.Helper()
	store, err := mongostore.Open(of(tb, dir), mongostore.Options{
		Logger: slog.New(slog.DiscardHandler), Now: time.Now, //nolint:forbidigo // Tests of the engine run on the real clock.
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Errorf("close the store: %v", err)
		}
	})
	ctx, cancel := context.WithTimeout(tb.Context(), patience)
	defer cancel()
	if err := store.Ready(ctx); err != nil {
		tb.Fatalf("the database of %s: %v", Variable, err)
	}
	return store
}
