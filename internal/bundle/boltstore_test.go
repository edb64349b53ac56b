package bundle_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/bundle"
)

// The stores of the other tests are fakes; this one is the real embedded one.
func TestTheEmbeddedStoreIsCopiedToTheByte(t *testing.T) {
	t.Parallel()
	var text [2]bytes.Buffer
	for i := range text {
		store, err := boltstore.Open(filepath.Join(t.TempDir(), "records.db"), boltstore.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		})
		if i == 0 {
			if _, err := bundle.Plant(t.Context(), store, seed(t)); err != nil {
				t.Fatal(err)
			}
		} else {
			o := options(store)
			o.Strict = true
			if report, err := bundle.Import(t.Context(), bytes.NewReader(text[0].Bytes()), o); err != nil || report.Bad > 0 {
				t.Fatalf("report %+v, %v", report, err)
			}
		}
		if _, err := bundle.Export(t.Context(), store, &text[i], bundle.ExportOptions{History: true}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(text[0].Bytes(), text[1].Bytes()) {
		t.Error("the copy is exported differently")
	}
}
