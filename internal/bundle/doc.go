// Package bundle carries records in and out of a knowledge base: the seed that is built into the
// program, and the files that Import reads and Export writes.
//
// Seed gives the records of the seed folder as entities that are the same on every machine, and
// Vocabulary those of them without which nobody can post; Plant saves those that a store does not have
// yet. Import reads JSON Lines and CSV as a stream, saves what is right in batches, and reports every
// line that is not, with its number and the reason. Export writes the same forms. There are two:
//
//   - The lossless form is JSON Lines with one line per entity, its older states included. It is what a
//     knowledge base is moved or kept with.
//   - The flat form is JSON Lines or CSV with the keys of seed/practices.jsonl. It holds practices,
//     lessons and recommendations only, and is what people write by hand.
//
// docs/data-model.md tells which field each key goes to.
//
// The package decides nothing about who may read or write: its callers run it for the operator of the
// program. It knows no storage engine and no search index; Store, Source and Options.Find are what it
// needs of them. The program and the administration socket may import it.
package bundle
