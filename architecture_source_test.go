package goodpractice_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// source is one Go file that somebody wrote.
type source struct {
	path   string // Relative to the module, with slashes.
	lines  int
	fset   *token.FileSet
	syntax *ast.File
}

// isTest reports whether the file is a test.
func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// dir is the package's folder, relative to the module.
func (s source) dir() string { return path.Dir(s.path) }

// at names a place in the file.
func (s source) at(pos token.Pos) string { return s.fset.Position(pos).String() }

// parse reads one file. Names are resolved within the file, which is all that variableFaults needs.
func parse(name string, text []byte) (source, error) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, text, parser.ParseComments)
	return source{path: name, lines: bytes.Count(text, []byte("\n")), fset: fset, syntax: syntax}, err
}

// mustParse reads a file that a test wrote down.
func mustParse(t *testing.T, name, text string) source {
	t.Helper()
	file, err := parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// sources reads every Go file of the module that is not generated.
func sources(t *testing.T) []source {
	t.Helper()
	var files []source
	walk(t, ".go", func(name string) {
		text, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := parse(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if !ast.IsGenerated(file.syntax) {
			files = append(files, file)
		}
	})
	return files
}

// walk calls visit with the path of every file of the project whose name has the suffix. It leaves out what the go command
// leaves out too, installed front-end packages, and other modules.
func walk(t *testing.T, suffix string, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() {
			hidden := name != "." && strings.HasPrefix(base, ".")
			if hidden || base == "node_modules" || base == "testdata" || name == "bin" {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil && name != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(base, suffix) {
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
