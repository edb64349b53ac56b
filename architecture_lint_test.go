package goodpractice_test

import (
	"flag"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// listRule is one rule of depguard, the linter that shows a wrong import while it is being typed.
type listRule struct {
	Mode  string   `yaml:"list-mode"`
	Files []string `yaml:"files"`
	Allow []string `yaml:"allow,omitempty"`
	Deny  []denied `yaml:"deny,omitempty"`
}

// denied is an import path, and what follows it, that a rule refuses.
type denied struct {
	Package string `yaml:"pkg"`
	Reason  string `yaml:"desc"`
}

// update makes the test write what it would otherwise compare: go test -run TestLinterHasTheSameTable -update .
var update = flag.Bool("update", false, "write the import table into .golangci.yml")

func TestLinterHasTheSameTable(t *testing.T) {
	t.Parallel()
	const start, end, margin = "    depguard:\n      rules:\n", "\n  exclusions:\n", "        "
	config, err := os.ReadFile(".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, hasStart := strings.Cut(string(config), start)
	rules, after, hasEnd := strings.Cut(rest, end)
	if !hasStart || !hasEnd {
		t.Fatal(".golangci.yml has no depguard rules with the exclusions after them")
	}
	text, err := yaml.MarshalWithOptions(listRules(importTable()), yaml.IndentSequence(true))
	if err != nil {
		t.Fatal(err)
	}
	want := margin + strings.ReplaceAll(strings.TrimSpace(string(text)), "\n", "\n"+margin) + "\n"
	if *update {
		if err := os.WriteFile(".golangci.yml", []byte(before+start+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Errorf(".golangci.yml does not say what the import table says, run this test with -update (- table, + file):\n%s", diff)
	}
}

// listRules translates the table: a rule for the production files of each package, and a rule for each driver in tests.
func listRules(table []place) map[string]listRule {
	rules := make(map[string]listRule)
	for _, p := range table {
		rules[p.path] = packageRule(table, p)
	}
	drivers := driversOf()
	for _, name := range slices.Sorted(maps.Keys(drivers)) {
		rule := listRule{Mode: "lax", Files: []string{"$test"}}
		for _, owner := range drivers[name] {
			rule.Files = append(rule.Files, "!"+glob(owner))
		}
		rule.Deny = []denied{{name, "only " + strings.Join(drivers[name], " and ") + " may name it"}}
		// A rule's name has no dot: the configuration's reader takes one as a step down.
		rules["tests/"+path.Base(strings.TrimSuffix(name, "/v2"))] = rule
	}
	return rules
}

// packageRule lists what may be imported, or what may not where any module may.
func packageRule(table []place, p place) listRule {
	rule := listRule{Mode: "strict", Files: []string{glob(p.path), "!$test"}, Allow: []string{"$gostd"}}
	if slices.Contains(p.modules, anyModule) {
		rule.Mode, rule.Allow = "lax", nil
		for _, name := range slices.Sorted(maps.Keys(driversOf())) {
			rule.Deny = append(rule.Deny, denied{name, "a driver of another package"})
		}
		if !slices.Contains(p.ours, anyOfOurs) {
			rule.Deny = append(rule.Deny, denied{module + "/", "nothing of ours"})
			return rule
		}
		for _, other := range table {
			if other.test {
				rule.Deny = append(rule.Deny, denied{module + "/" + other.path + "$", "only tests may import it"})
			}
		}
		return rule
	}
	for _, ours := range p.ours {
		rule.Allow = append(rule.Allow, module+"/"+ours+"$")
	}
	rule.Allow = append(rule.Allow, p.modules...)
	return rule
}

// glob is the pattern of a package's files, or of a tree's.
func glob(owner string) string {
	if tree, isTree := strings.CutSuffix(owner, "/..."); isTree {
		return "**/" + tree + "/**"
	}
	return "**/" + owner + "/*.go"
}
