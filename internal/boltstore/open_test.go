package boltstore_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestOpenRefusesWhatIsNotItsOwn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		kind knowledge.ErrorKind
		says string
	}{
		{"a text", write("This is no store.\n"), knowledge.Invalid, "no file of this program"},
		{"a long text", write(strings.Repeat("This is no store.\n", 10_000)), knowledge.Invalid, "no file of this program"},
		{"zeros", write(strings.Repeat("\x00", 64<<10)), knowledge.Invalid, "no file of this program"},
		{"a folder", makeFolder, knowledge.Invalid, "is no file"},
		{"a bbolt file of something else", bucketOf("users", "", ""), knowledge.Invalid, "no file of this program"},
		{"a bbolt file with a bucket of that name", bucketOf("meta", "format", "one"), knowledge.Invalid, "no file of this program"},
		{"a bbolt file with a format and nothing else", bucketOf("meta", "format", "1"), knowledge.Invalid, "no file of this program"},
		{"a newer format", bucketOf("meta", "format", "3"), knowledge.Invalid, "a newer version of this program"},
		{"a file in a folder that does not exist", nothing, knowledge.Unavailable, "cannot be opened"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "store")
			if test.kind == knowledge.Unavailable {
				path = filepath.Join(path, "none", "store")
			}
			test.make(t, path)
			before, _ := os.ReadFile(path)
			store, err := boltstore.Open(path, boltstore.Options{NoSync: true})
			if err == nil {
				t.Fatal(store.Close(), "opened")
			}
			if !knowledge.IsKind(err, test.kind) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("open gave %v, want the kind %s and %q", err, test.kind, test.says)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// write makes a file with the content.
func write(content string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func makeFolder(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

func nothing(*testing.T, string) {}

// bucketOf makes a bbolt file with one bucket, and a value in it.
func bucketOf(bucket, key, value string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		edit(t, path, func(tx *bolt.Tx) error {
			b, err := tx.CreateBucket([]byte(bucket))
			if err != nil || key == "" {
				return err
			}
			return b.Put([]byte(key), []byte(value))
		})
	}
}

// edit changes a bbolt file behind the store's back.
func edit(t *testing.T, path string, change func(tx *bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefusesANewerFormatOfItsOwn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	fill(t, path, 1)
	edit(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("3"))
	})
	if _, err := boltstore.Open(path, boltstore.Options{}); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("open of a newer format gave %v", err)
	}
}

func TestOpenRaisesTheFormat(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	fill(t, path, 1)
	found := ""
	edit(t, path, func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("1")) })
	store, err := boltstore.Open(path, boltstore.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, path, func(tx *bolt.Tx) error { found = string(tx.Bucket([]byte("meta")).Get([]byte("format"))); return nil })
	if found != "2" {
		t.Errorf("the format is %s, so that an older program would open what it misreads", found)
	}
}

func TestOpenWaitsForTheLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	open(t, path, boltstore.Options{NoSync: true})
	_, err := boltstore.Open(path, boltstore.Options{LockTimeout: 60 * time.Millisecond})
	if !knowledge.IsKind(err, knowledge.Unavailable) || !strings.Contains(err.Error(), "Another process") {
		t.Errorf("open of a file in use gave %v", err)
	}
}

func TestOpenTakesAnEmptyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	write("")(t, path)
	store := open(t, path, boltstore.Options{NoSync: true})
	if err := store.Save(t.Context(), knowledgetest.Practice("a")); err != nil {
		t.Error(err)
	}
}

func TestOpenRefusesAFileThatIsCutShort(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	fill(t, path, 300)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []int{100, 5000, 4 * os.Getpagesize(), len(whole) / 4} {
		cut := filepath.Join(t.TempDir(), strconv.Itoa(part))
		write(string(whole[:part]))(t, cut)
		_, err := boltstore.Open(cut, boltstore.Options{NoSync: true})
		if !knowledge.IsKind(err, knowledge.Invalid) {
			t.Errorf("open of the first %d of %d bytes gave %v", part, len(whole), err)
		}
	}
}

// fill makes a file with as many practices, and closes it.
func fill(t *testing.T, path string, practices int) {
	t.Helper()
	store := open(t, path, boltstore.Options{NoSync: true})
	var all []knowledge.Entity
	for e := range knowledgetest.Corpus([]knowledge.Entity{knowledgetest.Fill(knowledge.KindPractice, 1)}, practices, 1) {
		all = append(all, e)
	}
	if err := store.Save(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOldOpeningsAreForgotten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	fill(t, path, 1)
	const kept, size = 1024, 16
	edit(t, path, func(tx *bolt.Tx) error {
		many := make([]byte, kept*size)
		binary.BigEndian.PutUint64(many, 7) // The first one, which has to give way.
		return tx.Bucket([]byte("meta")).Put([]byte("sessions"), many)
	})
	if err := open(t, path, boltstore.Options{NoSync: true}).Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, path, func(tx *bolt.Tx) error {
		got := tx.Bucket([]byte("meta")).Get([]byte("sessions"))
		if len(got) != kept*size || binary.BigEndian.Uint64(got) == 7 {
			t.Errorf("%d bytes of openings are kept, the first is %x", len(got), got[:size])
		}
		return nil
	})
}
