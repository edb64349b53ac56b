// Package storetest is the contract of the storage engines, as tests: what passes Run can keep the
// records of the program.
//
// An engine's own test calls Run with a function that opens the engine on a folder. Run opens each
// engine that it needs itself, some of them several times on the same data, and closes them.
//
// The contract asks for atomic writes of one entity and for nothing that spans several. It is written
// down in the cases; the points that an implementer must decide are these.
//
//   - What comes back equals knowledge.Clone of what was saved: nil and empty lists stay what they
//     are, as far as the encoding tells them apart, times are UTC with whole milliseconds, and texts
//     chosen for a reader are not kept.
//   - Ids and slugs are compared byte by byte. An empty slug is no slug, and never taken.
//   - Nothing can be saved under the id of a tombstone. A tombstone is Meta alone, in the history and
//     in the feed too; Load does not give it.
//   - A feed ends without an error when its context ends, and with one when the engine is closed. An
//     item's cursor may be resumed, also in the middle of a snapshot, unless it is empty; then the
//     reader starts again.
//   - A cursor that is garbled, or of a store that was ahead of this one, is lost.
//   - EachRevision gives what is live from its beginning to its end, in a revision that was current at
//     some time in between, and once where nothing of it is changed meanwhile. Its order is free. Its
//     reader may use the engine.
//   - Notes are kept beside the entities: no feed, no list and no history tells of them.
//
// The benchmarks of the engines are here too, so that their figures can be compared.
//
// The package holds no engine. Only tests may import it.
package storetest
