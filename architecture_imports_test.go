package goodpractice_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// goPackage is what `go list -json` tells of a package.
type goPackage struct {
	ImportPath                         string
	Dir                                string
	GoFiles, TestGoFiles, XTestGoFiles []string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

func TestImportsFollowTheTable(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	for _, fault := range importFaults(importTable(), packages) {
		t.Error(fault)
	}
}

func TestImportFaults(t *testing.T) {
	t.Parallel()
	table := []place{
		{path: "internal/knowledge", level: 0},
		{path: "internal/search", level: 1, ours: []string{"internal/knowledge"}, modules: []string{"github.com/blevesearch"}},
		{path: "internal/storetest", level: 1, ours: []string{"internal/knowledge"}, test: true},
		{path: "internal/config", level: 0, modules: []string{anyModule}},
		{path: "cmd/goodpractice", level: 5, ours: []string{anyOfOurs}, modules: []string{anyModule}},
	}
	tests := []struct {
		name string
		pkg  goPackage
		want string // A part of the only fault, or "" for none.
	}{
		{"the domain may use the standard library", fake("internal/knowledge", "strings", "net/url"), ""},
		{"the domain uses no module", fake("internal/knowledge", xText+"/language"), "may not import golang.org/x/text/language"},
		{"the domain uses none of ours", fake("internal/knowledge", "goodpractice/internal/search"), "may not import goodpractice/internal/search"},
		{"search may use Bleve and the domain", fake("internal/search", "github.com/blevesearch/bleve/v2", "goodpractice/internal/knowledge"), ""},
		{"a name that only begins alike is another", fake("internal/search", "goodpractice/internal/knowledgetest"), "may not import"},
		{"a module that only begins alike is another", fake("internal/search", "github.com/blevesearchers/x"), "may not import"},
		{"the program may use any module", fake("cmd/goodpractice", "github.com/alecthomas/kong"), ""},
		{"the program names no driver", fake("cmd/goodpractice", "go.etcd.io/bbolt"), "may not import go.etcd.io/bbolt"},
		{"any module is not any driver", fake("internal/config", "github.com/rs/cors"), "may not import github.com/rs/cors"},
		{"the program uses no test package", fake("cmd/goodpractice", "goodpractice/internal/storetest"), "only tests may import"},
		{"a newcomer must be placed", fake("internal/util"), "is not in the import table"},
		{
			"a test may use test packages and other modules",
			goPackage{ImportPath: "goodpractice/internal/search", XTestImports: []string{"goodpractice/internal/storetest", goCmp + "/cmp"}},
			"",
		},
		{
			"a test names no driver of another package",
			goPackage{ImportPath: "goodpractice/internal/search", TestImports: []string{"go.etcd.io/bbolt"}},
			"test of internal/search may not import go.etcd.io/bbolt",
		},
		{
			"nothing imports the program",
			goPackage{ImportPath: "goodpractice/internal/search", XTestImports: []string{"goodpractice/cmd/goodpractice"}},
			"nothing may import the program",
		},
		{
			"the domain reaches no module by a detour",
			goPackage{ImportPath: "goodpractice/internal/knowledge", Deps: []string{"strings", "golang.org/x/text/cases"}},
			"reaches golang.org/x/text/cases",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := importFaults(table, []goPackage{test.pkg})
			switch {
			case test.want == "" && len(got) == 0:
			case test.want != "" && len(got) == 1 && strings.Contains(got[0], test.want):
			default:
				t.Errorf("importFaults = %q, want one with %q", got, test.want)
			}
		})
	}
}

// fake is a package whose production files import what is listed.
func fake(path string, imports ...string) goPackage {
	return goPackage{ImportPath: module + "/" + path, Imports: imports}
}

// importFaults says what in the packages goes against the table, one sentence a fault.
func importFaults(table []place, packages []goPackage) []string {
	byPath := tableByPath(table)
	var faults []string
	for _, pkg := range packages {
		path := relative(pkg.ImportPath)
		row, placed := byPath[path]
		if !placed {
			faults = append(faults, path+" is not in the import table: place it in architecture_test.go")
			continue
		}
		for _, imported := range pkg.Imports {
			if reason := refuse(byPath, row, imported); reason != "" {
				faults = append(faults, fmt.Sprintf("%s may not import %s: %s", path, imported, reason))
			}
		}
		for _, imported := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(pkg.TestImports, pkg.XTestImports)))) {
			if reason := refuseInTest(path, imported); reason != "" {
				faults = append(faults, fmt.Sprintf("test of %s may not import %s: %s", path, imported, reason))
			}
		}
		if path == "internal/knowledge" {
			faults = append(faults, outsideStandardLibrary(pkg)...)
		}
	}
	return faults
}

// refuse says why a production file of a package may not import a path, or "".
func refuse(byPath map[string]place, row place, imported string) string {
	switch {
	case standard(imported):
		return ""
	case within(imported, module):
		target := relative(imported)
		if byPath[target].test && !row.test {
			return "only tests may import it"
		}
		if slices.Contains(row.ours, target) || slices.Contains(row.ours, anyOfOurs) && !within(target, "cmd") {
			return ""
		}
		return "the import table does not have it"
	}
	if slices.ContainsFunc(row.modules, func(prefix string) bool { return within(imported, prefix) }) {
		return ""
	}
	if slices.Contains(row.modules, anyModule) && driver(imported) == "" {
		return ""
	}
	return "the import table does not have it"
}

// refuseInTest says why a test of a package may not import a path, or "". Tests may use every package of ours but the
// program, and every module but a driver that another package owns.
func refuseInTest(path, imported string) string {
	if target := relative(imported); within(imported, module) && within(target, "cmd") && target != path {
		return "nothing may import the program"
	}
	if name := driver(imported); name != "" && !mayDrive(path, name) {
		return "only " + strings.Join(driversOf()[name], " and ") + " may name this driver"
	}
	return ""
}

// outsideStandardLibrary lists what a package reaches, directly or not, beyond the standard library and itself.
func outsideStandardLibrary(pkg goPackage) []string {
	var faults []string
	for _, dep := range pkg.Deps {
		if !standard(dep) && dep != pkg.ImportPath {
			faults = append(faults, fmt.Sprintf("%s reaches %s: it has the standard library only", relative(pkg.ImportPath), dep))
		}
	}
	return faults
}

// standard reports whether a path is of the standard library: the first element of any other path has a dot, or is ours.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return first != module && (!strings.Contains(first, ".") || strings.HasPrefix(importPath, "vendor/"))
}

// relative is a path of ours without the module in front.
func relative(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/")
}

// listPackages asks the go command for every package of the module but this one.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e",
		"-json=ImportPath,Dir,GoFiles,TestGoFiles,XTestGoFiles,Imports,TestImports,XTestImports,Deps", "./...")
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg goPackage
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		if pkg.ImportPath != module {
			packages = append(packages, pkg)
		}
	}
}
