package admin_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/knowledge"
)

// fake is a knowledge base of one line a record.
type fake struct {
	asked  admin.ImportOptions
	draft  admin.TokenDraft
	export admin.ExportOptions
	fail   error // What every method fails with.
}

func (f *fake) Import(
	ctx context.Context, r io.Reader, o admin.ImportOptions, watch admin.ImportWatch,
) (admin.ImportReport, error) {
	f.asked = o
	var report admin.ImportReport
	for in := bufio.NewScanner(r); in.Scan(); {
		report.Lines++
		switch in.Text() {
		case "bad":
			report.Bad++
			watch.BadLine(admin.BadLine{Line: report.Lines, Reason: "It is bad."})
		case "end":
			return report, errors.New("no more")
		case "wait":
			<-ctx.Done()
			return report, ctx.Err()
		default:
			report.Created++
		}
		watch.Progress(report.Lines)
	}
	return report, f.fail
}

func (f *fake) Export(_ context.Context, w io.Writer, o admin.ExportOptions) error {
	f.export = o
	_, err := io.WriteString(w, strings.Repeat("record\n", 10000))
	return errors.Join(err, f.fail)
}

func (f *fake) Backup(_ context.Context, w io.Writer) error {
	_, err := w.Write([]byte{0, 1, 2, 255})
	return errors.Join(err, f.fail)
}

func (f *fake) Reindex(_ context.Context, progress func(int)) error {
	progress(5)
	progress(10)
	return f.fail
}

func (f *fake) Check(context.Context) (admin.CheckReport, error) {
	return admin.CheckReport{
		Records: 3, Missing: admin.Difference{Count: 1, IDs: []knowledge.ID{"PR_a"}},
	}, f.fail
}

var made = time.Date(2025, 1, 2, 3, 4, 5, 6e6, time.UTC)

func (f *fake) Create(_ context.Context, d admin.TokenDraft) (admin.Token, string, error) {
	f.draft = d
	return admin.Token{ID: "TK_a", Name: d.Name, Role: d.Role, CreatedAt: made}, "gp_secret", f.fail
}

func (f *fake) List(context.Context) ([]admin.Token, error) {
	return []admin.Token{{ID: "TK_b", ExpiresAt: &made}, {ID: "TK_a"}}, f.fail
}

func (f *fake) Revoke(_ context.Context, id knowledge.ID) (admin.Token, error) {
	return admin.Token{ID: id, RevokedAt: &made}, f.fail
}

func newHandler(t *testing.T, f *fake) http.Handler {
	t.Helper()
	handler, err := admin.New(admin.Options{Records: f, Index: f, Tokens: f, Store: f, StoreName: "mongodb://db/kb", Log: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// local is a client of the fake in memory.
func local(t *testing.T, f *fake) *admin.Client {
	t.Helper()
	client := admin.Local(t.Context(), newHandler(t, f), quiet())
	t.Cleanup(client.Close)
	return client
}

// remote is a client of the fake over a socket, and what stops the server.
func remote(t *testing.T, f *fake, dir string) (*admin.Client, func() error) {
	t.Helper()
	listener, err := admin.Listen(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- admin.Serve(ctx, listener, newHandler(t, f), quiet()) }()
	client, err := admin.Connect(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	stop := func() error {
		cancel()
		err, open := <-ended
		if open {
			close(ended)
		}
		return err
	}
	t.Cleanup(func() {
		client.Close()
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return client, stop
}

// each runs a test with a client in memory and with one over a socket.
func each(t *testing.T, test func(*testing.T, *admin.Client, *fake)) {
	t.Helper()
	t.Run("in memory", func(t *testing.T) {
		t.Parallel()
		f := &fake{}
		test(t, local(t, f), f)
	})
	t.Run("over a socket", func(t *testing.T) {
		t.Parallel()
		f := &fake{}
		client, _ := remote(t, f, shortDir(t))
		test(t, client, f)
	})
}

// shortDir is a new directory whose path leaves room for a socket's.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "gp") //nolint:usetesting // The path of t.TempDir holds the test's name, and may be too long.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// longDir is a new directory whose path is too long for a socket.
func longDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), strings.Repeat("long-", 30))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}
