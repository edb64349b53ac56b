package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// block is one of the blocks of code of a document.
var block = regexp.MustCompile("(?ms)^```(console|json)\n(.*?)^```$")

// TestCachingExamples runs the examples of docs/caching.md on a server that has its manifest: what stands after each command is
// what it prints, with … for anything.
func TestCachingExamples(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("the examples need curl")
	}
	text, err := os.ReadFile(filepath.FromSlash("../../docs/caching.md"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var consoles []string
	for _, found := range block.FindAllStringSubmatch(string(text), -1) {
		if found[1] == "console" {
			consoles = append(consoles, found[2])
		} else if err := os.WriteFile(filepath.Join(folder, "persisted-documents.json"), []byte(found[2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(consoles) < 5 {
		t.Fatalf("%d examples are left", len(consoles))
	}
	s := sample(t, "--documents", folder)
	for _, console := range consoles {
		script, want := "", ""
		for line := range strings.Lines(console) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				script += strings.ReplaceAll(command, "https://practices.example", s.url) // The shell keeps its variables.
				script = strings.TrimSuffix(script, "\n") + "; echo\n"
			} else {
				want += line
			}
		}
		out, err := exec.CommandContext(t.Context(), "sh", "-c", script).CombinedOutput()
		got := strings.Join(strings.FieldsFunc(string(out), func(r rune) bool { return r == '\r' || r == '\n' }), "\n") + "\n"
		pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(want), "…", ".*") + "$"
		if matched, badPattern := regexp.MatchString(pattern, got); err != nil || badPattern != nil || !matched {
			t.Errorf("%s\nprints\n%s\n%v, want\n%s", script, got, err, want)
		}
	}
}
