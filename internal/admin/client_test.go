package admin_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"goodpractice/internal/admin"
	"goodpractice/internal/knowledge"
)

func TestImportTellsWhatHappens(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, f *fake) {
		t.Helper()
		options := admin.ImportOptions{Name: "a b.csv", Format: "csv", Strict: true, Publish: true, CreateMissing: true, Tokens: true}
		var bad []admin.BadLine
		last := 0
		report, err := client.Import(t.Context(), strings.NewReader("one\nbad\nthree\n"), options, admin.ImportWatch{
			Progress: func(lines int) { last = lines },
			BadLine:  func(line admin.BadLine) { bad = append(bad, line) },
		})
		if err != nil || report != (admin.ImportReport{Lines: 3, Created: 2, Bad: 1}) {
			t.Errorf("report %+v, error %v", report, err)
		}
		if last != 3 || !reflect.DeepEqual(bad, []admin.BadLine{{Line: 2, Reason: "It is bad."}}) {
			t.Errorf("progress %d, bad lines %v", last, bad)
		}
		if f.asked != options {
			t.Errorf("asked for %+v", f.asked)
		}
	})
}

// What has been read is told while the rest is still to come.
func TestImportIsFollowedAsItIsSent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, _ *fake) {
		t.Helper()
		reader, writer := io.Pipe()
		progress := make(chan int)
		go func() {
			for _, line := range []string{"one\n", "two\n"} {
				_, _ = io.WriteString(writer, line)
				<-progress // A deadlock here is a failure.
			}
			_ = writer.Close()
		}()
		report, err := client.Import(t.Context(), reader, admin.ImportOptions{}, admin.ImportWatch{
			Progress: func(lines int) { progress <- lines },
		})
		if err != nil || report.Lines != 2 {
			t.Errorf("report %+v, error %v", report, err)
		}
	})
}

// endless is a file without an end.
type endless struct{ sent bool }

func (e *endless) Read(b []byte) (int, error) {
	if !e.sent {
		e.sent = true
		return copy(b, "one\nend\n"), nil
	}
	return copy(b, strings.Repeat("more\n", 1000)), nil
}

func TestImportEndsWhenTheServerNeedsNoMore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, _ *fake) {
		t.Helper()
		_, err := client.Import(t.Context(), &endless{}, admin.ImportOptions{}, admin.ImportWatch{})
		if err == nil || err.Error() != "no more" {
			t.Errorf("error %v", err)
		}
	})
}

func TestImportIsStoppedByItsContext(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, _ *fake) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		_, err := client.Import(ctx, strings.NewReader("one\nwait\n"), admin.ImportOptions{}, admin.ImportWatch{
			Progress: func(int) { cancel() },
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}

func TestImportIsToldThatTheServerStops(t *testing.T) {
	t.Parallel()
	client, stop := remote(t, &fake{}, shortDir(t))
	stopped := make(chan error, 1)
	_, err := client.Import(t.Context(), strings.NewReader("one\nwait\n"), admin.ImportOptions{}, admin.ImportWatch{
		Progress: func(int) { go func() { stopped <- stop() }() },
	})
	if !knowledge.IsKind(err, knowledge.Unavailable) || !strings.Contains(err.Error(), "stopped before it was done") {
		t.Errorf("error %v", err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestReindexTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, _ *fake) {
		t.Helper()
		var done []int
		err := client.Reindex(t.Context(), func(n int) { done = append(done, n) })
		if err != nil || !reflect.DeepEqual(done, []int{5, 10}) {
			t.Errorf("progress %v, error %v", done, err)
		}
	})
}

func TestExportAndBackupComeWhole(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, f *fake) {
		t.Helper()
		var out bytes.Buffer
		err := client.Export(t.Context(), &out, admin.ExportOptions{Form: "flat", History: true, Tokens: true})
		if err != nil || out.String() != strings.Repeat("record\n", 10000) {
			t.Errorf("%d bytes, error %v", out.Len(), err)
		}
		if f.export != (admin.ExportOptions{Form: "flat", History: true, Tokens: true}) {
			t.Errorf("asked for %+v", f.export)
		}
		out.Reset()
		if err := client.Backup(t.Context(), &out); err != nil || !bytes.Equal(out.Bytes(), []byte{0, 1, 2, 255}) {
			t.Errorf("backup %v, error %v", out.Bytes(), err)
		}
	})
}

func TestTokensAndCheck(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, f *fake) {
		t.Helper()
		draft := admin.TokenDraft{
			Name: "Ana", Role: knowledge.RoleEditor, Authorities: []string{"madrid"}, Partner: "city", ExpiresAt: &made, LoopbackOnly: true,
		}
		token, secret, err := client.CreateToken(t.Context(), draft)
		want := admin.Token{ID: "TK_a", Name: "Ana", Role: knowledge.RoleEditor, CreatedAt: made}
		if err != nil || secret != "gp_secret" || !reflect.DeepEqual(token, want) || !reflect.DeepEqual(f.draft, draft) {
			t.Errorf("created %+v %q from %+v, error %v", token, secret, f.draft, err)
		}
		tokens, err := client.Tokens(t.Context())
		if err != nil || len(tokens) != 2 || !tokens[0].ExpiresAt.Equal(made) {
			t.Errorf("listed %+v, error %v", tokens, err)
		}
		revoked, err := client.RevokeToken(t.Context(), "TK_/x")
		if err != nil || revoked.ID != "TK_/x" || !revoked.RevokedAt.Equal(made) {
			t.Errorf("revoked %+v, error %v", revoked, err)
		}
		report, err := client.Check(t.Context())
		if err != nil || report.Equal() || report.Records != 3 || report.Missing.IDs[0] != "PR_a" {
			t.Errorf("checked %+v, error %v", report, err)
		}
	})
}

func TestFailuresArriveWithTheirMeaning(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, f *fake) {
		t.Helper()
		calls := map[string]func() error{
			"export":  func() error { return client.Export(t.Context(), io.Discard, admin.ExportOptions{}) },
			"backup":  func() error { return client.Backup(t.Context(), io.Discard) },
			"reindex": func() error { return client.Reindex(t.Context(), nil) },
			"check":   func() error { _, err := client.Check(t.Context()); return err },
			"create": func() error {
				_, _, err := client.CreateToken(t.Context(), admin.TokenDraft{})
				return err
			},
			"list":   func() error { _, err := client.Tokens(t.Context()); return err },
			"revoke": func() error { _, err := client.RevokeToken(t.Context(), "TK"); return err },
			"import": func() error {
				_, err := client.Import(t.Context(), strings.NewReader("one\n"), admin.ImportOptions{}, admin.ImportWatch{})
				return err
			},
		}
		for _, test := range []struct {
			fail error
			kind knowledge.ErrorKind
			text string
		}{
			{&knowledge.Error{Kind: knowledge.Conflict, Message: "Wait."}, knowledge.Conflict, "Wait."},
			{&knowledge.Error{Kind: knowledge.NotFound, Message: "Gone."}, knowledge.NotFound, "Gone."},
			{knowledge.Refuse(knowledge.CodeUnknown, "No such city.", "authorities", "0"), knowledge.Invalid, "authorities.0: No such city."},
			{errors.New("the disk is full"), knowledge.Internal, "the disk is full"},
		} {
			f.fail = test.fail
			for name, call := range calls {
				if err := call(); !knowledge.IsKind(err, test.kind) || err.Error() != test.text {
					t.Errorf("%s: error %v, want %s of kind %s", name, err, test.text, test.kind)
				}
			}
		}
	})
}

func TestStoreName(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, client *admin.Client, _ *fake) {
		t.Helper()
		if name, err := client.StoreName(t.Context()); err != nil || name != "mongodb://db/kb" {
			t.Errorf("the store is %q, error %v", name, err)
		}
	})
}

func TestNewNeedsAllOptions(t *testing.T) {
	t.Parallel()
	f := &fake{}
	if _, err := admin.New(admin.Options{Records: f, Index: f, Tokens: f, Store: f}); err == nil {
		t.Error("no error without a log")
	}
}
