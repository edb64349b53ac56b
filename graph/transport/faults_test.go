package transport_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
)

func TestPrivateErrorIsMaskedAndLoggedOnce(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.do(t, "POST", "", `{"query":"query Load{hello fail}","operationName":"Load"}`)
	got := a.errors()
	if len(got) != 1 || got[0].Message != "internal error" || a.code() != transport.CodeInternal {
		t.Fatalf("errors are %v", got)
	}
	if got[0].Extensions["requestId"] != "request-7" || !slices.Equal(got[0].Path, []any{"fail"}) {
		t.Errorf("error is %v", got[0])
	}
	if strings.Contains(a.body, "password") {
		t.Errorf("the answer tells: %s", a.body)
	}
	logs := e.logs.String()
	for _, want := range []string{
		"user:password", `"request_id":"request-7"`, `"operation":"Load"`, `"path":"fail"`, `"level":"ERROR"`,
	} {
		if strings.Count(logs, want) != 1 {
			t.Errorf("the log has %q %d times: %s", want, strings.Count(logs, want), logs)
		}
	}
}

func TestPublicErrorIsShownAndNotLogged(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.post(t, "{refuse}")
	got := a.errors()
	if len(got) != 1 || got[0].Message != "The title is too long." || a.code() != "BAD_USER_INPUT" {
		t.Fatalf("errors are %v", got)
	}
	if path, _ := got[0].Extensions["path"].([]any); !slices.Equal(path, []any{"input", "title"}) {
		t.Errorf("path is %v", got[0].Extensions["path"])
	}
	if !slices.Equal(got[0].Path, []any{"refuse"}) || !strings.Contains(a.body, `"locations":[{"line":1`) {
		t.Errorf("got %s", a.body)
	}
	if e.logs.String() != "" {
		t.Errorf("logged: %s", e.logs)
	}
}

func TestPanicIsMaskedAndLoggedWithItsStack(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"panic": 200, "crash": 500} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, nil)
			a := e.post(t, "{"+name+"}")
			got := a.errors()
			if a.status != status || len(got) != 1 || got[0].Message != "internal error" || a.code() != transport.CodeInternal {
				t.Fatalf("got %d %s", a.status, a.body)
			}
			if got[0].Extensions["requestId"] != "request-7" || strings.Contains(a.body, "secret") {
				t.Errorf("got %s", a.body)
			}
			logs := e.logs.String()
			if strings.Count(logs, "\n") != 1 || !strings.Contains(logs, "secret") || !strings.Contains(logs, "schema_test.go") {
				t.Errorf("logs are %s", logs)
			}
		})
	}
}

func TestWrongArgumentIsTheClientsFault(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.post(t, "{e:even(n:3)}")
	got := a.errors()
	if len(got) != 1 || a.code() != transport.CodeBadUserInput || strings.Contains(a.body, "secret") {
		t.Fatalf("got %s", a.body)
	}
	if path, _ := got[0].Extensions["path"].([]any); !slices.Equal(path, []any{"n"}) || !slices.Equal(got[0].Path, []any{"e"}) {
		t.Errorf("got %s", a.body)
	}
	if e.logs.String() != "" {
		t.Errorf("logged: %s", e.logs)
	}
}

func TestSlowOperationIsEnded(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.RequestTimeout = 30 * time.Millisecond })
	for _, document := range []string{"{hang}", "mutation{hang}"} {
		if a := e.post(t, document); a.code() != transport.CodeTimeout {
			t.Errorf("%s: %d %s", document, a.status, a.body)
		}
	}
	if e.schema.running.Load() != 0 {
		t.Error("it still runs")
	}
	if e.logs.String() != "" {
		t.Errorf("logged: %s", e.logs)
	}
}

func TestFieldErrorsAreBounded(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	if got := len(e.post(t, "{many}").errors()); got != transport.DefaultFieldErrors {
		t.Errorf("%d errors", got)
	}
}

func TestControlCharactersAreTakenOutOfMessages(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.do(t, "POST", "", `{"query":"{hello}","operationName":"x\u0000\u001b[31m\ny"}`)
	if a.code() != transport.CodeValidationFailed || strings.Contains(a.body, `\u00`) || strings.Contains(a.body, `\n`) {
		t.Errorf("got %s", a.body)
	}
}
