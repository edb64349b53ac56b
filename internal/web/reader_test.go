package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/web"
)

// answer is what the tests' API says of its reader.
type answer struct {
	Name      string   `json:"name"`
	Languages []string `json:"languages"`
	ID        string   `json:"id"`
}

func read(t *testing.T, response *http.Response) answer {
	t.Helper()
	var got answer
	if err := json.Unmarshal([]byte(body(t, response)), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestReaderIsTheHolderOfTheToken(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	if got := read(t, ask(t, whole, "POST", "/graphql")); got.Name != "" {
		t.Errorf("without a token: %q", got.Name)
	}
	if got := read(t, ask(t, whole, "POST", "/graphql", "Authorization", goodToken)); got.Name != "Ana" {
		t.Errorf("with a token: %q", got.Name)
	}
}

func TestWhoeverGuessesTokensIsToldToWait(t *testing.T) {
	t.Parallel()
	whole := site(t, func(o *web.Options) {
		o.Authenticate = func(context.Context, string, bool) (knowledge.Actor, error) {
			return knowledge.Actor{}, &web.GuessingError{RetryAfter: 5500 * time.Millisecond}
		}
	})
	got := ask(t, whole, "POST", "/graphql", "Authorization", "Bearer wrong")
	if got.StatusCode != 429 || got.Header.Get("Retry-After") != "6" || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, header %v", got.StatusCode, got.Header)
	}
	if said := body(t, got); !strings.Contains(said, `"code":"RATE_LIMITED"`) {
		t.Errorf("answered %s", said)
	}
}

func TestReaderWithAWrongTokenIsRefused(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	for accept, want := range map[string]string{
		"": "application/json; charset=utf-8",
		"application/graphql-response+json, application/json;q=0.9": "application/graphql-response+json; charset=utf-8",
	} {
		got := ask(t, whole, "POST", "/graphql", "Authorization", "Bearer wrong", "Accept", accept)
		if got.StatusCode != 401 || got.Header.Get("Content-Type") != want ||
			got.Header.Get("WWW-Authenticate") != `Bearer error="invalid_token"` ||
			got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("status %d, header %v", got.StatusCode, got.Header)
		}
		said := `{"errors":[{"message":"The token is not valid.","extensions":{"code":"UNAUTHENTICATED","requestId":"` +
			got.Header.Get("X-Request-Id") + `"}}]}` + "\n"
		if content := body(t, got); content != said {
			t.Errorf("answered %s, want %s", content, said)
		}
	}
}

func TestReaderWhoseTokenCannotBeCheckedIsToldNothing(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	whole := site(t, func(o *web.Options) { o.Log = slog.New(slog.NewJSONHandler(&written, nil)) })
	got := ask(t, whole, "POST", "/graphql", "Authorization", "Bearer gp_broken")
	content := body(t, got)
	if got.StatusCode != 503 || strings.Contains(content, "disk") || !strings.Contains(content, `"UNAVAILABLE"`) {
		t.Errorf("status %d, answered %s", got.StatusCode, content)
	}
	if log := written.String(); !strings.Contains(log, "the disk says") || strings.Contains(log, "gp_broken") {
		t.Errorf("logged %s", log)
	}
}

func TestADatabaseThatIsAwayIsNotLoggedForEachRequest(t *testing.T) {
	t.Parallel()
	away := &knowledge.Error{Kind: knowledge.Unavailable, Message: "The database does not answer."}
	for name, test := range map[string]struct {
		cause error
		level string
	}{
		"away":             {fmt.Errorf("load 1 records: %w", away), "DEBUG"},
		"away, and closed": {nil, "DEBUG"},
		"broken":           {errors.New("the disk says secret things"), "ERROR"},
	} {
		var written bytes.Buffer
		whole := site(t, func(o *web.Options) {
			o.Log = slog.New(slog.NewTextHandler(&written, &slog.HandlerOptions{Level: slog.LevelDebug}))
			o.Authenticate = func(context.Context, string, bool) (knowledge.Actor, error) {
				return knowledge.Actor{}, &knowledge.Error{Kind: knowledge.Unavailable, Message: "It cannot be checked.", Err: test.cause}
			}
		})
		got := ask(t, whole, "POST", "/graphql", "Authorization", goodToken)
		if got.StatusCode != 503 || !strings.Contains(written.String(), "level="+test.level+" msg=authenticate") {
			t.Errorf("%s: status %d, logged %s", name, got.StatusCode, written.String())
		}
	}
}

func TestReaderIsOnThisMachineOnlyByItsConnection(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	for name, test := range map[string]struct {
		address string
		header  []string
		local   bool
	}{
		"IPv4":               {"127.0.0.1:4711", nil, true},
		"another of 127/8":   {"127.8.9.1:4711", nil, true},
		"IPv6":               {"[::1]:4711", nil, true},
		"IPv4 in IPv6":       {"[::ffff:127.0.0.1]:4711", nil, true},
		"another machine":    {"192.0.2.1:4711", nil, false},
		"a false header":     {"192.0.2.1:4711", []string{"X-Forwarded-For", "127.0.0.1"}, false},
		"a false host":       {"192.0.2.1:4711", []string{"Host", "localhost"}, false},
		"a proxy":            {"127.0.0.1:4711", []string{"X-Forwarded-For", "192.0.2.1"}, false},
		"a proxy by RFC7239": {"127.0.0.1:4711", []string{"Forwarded", "for=192.0.2.1"}, false},
		"no address":         {"@", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", nil)
			request.RemoteAddr = test.address
			request.Header.Set("Authorization", "Bearer gp_local")
			for i := 0; i+1 < len(test.header); i += 2 {
				request.Header.Set(test.header[i], test.header[i+1])
			}
			recorder := httptest.NewRecorder()
			whole.ServeHTTP(recorder, request)
			if local := recorder.Code == 200; local != test.local {
				t.Errorf("status %d", recorder.Code)
			}
		})
	}
}

func TestReaderLanguages(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	for header, want := range map[string][]string{
		"":                                       nil,
		"ro":                                     {"ro"},
		"en;q=0.5, ro, es-ES;q=0.9":              {"ro", "es-ES", "en"},
		"sr-Cyrl-RS":                             {"sr-Cyrl-RS"},
		"rom, *;q=0.1":                           {"rom"},
		"fr;q=0":                                 nil,
		"not a language!":                        nil,
		"en-u-co-phonebk":                        nil,
		strings.Repeat("en,", 2000) + "fr":       nil,
		"aa,ab,af,ak,am,ar,as,az,ba,be,bg,bh,bi": {"aa", "ab", "af", "ak", "am", "ar", "as", "az", "ba", "be"},
	} {
		got := read(t, ask(t, whole, "GET", "/graphql", "Accept-Language", header)).Languages
		if len(header) > 100 && len(got) <= 10 { // Anything within the limit will do for such a header.
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestSignInKeepsTheLanguagesAndTheMachine(t *testing.T) {
	t.Parallel()
	signIn := web.SignIn(authenticate)
	whole := site(t, func(o *web.Options) {
		o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, err := signIn(r.Context(), r.URL.Query().Get("later"))
			if err != nil {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			reader := knowledge.ReaderFrom(ctx)
			_ = json.NewEncoder(w).Encode(map[string]any{"name": reader.Actor.Name, "languages": reader.Languages})
		})
	})
	for _, test := range []struct {
		address, token string
		status         int
		name           string
	}{
		{"192.0.2.1:1", goodToken, 200, "Ana"},
		{"127.0.0.1:1", "Bearer gp_local", 200, "Local"},
		{"192.0.2.1:1", "Bearer gp_local", 403, ""},
	} {
		request := httptest.NewRequestWithContext(t.Context(), "GET", "/graphql?later="+
			strings.ReplaceAll(test.token, " ", "+"), nil)
		request.RemoteAddr = test.address
		request.Header.Set("Accept-Language", "ro")
		recorder := httptest.NewRecorder()
		whole.ServeHTTP(recorder, request)
		if recorder.Code != test.status {
			t.Errorf("%+v: status %d", test, recorder.Code)
		}
		if test.status == 200 {
			if got := read(t, recorder.Result()); got.Name != test.name || !reflect.DeepEqual(got.Languages, []string{"ro"}) {
				t.Errorf("%+v: %+v", test, got)
			}
		}
	}
}
