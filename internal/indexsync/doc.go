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
// # Several processes on one store
//
// Each process has an index and a Follower of its own; nothing here assumes that this process is the one
// that writes. Await finds what others have saved and deleted, and subscribers hear of it, once the feed
// brings it. While the store is away the index stays as it is, readers and subscriptions go on, and Run
// tries again at least once a second. Behind tells of that, until the index has caught up again.
//
// As a backstop, Run compares the revisions in the store with those in the index every Options.Compare,
// which reads no bodies but of what differs. What differs because it is on its way is left to the feed;
// what lasts for five seconds and the feed has no news of is mended and logged as a warning. So is what is
// ahead of the store, as after a restore of the database: the stored state takes its place, and Forget
// tells caches. A record that has the same revision after a restore, and another content, cannot be told
// by a comparison; a feed that does not know the position of the index after a restore has it built anew.
//
// # Goroutines
//
// New starts none. Run, Rebuild and Check work in the goroutine that calls them; Run compares in one more.
// Wherever the feed is read, for Await too, one more goroutine does that. Each is waited for before the
// call that started it returns. Subscribe starts none.
//
// # What it does not do
//
// It does not search, knows no store and no search engine, writes nothing to the store, and keeps no
// bodies. It declares the interfaces that it needs; the program passes in what implements them.
//
// The program, tests and the contract suite of the stores may import it. It imports the domain and
// golang.org/x/sync only.
package indexsync
