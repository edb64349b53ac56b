package search_test

import (
	"fmt"
	"strings"
	"testing"

	"goodpractice/internal/search"
)

func TestACacheCountsItsNames(t *testing.T) {
	t.Parallel()
	long := make([]string, 5000)
	for i := range long {
		long[i] = fmt.Sprintf("%d %s", i, strings.Repeat("x", 1000))
	}
	tests := []struct {
		name         string
		limit, bytes int
		names        []string
		least, most  int
	}{
		{"long names of nothing", 100_000, 0, long, 1, 100},
		{"large values", 100_000, 10_000, []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}, 1, 9},
		{"all that fit", 100_000, 1000, []string{"a", "b", "c"}, 3, 3},
		{"one that is too large", 100_000, 100_000, []string{"a"}, 0, 0},
		{"a name that is too long", 1000, 0, long[:1], 0, 0},
	}
	for _, test := range tests {
		if n := search.Kept(test.limit, test.bytes, test.names); n < test.least || n > test.most {
			t.Errorf("%s: %d are kept, want %d to %d", test.name, n, test.least, test.most)
		}
	}
}
