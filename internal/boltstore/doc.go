// Package boltstore keeps the records in one file, with go.etcd.io/bbolt: the engine that needs no
// other program.
//
// Open a Store and close it at the end; every method may be called from many goroutines at once. Load
// and History read, Save writes, Changes follows what is saved, EachRevision lists what is there for
// comparisons, Backup copies the file while it is in use. Note and SetNote keep marks of the program beside
// the records. storetest holds the contract that the Store keeps with the others.
//
// A Save has reached the disk when it returns. Saves of single records that come together share a
// commit; several records in one Save share one as well, and are still judged one by one.
//
// The file has five buckets. entities holds the current state of each record, history the states
// before it, slugs the record of each slug, and changes one place for each record, at the number of
// its latest change. A newer change takes the place of the older one, so the list does not grow with
// the number of changes, and reading it from the start is both the snapshot and the feed. meta holds
// the format, the openings of the file (see cursor.go), and the notes, each under "note:" and its name.
//
// One process has the file open at a time. The package knows no queries: finding is the search
// index's work. It may be imported by the program and by tests only.
package boltstore
