package main

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
)

// manifest puts a manifest of documents into a folder, under a name of its own, as a deployment does: all at once.
func manifest(t *testing.T, folder, name string, documents ...string) {
	t.Helper()
	var lines []string
	for _, text := range documents {
		lines = append(lines, fmt.Sprintf("%q: %q", knowledge.DocumentID(text), text))
	}
	replace(t, folder, name, "{"+strings.Join(lines, ",\n")+"}")
}

func replace(t *testing.T, folder, name, content string) {
	t.Helper()
	fresh := filepath.Join(folder, name+".new")
	if err := os.WriteFile(fresh, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(fresh, filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
}

const (
	themesDocument = "query Themes { themes(first: 1) { totalCount } }"
	nameDocument   = "query Name { __typename }"
)

// failing is a folder whose files cannot be opened.
type failing struct{ fs.FS }

// Open implements fs.FS: the folder itself can be listed.
func (f failing) Open(name string) (fs.File, error) {
	if name == "." {
		return f.FS.Open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EMFILE}
}

func TestFoldersOfTrustedDocumentsAreReadWhenTheyChange(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	trust := &trusted{folder: os.DirFS(folder), ofPartners: func(string) (string, bool) { return "", false }}
	knows := func(what string, want ...string) {
		t.Helper()
		for _, text := range []string{themesDocument, nameDocument} {
			got, found := trust.Document(knowledge.DocumentID(text))
			isWanted := strings.Contains(strings.Join(want, "\n"), text)
			if found != isWanted || found && got != text {
				t.Errorf("%s: %q is there: %v", what, text, found)
			}
		}
	}
	read := func(what string, wantChange bool, wantErr string) {
		t.Helper()
		changed, err := trust.read()
		if changed != wantChange || (err == nil) != (wantErr == "") || err != nil && !strings.Contains(err.Error(), wantErr) {
			t.Errorf("%s: %v, %v", what, changed, err)
		}
	}
	read("nothing", false, "there is no manifest")
	knows("nothing")
	manifest(t, folder, "a.json", themesDocument)
	read("a first one", true, "")
	read("a first one, again", false, "")
	knows("a first one", themesDocument)
	manifest(t, folder, "b.json", nameDocument)
	read("a second one", true, "")
	knows("a second one", themesDocument, nameDocument)
	replace(t, folder, "a.json", "{")
	read("a broken one", false, "a.json: it is not one JSON object")
	read("a broken one, again", false, "")
	knows("a broken one", themesDocument, nameDocument)
	manifest(t, folder, "a.json", "{ nothing }")
	read("a wrong one", false, "does not fit the schema")
	knows("a wrong one", themesDocument, nameDocument)
	if err := os.Remove(filepath.Join(folder, "a.json")); err != nil {
		t.Fatal(err)
	}
	read("one went", true, "")
	passing := trust.folder
	trust.folder, trust.seen = failing{passing}, ""
	read("out of files", false, "too many open files")
	read("out of files, again", false, "")
	trust.folder = passing // In the same state as when it failed.
	read("files are there again", true, "")
	knows("one went", nameDocument)
}

// A server takes in what the operator puts into the folder while it runs, forgets what was answered by what is gone, and
// says in its log what is wrong.
func TestTrustedDocumentsAreTakenInWithoutARestart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	manifest(t, folder, "a.json", themesDocument)
	s, err := startServer(filepath.Join(t.TempDir(), "data"), append(os.Environ(), "GOODPRACTICE_STORE="),
		"--seed", "none", "--documents", folder, "--trusted-only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.kill() })
	ask := func(text string) string {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/graphql?documentId="+url.QueryEscape(knowledge.DocumentID(text)), nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	until := func(what string, is func() bool) {
		t.Helper()
		for deadline := time.Now().Add(startLimit); !is(); time.Sleep(100 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: %s", what, s.stderr)
			}
		}
	}
	if got := ask(themesDocument); !strings.Contains(got, `"totalCount"`) {
		t.Fatalf("at first: %s", got)
	}
	manifest(t, folder, "a.json", nameDocument)
	until("the new document is not there", func() bool { return strings.Contains(ask(nameDocument), `"Query"`) })
	if got := ask(themesDocument); !strings.Contains(got, "DOCUMENT_NOT_FOUND") {
		t.Errorf("what is gone is still answered: %s", got)
	}
	replace(t, folder, "a.json", "{")
	until("the log does not tell what is wrong", func() bool { return strings.Contains(s.stderr.String(), "a.json: it is not one JSON object") })
	if got := ask(nameDocument); !strings.Contains(got, `"Query"`) {
		t.Errorf("with a broken file: %s", got)
	}
}
