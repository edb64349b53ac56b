package mongostore_test

import (
	"testing"

	"goodpractice/internal/mongostore/mongotest"
	"goodpractice/internal/storetest"
)

// onServer opens the engine on the server for tests.
func onServer(tb testing.TB, dir string) storetest.Engine {
	tb.Helper()
	return mongotest.Open(tb, dir)
}

func BenchmarkLoad(b *testing.B)     { storetest.BenchmarkLoad(b, onServer) }
func BenchmarkSave(b *testing.B)     { storetest.BenchmarkSave(b, onServer) }
func BenchmarkSaveMany(b *testing.B) { storetest.BenchmarkSaveMany(b, onServer) }
func BenchmarkRead(b *testing.B)     { storetest.BenchmarkRead(b, onServer) }
