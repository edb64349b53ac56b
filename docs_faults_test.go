package goodpractice_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestLinkFaults(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"docs/page.md": {}, "docs/other.md": {}, "picture.png": {}}
	other := readDocument("docs/other.md", []byte("# How to Import\n"))
	tests := []struct {
		name, content string
		want          string
	}{
		{"a file beside it", "See [other](other.md).", ""},
		{"a file above", "![The playground](../picture.png)", ""},
		{"a folder", "See [the pages](../docs/).", ""},
		{"a heading", "See [other](other.md#how-to-import).", ""},
		{"its own heading", "# Limits\n\nSee [below](#limits).", ""},
		{"another site", "See [there](https://example.org/missing.md).", ""},
		{"a link in code", "Write `[text](missing.md)`.", ""},
		{"a file that is not there", "See [other](missing.md).", "there is no docs/missing.md"},
		{"a picture that is not there", "![The playground](picture.png)", "there is no docs/picture.png"},
		{"a heading that is not there", "See [other](other.md#export).", "docs/other.md has no such heading"},
		{"a reference that is not there", "See [other].\n\n[other]: missing.md\n", "there is no docs/missing.md"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := linkFaults(files, []document{readDocument("docs/page.md", []byte(test.content)), other})
			if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || !strings.Contains(got[0], test.want)) {
				t.Errorf("linkFaults = %q, want one with %q", got, test.want)
			}
		})
	}
}

func TestCommandFaults(t *testing.T) {
	t.Parallel()
	const makefile = ".PHONY: run\nVERSION := 1\nrun: build ## Run it.\n\tgo run .\ntest-e2e:\n"
	tests := []struct {
		name, content string
		want          string
	}{
		{"a target", "Type `make run`.", ""},
		{"a target with a dash, in a block", "```sh\nmake test-e2e   # in Chromium\n```\n", ""},
		{"prose", "These make sense.", ""},
		{"a comment in a block", "```sh\nls # to make sure\n```\n", ""},
		{"a missing target", "Type `make walk`.", "no target walk"},
		{"a missing target after another command", "```sh\ncd goodpractice && make walk\n```\n", "no target walk"},
		{"a variable is no target", "Type `make version`.", "no target version"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := commandFaults(makefile, []document{readDocument("README.md", []byte(test.content))})
			if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || !strings.Contains(got[0], test.want)) {
				t.Errorf("commandFaults = %q, want one with %q", got, test.want)
			}
		})
	}
}
