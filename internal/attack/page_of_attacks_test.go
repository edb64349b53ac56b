package attack_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named is a test that docs/attacks.md names: a package and a function.
var named = regexp.MustCompile("`((?:internal|graph|cmd)[a-z/]*) ((?:Test|Fuzz)[A-Za-z0-9]+)`")

// Every row of docs/attacks.md names tests that exist, and every case of this package belongs to a row.
func TestEveryRowHasATest(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "attacks.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, " | ")
		if len(cells) < 4 || strings.HasPrefix(line, "| attack ") {
			continue
		}
		rows++
		tests := named.FindAllStringSubmatch(cells[3], -1)
		if len(tests) == 0 {
			t.Errorf("no test is named for %s", cells[0])
		}
		for _, test := range tests {
			if !exists(t, test[1], test[2]) {
				t.Errorf("there is no %s in %s", test[2], test[1])
			}
		}
	}
	if rows < 30 {
		t.Errorf("the page has %d rows: is its form another one?", rows)
	}
	text := strings.ToLower(string(page))
	for _, one := range documents() {
		if !strings.Contains(text, one.row) {
			t.Errorf("the page has no row for %q", one.row)
		}
	}
	for _, one := range requests() {
		if !strings.Contains(text, one.row) {
			t.Errorf("the page has no row for %q", one.row)
		}
	}
}

// exists tells whether a package has a test of the name.
func exists(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
