package goodpractice_test

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The size targets of the project's style, in lines, counted over everything that is not generated.
const (
	maxFileLines       = 500
	fileMedianTarget   = 120
	fileP90Target      = 300
	maxFunctionP95     = 50
	fewestToGeneralise = 20 // A percentile of fewer functions says nothing.
)

func TestSizesStayReadable(t *testing.T) {
	t.Parallel()
	files := sources(t)
	for _, fault := range sizeFaults(files) {
		t.Error(fault)
	}
	var lines []int
	for _, file := range files {
		lines = append(lines, file.lines)
	}
	t.Logf("%d files: median %d lines (target %d), p90 %d (target %d), longest %d; functions p95 %d lines (limit %d)",
		len(files), percentile(lines, 50), fileMedianTarget, percentile(lines, 90), fileP90Target, slices.Max(lines),
		percentile(functionLines(files), 95), maxFunctionP95)
}

func TestEveryPackageIsDocumented(t *testing.T) {
	t.Parallel()
	for _, fault := range documentationFaults(sources(t)) {
		t.Error(fault)
	}
}

func TestSizeFaults(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("\n", maxFileLines)
	body := func(lines int) string { return "func f() {" + strings.Repeat("\n", lines-1) + "}\n" }
	tests := []struct {
		name, text string
		want       string
	}{
		{"a file at the limit", "package p" + long, ""},
		{"a file over the limit", "package p\n" + long, "501 lines"},
		{"short functions", "package p\n" + strings.Repeat(body(10), 30), ""},
		{"one long function among many", "package p\n" + strings.Repeat(body(5), 30) + body(80), ""},
		{"too many long functions", "package p\n" + strings.Repeat(body(2), 30) + strings.Repeat(body(51), 5), "95 % of functions"},
		{"an init function", "package p\nfunc init() {}\n", "init"},
		{"a method called init", "package p\ntype t struct{}\nfunc (t) init() {}\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := sizeFaults([]source{mustParse(t, "internal/p/p.go", test.text)})
			if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || !strings.Contains(got[0], test.want)) {
				t.Errorf("sizeFaults = %q, want one with %q", got, test.want)
			}
		})
	}
}

func TestDocumentationFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, text string
		want             string
	}{
		{"documented", "internal/p/doc.go", "// Package p finds practices.\npackage p\n", ""},
		{"no comment", "internal/p/doc.go", "package p\n", "has no package comment in doc.go"},
		{"comment elsewhere", "internal/p/p.go", "// Package p finds practices.\npackage p\n", "has no package comment in doc.go"},
		{"comment of another form", "internal/p/doc.go", "// Finds practices.\npackage p\n", "does not begin with"},
		{"a program", "cmd/p/doc.go", "// Command p serves practices.\npackage main\n", ""},
		{"tests of the whole project", "architecture_test.go", "package goodpractice_test\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := documentationFaults([]source{mustParse(t, test.file, test.text)})
			if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || !strings.Contains(got[0], test.want)) {
				t.Errorf("documentationFaults = %q, want one with %q", got, test.want)
			}
		})
	}
}

// sizeFaults says which files are too long, whether functions are in general, and where an init function stands.
func sizeFaults(files []source) []string {
	var faults []string
	for _, file := range files {
		if file.lines > maxFileLines {
			faults = append(faults, fmt.Sprintf("%s has %d lines: one concept a file, %d at most", file.path, file.lines, maxFileLines))
		}
		for _, decl := range file.syntax.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				faults = append(faults, file.at(f.Pos())+": no init function: whoever needs something builds it")
			}
		}
	}
	lines := functionLines(files)
	if p95 := percentile(lines, 95); len(lines) >= fewestToGeneralise && p95 > maxFunctionP95 {
		faults = append(faults, fmt.Sprintf("95 %% of functions have up to %d lines, %d is the limit", p95, maxFunctionP95))
	}
	return faults
}

// functionLines measures every function from its first line to its closing brace.
func functionLines(files []source) []int {
	var lines []int
	for _, file := range files {
		for _, decl := range file.syntax.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				lines = append(lines, file.fset.Position(f.End()).Line-file.fset.Position(f.Pos()).Line+1)
			}
		}
	}
	return lines
}

// documentationFaults says which packages lack a doc.go with a comment that godoc shows. The tests at the root of the
// module are a package that nobody can import, so they have none.
func documentationFaults(files []source) []string {
	faults := make(map[string]string)
	for _, file := range files {
		if file.dir() != "." && faults[file.dir()] == "" {
			faults[file.dir()] = file.dir() + " has no package comment in doc.go"
		}
	}
	for _, file := range files {
		comment := file.syntax.Doc.Text()
		if !strings.HasSuffix(file.path, "/doc.go") || comment == "" {
			continue
		}
		name := file.syntax.Name.Name
		begin := "Package " + name + " "
		if name == "main" {
			begin = "Command " + file.dir()[strings.LastIndex(file.dir(), "/")+1:] + " "
		}
		delete(faults, file.dir())
		if !strings.HasPrefix(comment, begin) {
			faults[file.dir()] = fmt.Sprintf("%s: the comment does not begin with %q", file.path, begin)
		}
	}
	return slices.Sorted(maps.Values(faults))
}

// percentile is the smallest value that at least p percent of the values do not exceed (nearest rank), 0 of none.
func percentile(values []int, p int) int {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)*p+99)/100-1]
}
