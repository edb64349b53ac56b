package boltstore

import (
	"errors"
	"fmt"
	"strconv"

	bolt "go.etcd.io/bbolt"
)

// format is the version of the file's layout and of what records mean. A change that an older program would misread raises it,
// and a file takes the format of the newest program that has opened it. In format 1, the partnerships of entries were called
// partners, see knowledge.Renewed.
const format = 2

// The buckets and the keys of the bucket meta.
const (
	bucketMeta     = "meta"
	bucketEntities = "entities"
	bucketHistory  = "history"
	bucketSlugs    = "slugs"
	bucketChanges  = "changes"

	keyFormat   = "format"   // decimal
	keySessions = "sessions" // see cursor.go
	// prefixNote stands before the name of a note; the value is its text, in UTF-8. A version that knows
	// no notes ignores them, so they are no new format.
	prefixNote = "note:"
)

var (
	errForeign     = errors.New("the header pages or the buckets of this program are missing")
	errNewerFormat = errors.New("newer format")
	errCutShort    = errors.New("the file is shorter than its own header says")
)

// buckets are the buckets inside one transaction.
type buckets struct {
	meta, entities, history, slugs, changes *bolt.Bucket
}

// open finds the buckets, which checkFormat has found to exist.
func open(tx *bolt.Tx) buckets {
	bucket := func(name string) *bolt.Bucket { return tx.Bucket([]byte(name)) }
	return buckets{
		meta: bucket(bucketMeta), entities: bucket(bucketEntities), history: bucket(bucketHistory),
		slugs: bucket(bucketSlugs), changes: bucket(bucketChanges),
	}
}

// checkFormat tells whether the file is ours and in a format that we know. A file without any bucket
// is a new one and passes.
func checkFormat(tx *bolt.Tx) error {
	if isNew(tx) {
		return nil
	}
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil {
		return errForeign
	}
	found, err := strconv.Atoi(string(meta.Get([]byte(keyFormat))))
	if err != nil {
		return errForeign
	}
	if found > format {
		return fmt.Errorf("%w: %d, and this version knows %d", errNewerFormat, found, format)
	}
	for _, name := range []string{bucketEntities, bucketHistory, bucketSlugs, bucketChanges} {
		if tx.Bucket([]byte(name)) == nil {
			return errForeign
		}
	}
	return nil
}

// isNew tells whether nothing has been written yet.
func isNew(tx *bolt.Tx) bool {
	key, _ := tx.Cursor().First()
	return key == nil
}

// begin makes the buckets of a new file, and enters the session that begins.
func begin(db *bolt.DB) (session, error) {
	current := newSession()
	err := db.Update(func(tx *bolt.Tx) error {
		if err := checkFormat(tx); err != nil {
			return err
		}
		if isNew(tx) {
			if err := create(tx); err != nil {
				return err
			}
		}
		if err := tx.Bucket([]byte(bucketMeta)).Put([]byte(keyFormat), strconv.AppendInt(nil, format, 10)); err != nil {
			return fmt.Errorf("note the format: %w", err)
		}
		return enter(open(tx), current)
	})
	return current, err
}

// create makes the buckets of a new file.
func create(tx *bolt.Tx) error {
	for _, name := range []string{bucketMeta, bucketEntities, bucketHistory, bucketSlugs, bucketChanges} {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}
	return nil
}
