package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/boltstore"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/mongostore/mongotest"
	"goodpractice/internal/search"
)

// goodpractice runs a command in this process.
func goodpractice(t *testing.T, args ...string) (stdout string, err error) {
	t.Helper()
	var out strings.Builder
	err = run(t.Context(), args, func(string) string { return "" }, strings.NewReader(""), &out, t.Output())
	return out.String(), err
}

// openApp opens the knowledge base in a data directory, with the embedded store.
func openApp(ctx context.Context, dir string, log *slog.Logger, now func() time.Time) (*app, error) {
	a, err := openRecords(config.Global{Data: dir}, log, now) //nolint:contextcheck // It is closed by the caller.
	if err != nil {
		return nil, err
	}
	if err := a.openIndex(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

// A record that is in the index and not in the store is found and told, and reindex mends it.
func TestCheckTellsWhatDiffers(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	if _, err := goodpractice(t, "import", "testdata/files/vocabulary.jsonl", "--data", data); err != nil {
		t.Fatal(err)
	}
	ghost := addGhost(t, data)
	out, err := goodpractice(t, "check", "--data", data)
	if !errors.Is(err, errDiffers) || out != "1 record in the index but not in the store: "+string(ghost)+"\n" {
		t.Errorf("check printed %q, error %v", out, err)
	}
	if _, err := goodpractice(t, "reindex", "--data", data); err != nil {
		t.Error(err)
	}
	out, err = goodpractice(t, "check", "--data", data)
	if err != nil || out != "The search index and the store are equal: 157 records.\n" {
		t.Errorf("check printed %q, error %v", out, err)
	}
}

// addGhost puts a record into the index of a data directory that its store does not have.
func addGhost(t *testing.T, data string) knowledge.ID {
	t.Helper()
	index, err := search.Open(t.Context(), search.Options{Dir: filepath.Join(data, "index")})
	if err != nil {
		t.Fatal(err)
	}
	ghost := &knowledge.Theme{}
	ghost.Meta = knowledge.Meta{
		ID: knowledge.DeriveID(knowledge.KindTheme, "ghost"), Slug: "ghost", Revision: 1, Status: knowledge.StatusPublished,
	}
	generation := index.Current()
	cursor, err := generation.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	if err := generation.Apply(t.Context(), []knowledge.Indexable{{Entity: ghost}}, cursor); err != nil {
		t.Fatal(err)
	}
	if err := index.Close(); err != nil {
		t.Fatal(err)
	}
	return ghost.ID
}

// Somebody has the store open and answers nowhere: that is told, and nothing is waited for any longer.
func TestCommandsTellThatTheStoreIsOccupied(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	store, err := boltstore.Open(filepath.Join(data, "store.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // Nothing was written.
	for _, args := range [][]string{{"check"}, {"serve", "--addr", "127.0.0.1:0"}} {
		_, err := goodpractice(t, append(args, "--data", data)...)
		if err == nil || !strings.Contains(explain(err), "Another process has "+filepath.Join(data, "store.db")+" open") {
			t.Errorf("%v: error %v", args, err)
		}
	}
}

// With a database it is the index that one process alone may have open.
func TestCommandsTellThatTheIndexIsOccupied(t *testing.T) {
	t.Parallel()
	uri, data := mongotest.URI(t), t.TempDir()
	index, err := search.Open(t.Context(), search.Options{Dir: filepath.Join(data, indexName)})
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close() //nolint:errcheck // Nothing was written.
	for _, args := range [][]string{{"token", "create", "--role", "editor"}, {"serve", "--addr", "127.0.0.1:0"}} {
		_, err := goodpractice(t, append(args, "--data", data, "--store", uri)...)
		want := "Another process has the search index in " + data + " open; stop it first, or name another directory with --data."
		if err == nil || explain(err) != want {
			t.Errorf("%v: error %v", args, err)
		}
	}
}

// A command that comes while the server is starting finds it a moment later.
func TestCommandsWaitForAServerThatIsStarting(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	a, err := openApp(t.Context(), data, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close() //nolint:errcheck // The test is over then.
	a.follow(t.Context(), func(err error) { t.Error(err) })
	desk, err := a.administration()
	if err != nil {
		t.Fatal(err)
	}
	answered := make(chan error, 1)
	go func() {
		_, err := goodpractice(t, "check", "--data", data)
		answered <- err
	}()
	timer := time.NewTimer(boltstore.DefaultLockTimeout + lookFor/4) // The command has found the store taken by then.
	<-timer.C
	listener, err := admin.Listen(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- admin.Serve(ctx, listener, desk, slog.New(slog.DiscardHandler)) }()
	if err := <-answered; err != nil {
		t.Error(err)
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"It is taken.": fmt.Errorf("open: %w", &knowledge.Error{Message: "It is taken.", Err: errors.New("timeout")}),
		"It cannot be opened. (permission denied)": &knowledge.Error{
			Message: "It cannot be opened.", Err: &fs.PathError{Op: "open", Path: "/x", Err: fs.ErrPermission},
		},
		"stopped before it was done":                              fmt.Errorf("import: %w", context.Canceled),
		"the server has stopped meanwhile; run the command again": fmt.Errorf("ask: %w", admin.ErrNoServer),
		"what went wrong":                                         errors.New("what went wrong"),
	} {
		if got := explain(err); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestDifferencesAreNotListedWithoutEnd(t *testing.T) {
	t.Parallel()
	ids := make([]knowledge.ID, 100)
	for i := range ids {
		ids[i] = knowledge.ID(fmt.Sprintf("PR_%d", i))
	}
	text := difference{Count: 4000, IDs: ids}.String()
	if !strings.HasPrefix(text, "PR_0, PR_1, ") || !strings.HasSuffix(text, "PR_19, …") {
		t.Errorf("listed as %q", text)
	}
	if text := (difference{Count: 2, IDs: ids[:2]}).String(); text != "PR_0, PR_1" {
		t.Errorf("listed as %q", text)
	}
}

func TestProgressIsOneLineThatGoesAway(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	var out strings.Builder
	line := &progress{to: &out, what: "%d done", now: func() time.Time { return at }}
	line.clear()
	line.at(1)
	line.at(2) // Too soon.
	at = at.Add(time.Second)
	line.at(3)
	line.clear()
	if want := "\r\x1b[K1 done\r\x1b[K3 done\r\x1b[K"; out.String() != want {
		t.Errorf("wrote %q, want %q", out.String(), want)
	}
	silent := (&program{stderr: &out}).progress("%d")
	silent.at(1)
	silent.clear()
	if strings.Contains(out.String(), "1 done1") || silent.to != nil {
		t.Error("progress is written where there is no terminal")
	}
}

func TestTokenStates(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	before, after := now.Add(-48*time.Hour), now.Add(48*time.Hour)
	for want, token := range map[string]admin.Token{
		"valid":                      {},
		"valid until 2025-06-03":     {ExpiresAt: &after},
		"expired 2025-05-30":         {ExpiresAt: &before},
		"revoked 2025-05-30":         {ExpiresAt: &after, RevokedAt: &before},
		"valid on this machine only": {LoopbackOnly: true},
	} {
		if got := state(token, now); got != want {
			t.Errorf("%+v: %q, want %q", token, got, want)
		}
	}
}
