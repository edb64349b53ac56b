package boltstore_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/knowledge"
)

// FuzzRecord reads damaged records: they may be refused and must not crash, and what is read must
// mean the same when it is written again.
func FuzzRecord(f *testing.F) {
	f.Add([]byte{})
	f.Add(boltstore.NewRecord(1<<40, knowledge.KindPractice, "slug", []byte("{}")))
	f.Add([]byte{1, 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		once, err := boltstore.ParseRecord(b)
		if err != nil {
			return
		}
		twice, err := boltstore.ParseRecord(once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%x became %x and then %x, %v", b, once, twice, err)
		}
	})
}

// FuzzCursor opens feeds at any cursor: it is lost, or one that the store could have given out.
func FuzzCursor(f *testing.F) {
	store := open(f, filepath.Join(f.TempDir(), "store"), boltstore.Options{NoSync: true})
	for _, seed := range []string{"", "0123456789abcdef.0", ".", "0.", ".0", "0000000000000000.18446744073709551615"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for change, err := range store.Changes(t.Context(), knowledge.Cursor(text)) {
			if !errors.Is(err, knowledge.ErrCursorLost) && (err != nil || text != "" && change.Cursor != knowledge.Cursor(text)) {
				t.Errorf("the cursor %q gave %+v, %v", text, change, err)
			}
			break
		}
	})
}
