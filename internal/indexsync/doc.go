// Package indexsync keeps a search index equal to a store: it follows the store's feed of changes
// into the index, and tells waiting mutations and subscribers when a change can be found.
//
// The program makes one Follower for each index, runs it for as long as it serves, and hands its
// methods to the use cases:
//
//	follower, err := indexsync.New(index, indexsync.Options{Feed: store, Store: store, Logger: logger, Now: time.Now})
//	if err != nil {
//		return err
//	}
//	group.Go(func() error { return follower.Run(ctx) })
//	<-follower.Ready() // everything saved so far can be found
//
// A change is loaded together with the records whose names count as its text, written to the index
// in one batch with the feed's position, and announced after that. When such a record changes, what
// depends on it is indexed anew before the position moves on, so that a crash at any moment loses
// nothing: at worst a batch is done twice. An index without a position, and one whose position the
// feed has forgotten, is built anew beside the one that serves, and swapped in when it is complete.
//
// # Goroutines
//
// New starts none. Run, Rebuild and Check work in the goroutine that calls them; each reads the feed
// through one more goroutine, which it starts and waits for before it returns. Await and Subscribe
// start none.
//
// # What it does not do
//
// It does not search, knows no store and no search engine, writes nothing to the store, and keeps no
// bodies. It declares the interfaces that it needs; the program passes in what implements them.
//
// The program, tests and the contract suite of the stores may import it. It imports the domain and
// golang.org/x/sync only.
package indexsync
