package mongostore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"goodpractice/internal/knowledge"
)

// Store keeps records in a MongoDB database. Its methods may be called concurrently.
type Store struct {
	options Options
	hosts   []string
	client  *mongo.Client
	breaker *breaker

	entities, history, log, meta, usage *mongo.Collection

	slugs     slugLocks
	publisher *publisher
	listeners listeners

	prepared chan struct{} // closed when the database has been reached and its collections are there
	hopeless chan struct{} // closed when they cannot be made; unfit then says why
	unfit    error

	trouble struct {
		sync.Mutex
		since  time.Time // guarded; zero while the database answers
		reason error     // guarded; the last failure of the database, for the log
	}

	closing struct {
		sync.Mutex
		isClosed bool // guarded
	}
	closed  chan struct{} // closed when Close begins
	stop    context.CancelFunc
	inHand  sync.WaitGroup // calls
	workers sync.WaitGroup // goroutines
}

// Open makes a Store on the database that the URI names, goodpractice where it names none. It reads the URI
// and starts to look for the database, without waiting for it: Ready does. The error is a *knowledge.Error
// of the kind Invalid for a URI that cannot be used, and Unavailable where the names of a mongodb+srv URI
// cannot be looked up. It never shows the password.
func Open(uri string, o Options) (*Store, error) {
	if o.Logger == nil || o.Now == nil {
		return nil, errors.New("mongostore: a logger and a clock are required")
	}
	database, err := databaseOf(uri)
	if err != nil {
		return nil, err
	}
	settings := clientOptions(uri)
	client, err := mongo.Connect(settings)
	if err != nil {
		return nil, uriError(err)
	}
	s := &Store{
		options: o.withDefaults(), hosts: settings.Hosts, client: client,
		prepared: make(chan struct{}), hopeless: make(chan struct{}), closed: make(chan struct{}),
	}
	s.trouble.since = o.Now()
	s.breaker = s.newBreaker()
	db := client.Database(database)
	s.entities, s.history, s.log, s.meta = db.Collection("entities"), db.Collection("history"), db.Collection("log"), db.Collection("meta")
	s.usage = db.Collection("usage")
	s.publisher = newPublisher(s)
	ctx, stop := context.WithCancel(context.Background()) //nolint:forbidigo // Close ends it, and no caller.
	s.stop = stop
	s.workers.Go(func() { s.work(ctx) })
	return s, nil
}

// databaseOf reads the name of the database.
func databaseOf(uri string) (string, error) {
	parsed, err := connstring.Parse(uri)
	switch {
	case err != nil:
		return "", uriError(err)
	case len(parsed.UnknownOptions) > 0:
		return "", &knowledge.Error{
			Kind:    knowledge.Invalid,
			Message: "The MongoDB URI has options that nobody knows: " + unknownOptions(parsed.UnknownOptions) + ".",
		}
	case parsed.Database == "":
		return DefaultDatabase, nil
	case len(parsed.Database) > 63 || strings.ContainsAny(parsed.Database, "/\\. \"$*<>:|?\x00"):
		return "", &knowledge.Error{
			Kind:    knowledge.Invalid,
			Message: "The database in the MongoDB URI needs a name of at most 63 letters, digits, - or _.",
		}
	}
	return parsed.Database, nil
}

// unknownOptions lists the names, and nothing of the values.
func unknownOptions(options map[string][]string) string {
	return strings.Join(slices.Sorted(maps.Keys(options)), ", ")
}

// uriError says what is wrong with a URI. The driver's own words may show the password, so they are left out.
func uriError(err error) error {
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		return &knowledge.Error{
			Kind: knowledge.Unavailable, Message: "The name of the database cannot be looked up: " + name.Name + ".",
		}
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return &knowledge.Error{
			Kind: knowledge.Invalid, Message: "A file that the MongoDB URI names cannot be read: " + file.Path + ".",
		}
	}
	return &knowledge.Error{
		Kind: knowledge.Invalid,
		Message: "The address of the database is no MongoDB URI: use one such as " +
			"mongodb://user:password@host:27017/goodpractice?replicaSet=rs0, with %40 for an @ in the password.",
	}
}

// work does in the background what the store needs, until Close.
func (s *Store) work(ctx context.Context) {
	if !s.prepare(ctx) {
		return
	}
	var group sync.WaitGroup
	for _, part := range []func(context.Context){s.publisher.run, s.publisher.clear, s.sweep, s.truncate} {
		group.Go(func() { part(ctx) })
	}
	group.Wait()
}

// Ready waits until the database has been reached and is fit for use. It fails with the error of ctx, with
// a *knowledge.Error of the kind Invalid where the database cannot be used as it is (its format is newer, or
// the URI's user may not use it), and of the kind Unavailable after Close.
func (s *Store) Ready(ctx context.Context) error {
	select {
	case <-s.prepared:
		return nil
	default:
	}
	select {
	case <-s.prepared:
		return nil
	case <-s.hopeless:
		return s.unfit
	case <-s.closed:
		return unavailable(messageClosed, "wait for the database", errClosed)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) isPrepared() bool {
	select {
	case <-s.prepared:
		return true
	default:
		return false
	}
}

// Away tells since when the database has not answered; false while it answers.
func (s *Store) Away() (since time.Time, away bool) {
	s.trouble.Lock()
	defer s.trouble.Unlock()
	return s.trouble.since, !s.trouble.since.IsZero()
}

// leave notes that the database does not answer any more.
func (s *Store) leave() {
	s.trouble.Lock()
	defer s.trouble.Unlock()
	if !s.trouble.since.IsZero() {
		return
	}
	s.trouble.since = s.options.Now()
	s.options.Logger.Warn("the database does not answer: reading from memory, refusing writes",
		"hosts", strings.Join(s.hosts, ","), "err", s.trouble.reason)
}

// blame notes a failure of the database.
func (s *Store) blame(err error) {
	s.trouble.Lock()
	defer s.trouble.Unlock()
	s.trouble.reason = err
}

// blamed is the last failure of the database, which says more than that the breaker is open.
func (s *Store) blamed(err error) error {
	s.trouble.Lock()
	defer s.trouble.Unlock()
	if s.trouble.reason != nil && errors.Is(err, gobreaker.ErrOpenState) {
		return s.trouble.reason
	}
	return err
}

// arrive notes that the database answers.
func (s *Store) arrive() {
	s.trouble.Lock()
	defer s.trouble.Unlock()
	if s.trouble.since.IsZero() {
		return
	}
	s.options.Logger.Info("the database answers", "hosts", strings.Join(s.hosts, ","),
		"after_ms", s.options.Now().Sub(s.trouble.since).Milliseconds())
	s.trouble.since = time.Time{}
}

// begin counts a call in, unless the store is closed or not prepared yet. The caller ends with done.
func (s *Store) begin() (done func(), err error) {
	s.closing.Lock()
	defer s.closing.Unlock()
	switch {
	case s.closing.isClosed:
		return nil, errClosed
	case !s.isPrepared():
		return nil, errUnprepared
	}
	s.inHand.Add(1)
	return s.inHand.Done, nil
}

// Close ends every feed, waits for the calls in hand and publishes what they have written. Afterwards every
// method fails with a *knowledge.Error of the kind Unavailable. To close again does nothing.
func (s *Store) Close() error {
	s.closing.Lock()
	wasClosed := s.closing.isClosed
	s.closing.isClosed = true
	s.closing.Unlock()
	if wasClosed {
		return nil
	}
	close(s.closed)
	s.inHand.Wait() // Each lasts for Options.Timeout at most, and the publisher is at work until now.
	s.stop()
	s.workers.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), s.options.Timeout) //nolint:forbidigo // It ends the rest.
	defer cancel()
	if err := s.client.Disconnect(ctx); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}
