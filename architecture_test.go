// Package goodpractice_test holds the tests that look at the project as a whole: who imports whom (architecture_test.go),
// how long files and functions are and that every package is documented (architecture_size_test.go), that no package
// variable changes (architecture_vars_test.go), and that the documents' links and commands exist (docs_test.go).
//
// It is run by `make check` and, as a part of everything, by `make test`. Nothing can import it.
package goodpractice_test

import (
	"maps"
	"slices"
	"strings"
)

// module is the path of this module, the first element of every import path of ours.
const module = "goodpractice"

// place is one row of the import table: what the files of one package, other than its tests, may import besides the
// standard library.
type place struct {
	path    string   // The package, relative to the module.
	level   int      // An import of ours goes to a lower level, or to a neighbour that the row names.
	ours    []string // Packages of this module; anyOfOurs stands for all but cmd.
	modules []string // Prefixes of import paths of other modules; anyModule stands for all that driversOf does not keep for others.
	test    bool     // A package that only tests use: no other package's production file may import it.
}

const (
	anyOfOurs = "*ours"
	anyModule = "*module"
)

// Modules that the table names more than once.
const (
	gqlgen    = "github.com/99designs/gqlgen"
	gqlparser = "github.com/vektah/gqlparser/v2"
	websocket = "github.com/coder/websocket"
	compress  = "github.com/klauspost/compress"
	otter     = "github.com/maypok86/otter/v2"
	goCmp     = "github.com/google/go-cmp"
	lru       = "github.com/hashicorp/golang-lru/v2"
	rapid     = "pgregory.net/rapid"
	xSync     = "golang.org/x/sync"
	xText     = "golang.org/x/text"
	xTime     = "golang.org/x/time"
)

// importTable is the import table of ARCHITECTURE.md. A package that is not here fails the test: give it a row, at the
// lowest level that works, and a rule of the same name in .golangci.yml (TestLinterHasTheSameTable says what it must hold).
func importTable() []place {
	return []place{
		{path: "cmd/goodpractice", level: 5, ours: []string{anyOfOurs}, modules: []string{anyModule}},

		{path: "internal/web", level: 4, ours: []string{"internal/knowledge"}, modules: []string{"github.com/rs/cors", compress, xSync, xText, xTime}},
		{path: "internal/pages", level: 2, ours: []string{"internal/export", "internal/knowledge"}, modules: []string{xText}},
		{path: "internal/export", level: 1, ours: []string{"internal/knowledge"}},
		{path: "internal/admin", level: 4, ours: []string{"internal/knowledge"}},
		{path: "internal/attack", level: 4, test: true},
		{path: "internal/e2e", level: 4, test: true},

		{
			path: "graph", level: 3,
			ours: []string{
				"graph/generated", "graph/relay", "graph/scalar", "graph/transport", "internal/catalog", "internal/knowledge",
			},
			modules: []string{gqlgen, gqlparser, "github.com/graph-gophers/dataloader", xSync, xText, xTime},
		},
		{
			path: "graph/generated", level: 2,
			ours:    []string{"graph/relay", "graph/scalar", "internal/knowledge"},
			modules: []string{gqlgen, gqlparser},
		},

		{path: "graph/relay", level: 1, ours: []string{"internal/knowledge"}, modules: []string{gqlgen, gqlparser}},
		{path: "graph/scalar", level: 1, ours: []string{"internal/knowledge"}, modules: []string{gqlgen, gqlparser, xText}},
		{path: "graph/transport", level: 1, modules: []string{gqlgen, gqlparser, websocket, otter, compress, xSync, xTime}},
		{path: "internal/catalog", level: 1, ours: []string{"internal/knowledge"}, modules: []string{lru, xSync, xText, xTime}},
		{path: "internal/indexsync", level: 1, ours: []string{"internal/knowledge"}, modules: []string{xSync, xTime}},
		{path: "internal/boltstore", level: 1, ours: []string{"internal/knowledge"}, modules: []string{"go.etcd.io/bbolt", xSync}},
		{
			path: "internal/mongostore", level: 1,
			ours:    []string{"internal/knowledge"},
			modules: []string{"go.mongodb.org/mongo-driver", "github.com/cenkalti/backoff", "github.com/sony/gobreaker", lru},
		},
		{
			path: "internal/mongostore/mongotest", level: 2, test: true,
			ours: []string{"internal/mongostore"}, modules: []string{"go.mongodb.org/mongo-driver"},
		},
		{
			path: "internal/search", level: 3,
			ours: []string{
				"internal/knowledge", "internal/search/query", "internal/search/semantics", "internal/search/spelling",
				"internal/search/text", "internal/search/thesaurus",
			},
			modules: []string{"github.com/blevesearch", "github.com/RoaringBitmap/roaring", xSync, xText},
		},
		{path: "internal/search/thesaurus", level: 2, ours: []string{"internal/knowledge", "internal/search/text"}},
		{path: "internal/search/text", level: 1, ours: []string{"internal/knowledge"}, modules: []string{"github.com/blevesearch", xText}},
		{path: "internal/search/plainbleve", level: 1, ours: []string{"internal/knowledge"}, modules: []string{"github.com/blevesearch"}, test: true},
		{path: "internal/search/query", level: 0},
		{path: "internal/search/spelling", level: 0},
		{path: "internal/search/semantics", level: 0, modules: []string{"gonum.org/v1/gonum"}},
		{path: "internal/bundle", level: 1, ours: []string{"internal/knowledge"}, modules: []string{xSync, xText}},
		{path: "internal/partners", level: 1, ours: []string{"internal/knowledge"}},
		{path: "internal/auth", level: 1, ours: []string{"internal/knowledge"}, modules: []string{xSync, xTime}},
		{
			path: "internal/knowledgetest", level: 1, test: true,
			ours: []string{"internal/knowledge"}, modules: []string{goCmp, rapid},
		},
		{
			path: "internal/storetest", level: 2, test: true,
			ours:    []string{"internal/catalog", "internal/indexsync", "internal/knowledge", "internal/knowledgetest"},
			modules: []string{goCmp, rapid, xSync},
		},

		{path: "internal/documents", level: 0},
		{path: "internal/knowledge", level: 0},
		{path: "internal/evaluation", level: 0},
		{path: "internal/stopwatch", level: 0, test: true},
		{path: "internal/quota", level: 0, modules: []string{lru, xTime}},
		{path: "internal/config", level: 0, modules: []string{anyModule}},
		{path: "internal/telemetry", level: 0, modules: []string{anyModule}},
	}
}

// driversOf says which packages may name a driver, in tests as well: a name that ends in /... stands for a tree.
func driversOf() map[string][]string {
	return map[string][]string{
		gqlgen:                        {"graph/..."},
		gqlparser:                     {"graph/..."},
		"github.com/blevesearch":      {"internal/search", "internal/search/plainbleve", "internal/search/text"},
		"go.mongodb.org/mongo-driver": {"internal/mongostore/..."},
		"go.etcd.io/bbolt":            {"internal/boltstore"},
		"github.com/rs/cors":          {"internal/web"},
	}
}

// tableByPath indexes the table by package path.
func tableByPath(table []place) map[string]place {
	byPath := make(map[string]place, len(table))
	for _, p := range table {
		byPath[p.path] = p
	}
	return byPath
}

// driver returns the driver that an import path belongs to, or "".
func driver(importPath string) string {
	for name := range maps.Keys(driversOf()) {
		if within(importPath, name) {
			return name
		}
	}
	return ""
}

// within reports whether an import path is a prefix itself or lies below it.
func within(importPath, prefix string) bool {
	return importPath == prefix || strings.HasPrefix(importPath, prefix+"/")
}

// mayDrive reports whether a package may name a driver.
func mayDrive(pkg, driver string) bool {
	return slices.ContainsFunc(driversOf()[driver], func(owner string) bool {
		tree, isTree := strings.CutSuffix(owner, "/...")
		return pkg == owner || isTree && within(pkg, tree)
	})
}
