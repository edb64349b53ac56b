// Package mongostore keeps the records in MongoDB, with go.mongodb.org/mongo-driver/v2: the engine for
// several servers on one database.
//
// Open a Store and close it at the end; every method may be called from many goroutines at once, and
// many processes may have a Store on the same database. Open does not wait for the database: Ready does.
// storetest holds the contract that the Store keeps with the others.
//
// # Collections
//
//   - entities has one document for each record, in its current state; a deleted one stays as a tombstone.
//   - history has one document for each earlier state.
//   - log tells in which order records have changed; it is what feeds follow.
//   - meta has the format, the floor of the log, and the notes of the program.
//
// Bodies are documents with the names of the export, so that any tool of MongoDB can read them.
//
// # How a write becomes visible
//
// One write to one document carries the new state, the state before it, and a marker (save.go). A
// publisher moves the earlier state to the history, appends the record's id and revision to the log, and
// takes the marker off (publish.go). What a process leaves behind when it dies is published by the
// sweeper of any other (sweep.go). Entries of the log are numbered without gaps: to take a number and to
// become visible is one insert, so no reader can pass an entry that appears later (append.go). Readers take
// the contiguous part of the log and fetch the current states (feed.go). There are no transactions over
// several documents and no change streams: MongoDB-wire servers differ in both.
//
// # What is promised
//
// A Save that returns nil has been acknowledged by a majority of the replica set, with its journal. Saves
// may be sent again after a failure: each is bound to the revision before it, and recognised by a mark of
// its own. Whatever fails is a knowledge.Error of the kind Unavailable; while the database does not answer,
// calls fail at once (call.go).
//
// The package knows no queries: finding is the search index's work. It may be imported by the program and
// by tests only.
package mongostore
