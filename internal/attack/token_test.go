package attack_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

// attackTokens guesses at tokens: whatever is wrong with one, the answer is the same.
func attackTokens(t *testing.T, s *target) {
	t.Helper()
	client := from("127.0.5.1")
	var first string
	for name, value := range map[string]string{
		"guessed tokens, none that was given out": "Bearer " + strings.Repeat("A", 43),
		"guessed tokens, one letter off":          "Bearer " + s.token[:len(s.token)-2] + "zz",
		"guessed tokens, no letters at all":       "Bearer ====",
		"guessed tokens, a megabyte less":         "Bearer " + strings.Repeat("A", 8000),
		"guessed tokens, another scheme":          "Basic YWRtaW46YWRtaW4=",
		"guessed tokens, an operator":             `Bearer {"$ne":""}`,
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, client, http.MethodPost, s.url, map[string]string{
				"Content-Type": inJSON, "Authorization": value,
			}, strings.NewReader(plain))
			answer := decode(t, got.body)
			if got.status != http.StatusUnauthorized || len(answer.Errors) != 1 || got.took > soon {
				t.Fatalf("status %d after %s: %.300s", got.status, got.took, got.body)
			}
			if first == "" {
				first = answer.Errors[0].Message
			}
			if answer.Errors[0].Message != first || bytes.Contains(got.body, []byte(value)) {
				t.Errorf("it tells what is wrong with the token: %s", got.body)
			}
		})
	}
}

// A server whose database is not there tells nobody where it looks for it, and with which password.
func TestErrorsTellNoSecrets(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("an attack takes its time")
	}
	s := launch(t, build(t), "--store", "mongodb://somebody:sesame-4711@127.0.0.1:9/goodpractice")
	for _, document := range []string{
		housing, `{ node(id: "a") { id } }`, `{ practice(slug: "a") { id } }`, mutation, `{ viewer { name } }`,
	} {
		for _, header := range []map[string]string{
			{"Content-Type": inJSON}, {"Content-Type": inJSON, "Authorization": "Bearer " + strings.Repeat("A", 43)},
		} {
			body := `{"query":` + quote(document) + `}`
			got := send(t, from("127.0.5.2"), http.MethodPost, s.url, header, strings.NewReader(body))
			for _, secret := range []string{"sesame-4711", "somebody", "127.0.0.1:9", "mongo", "goroutine", ".go:"} {
				if bytes.Contains(bytes.ToLower(got.body), []byte(secret)) {
					t.Errorf("%s: the answer has %q: %.400s", document, secret, got.body)
				}
			}
		}
	}
	if strings.Contains(s.log.String(), "sesame-4711") {
		t.Error("the password is in the log")
	}
}

// quotesNothing holds that nothing of what was sent is in the log, and that every line of it is one of ours.
func quotesNothing(t *testing.T, s *target) {
	t.Helper()
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, marked) || strings.Contains(line, "evil.example") || strings.Contains(line, s.token) &&
			!strings.HasPrefix(line, "Development editor token") {
			t.Errorf("the log quotes a request: %s", line)
		}
		if strings.Contains(line, "panic") || strings.Contains(line, "level=ERROR") {
			t.Errorf("something went wrong: %s", line)
		}
	}
}
