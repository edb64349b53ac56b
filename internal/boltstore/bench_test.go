package boltstore_test

import (
	"path/filepath"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/storetest"
)

// quick leaves it to the operating system when to write to the disk, careful does not.
func quick(tb testing.TB, dir string) storetest.Engine {
	tb.Helper()
	return open(tb, filepath.Join(dir, "store"), boltstore.Options{NoSync: true})
}

func careful(tb testing.TB, dir string) storetest.Engine {
	tb.Helper()
	return open(tb, filepath.Join(dir, "store"), boltstore.Options{})
}

func BenchmarkLoad(b *testing.B) { storetest.BenchmarkLoad(b, quick) }

// BenchmarkSave is that of the table in group.go.
func BenchmarkSave(b *testing.B)     { storetest.BenchmarkSave(b, careful) }
func BenchmarkSaveMany(b *testing.B) { storetest.BenchmarkSaveMany(b, careful) }
func BenchmarkRead(b *testing.B)     { storetest.BenchmarkRead(b, quick) }
