package goodpractice_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strings"
	"testing"
)

func TestPackageVariablesDoNotChange(t *testing.T) {
	t.Parallel()
	for _, fault := range variableFaults(sources(t)) {
		t.Error(fault)
	}
}

func TestVariableFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       string
	}{
		{"a table that is read", "var table = map[string]int{}\nfunc f() int { return table[\"a\"] }", ""},
		{"an assignment", "var limit = 1\nfunc f() { limit = 2 }", "limit is a package variable"},
		{"an increment", "var count int\nfunc f() { count++ }", "count is a package variable"},
		{"an element", "var table = map[string]int{}\nfunc f() { table[\"a\"] = 1 }", "table is a package variable"},
		{"a field", "var conf struct{ n int }\nfunc f() { conf.n = 1 }", "conf is a package variable"},
		{"a deletion", "var table = map[string]int{}\nfunc f() { delete(table, \"a\") }", "table is a package variable"},
		{"an address", "var limit = 1\nfunc f(g func(*int)) { g(&limit) }", "limit is a package variable"},
		{"a lock", "var mu sync.Mutex", "mu holds state"},
		{"an atomic value", "var n = atomic.Int64{}", "n holds state"},
		{"a parameter of the same name", "var limit = 1\nfunc f(limit int) { limit = 2 }", ""},
		{"a local variable of the same name", "var limit = 1\nfunc f() { limit := 2; limit = 3; _ = limit }", ""},
		{"a result thrown away", "var _ error = nil\nfunc f() { _ = f }", ""},
		{"another package's variable", "import \"goodpractice/internal/q\"\nfunc f() { q.Limit = 2 }", "q.Limit is another package's"},
		{"another package's variable under another name", "import r \"goodpractice/internal/q\"\nfunc f() { r.Limit = 2 }", "r.Limit is another package's"},
		{"a field of a local value", "import \"goodpractice/internal/q\"\nfunc f(q struct{ Limit int }) { q.Limit = 2 }", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := variableFaults([]source{mustParse(t, "internal/p/p.go", "package p\n"+test.text+"\n")})
			if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || !strings.Contains(got[0], test.want)) {
				t.Errorf("variableFaults = %q, want one with %q", got, test.want)
			}
		})
	}
	t.Run("a variable of another file", func(t *testing.T) {
		t.Parallel()
		got := variableFaults([]source{
			mustParse(t, "internal/p/a.go", "package p\nvar limit = 1\n"),
			mustParse(t, "internal/p/b.go", "package p\nfunc f() { limit = 2 }\n"),
		})
		if len(got) != 1 || !strings.Contains(got[0], "limit is a package variable") {
			t.Errorf("variableFaults = %q, want one about limit", got)
		}
	})
}

// variableFaults says where a package-level variable is changed, or could be behind a reader's back: assigned, counted up,
// changed through an element or a field, deleted from, its address taken, or made to hold state from sync. Tests are left
// out: their flags are such variables.
//
// It sees syntax only. What it cannot see is a method that changes its receiver.
func variableFaults(files []source) []string {
	declared := make(map[string]declarations) // By folder.
	var faults []string
	for _, file := range files {
		if file.isTest() {
			continue
		}
		if declared[file.dir()] == nil {
			declared[file.dir()] = make(declarations)
		}
		for _, spec := range variables(file) {
			for _, name := range spec.Names {
				declared[file.dir()][name.Name] = spec
				if holdsState(spec) {
					faults = append(faults, fmt.Sprintf("%s: %s holds state for the whole program: put it into a struct", file.at(name.Pos()), name.Name))
				}
			}
		}
	}
	for _, file := range files {
		if !file.isTest() {
			faults = append(faults, changes(file, declared[file.dir()])...)
		}
	}
	return faults
}

// declarations are the variables of a package by name.
type declarations map[string]*ast.ValueSpec

// has reports whether a name means a variable of the package, and not a parameter or local variable that hides it.
func (d declarations) has(name *ast.Ident) bool {
	spec, found := d[name.Name]
	return found && name.Name != "_" && (name.Obj == nil || name.Obj.Decl == spec)
}

// variables lists the variable declarations at the top level of a file.
func variables(file source) []*ast.ValueSpec {
	var specs []*ast.ValueSpec
	for _, decl := range file.syntax.Decls {
		if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.VAR {
			for _, spec := range group.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					specs = append(specs, spec)
				}
			}
		}
	}
	return specs
}

// holdsState reports whether a variable is made to be changed: a type of sync or sync/atomic.
func holdsState(spec *ast.ValueSpec) bool {
	types := []ast.Expr{spec.Type}
	for _, value := range spec.Values {
		if literal, ok := value.(*ast.CompositeLit); ok {
			types = append(types, literal.Type)
		}
	}
	for _, expr := range types {
		if index, ok := expr.(*ast.IndexExpr); ok {
			expr = index.X
		}
		if selector, ok := expr.(*ast.SelectorExpr); ok {
			if pkg, ok := selector.X.(*ast.Ident); ok && (pkg.Name == "sync" || pkg.Name == "atomic") {
				return true
			}
		}
	}
	return false
}

// changes finds what in a file changes one of its package's variables, or one of another package of ours.
func changes(file source, declared declarations) []string {
	imported := make(map[string]bool) // Names of packages of ours in this file.
	for _, spec := range file.syntax.Imports {
		if importPath := strings.Trim(spec.Path.Value, `"`); within(importPath, module) {
			imported[path.Base(importPath)] = spec.Name == nil
			if spec.Name != nil {
				imported[spec.Name.Name] = true
			}
		}
	}
	var faults []string
	check := func(target ast.Expr) {
		if name := changed(target, declared, imported); name != "" {
			owner := "a package variable"
			if strings.Contains(name, ".") {
				owner = "another package's variable"
			}
			faults = append(faults, fmt.Sprintf("%s: %s is %s: none changes", file.at(target.Pos()), name, owner))
		}
	}
	ast.Inspect(file.syntax, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.AssignStmt:
			if node.Tok != token.DEFINE {
				for _, target := range node.Lhs {
					check(target)
				}
			}
		case *ast.IncDecStmt:
			check(node.X)
		case *ast.UnaryExpr:
			if node.Op == token.AND {
				check(node.X)
			}
		case *ast.CallExpr:
			if called, ok := node.Fun.(*ast.Ident); ok && (called.Name == "delete" || called.Name == "clear") && len(node.Args) > 0 {
				check(node.Args[0])
			}
		}
		return true
	})
	return faults
}

// changed returns the package variable at the root of an expression that is changed, or "".
func changed(target ast.Expr, declared declarations, imported map[string]bool) string {
	for {
		switch expr := target.(type) {
		case *ast.IndexExpr:
			target = expr.X
		case *ast.ParenExpr:
			target = expr.X
		case *ast.StarExpr:
			target = expr.X
		case *ast.SelectorExpr:
			if pkg, ok := expr.X.(*ast.Ident); ok && imported[pkg.Name] && pkg.Obj == nil {
				return pkg.Name + "." + expr.Sel.Name
			}
			target = expr.X
		case *ast.Ident:
			if declared.has(expr) {
				return expr.Name
			}
			return ""
		default:
			return ""
		}
	}
}
