package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"goodpractice/internal/mongostore/mongotest"
)

// partnerServer is a server with an administrator's token.
type partnerServer struct {
	*serving
	data, admin string
}

// newPartnerServer starts one on a data directory, without sample records.
func newPartnerServer(t *testing.T, data, store string, args ...string) *partnerServer {
	t.Helper()
	environment := append(os.Environ(), "GOODPRACTICE_STORE="+store)
	s, err := startServer(data, environment, append([]string{"--seed", "none"}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.kill() })
	command := exec.CommandContext(t.Context(), "goodpractice", "token", "create", "--role", "administrator", "--data", data)
	command.Env = environment
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(out))
	return &partnerServer{s, data, text[strings.LastIndexByte(text, ' ')+1:]}
}

// change sends a mutation of partners or tokens that has to be carried out, and decodes its only payload.
func (s *partnerServer) change(t *testing.T, mutation string, input map[string]any) (made struct {
	Partner struct {
		ID       string
		Revision int
	}
	Secret string
},
) {
	t.Helper()
	query := `mutation ($input: ` + strings.ToUpper(mutation[:1]) + mutation[1:] + `Input!) { ` + mutation + `(input: $input) { partner { id revision } userErrors { path message } } }`
	if mutation == "createToken" {
		query = strings.Replace(query, "partner { id revision }", "secret", 1)
	}
	status, body, err := s.post(t.Context(), s.admin, query, map[string]any{"input": input})
	var answer struct {
		Data map[string]json.RawMessage
	}
	if err != nil || status != 200 || json.Unmarshal(body, &answer) != nil || !strings.Contains(string(body), `"userErrors":[]`) {
		t.Fatalf("%s: %d %s %v", mutation, status, body, err)
	}
	if err := json.Unmarshal(answer.Data[mutation], &made); err != nil {
		t.Fatal(err)
	}
	return made
}

// allows tells what pages of an origin may do: ask beforehand, read an answer, and open a websocket.
func (s *serving) allows(t *testing.T, origin string) (preflight, read, socket bool) {
	t.Helper()
	send := func(method string, header map[string]string) http.Header {
		request, err := http.NewRequestWithContext(t.Context(), method, s.url+"/graphql?query={__typename}", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", origin)
		for name, value := range header {
			request.Header.Set(name, value)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if got := response.Header.Get("Access-Control-Allow-Credentials"); got != "" {
			t.Errorf("%s from %s: credentials are allowed", method, origin)
		}
		if !strings.Contains(strings.Join(response.Header.Values("Vary"), ", "), "Origin") {
			t.Errorf("%s from %s: Vary is %q", method, origin, response.Header.Values("Vary"))
		}
		return response.Header
	}
	asked := send(http.MethodOptions, map[string]string{
		"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type",
	})
	answered := send(http.MethodGet, nil)
	connection, response, err := websocket.Dial(t.Context(), s.url+"/graphql", &websocket.DialOptions{
		HTTPHeader: http.Header{"Origin": {origin}}, Subprotocols: []string{"graphql-transport-ws"},
	})
	if err == nil {
		_ = connection.CloseNow()
	} else if response == nil || response.StatusCode != http.StatusForbidden {
		t.Errorf("a websocket from %s: %v", origin, err)
	}
	const name = "Access-Control-Allow-Origin"
	return asked.Get(name) == origin, answered.Get(name) == origin, err == nil
}

// agrees checks that pages of an origin may do everything, or nothing.
func (s *serving) agrees(t *testing.T, what, origin string, want bool) {
	t.Helper()
	if preflight, read, socket := s.allows(t, origin); preflight != want || read != want || socket != want {
		t.Errorf("%s: from %s the preflight is allowed: %v, an answer: %v, a websocket: %v; want %v", what, origin, preflight, read, socket, want)
	}
}

// What an administrator changes holds for the next request, and after a restart.
func TestPartnersOverTheNetwork(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	s := newPartnerServer(t, data, "", "--origins", "https://own.example")
	const first, second = "https://www.example.org", "https://a.city.example"
	s.agrees(t, "at first", first, false)
	s.agrees(t, "configured", "https://own.example", true)
	p := s.change(t, "createPartner", map[string]any{"name": "Example", "allowedOrigins": []string{first}}).Partner
	s.agrees(t, "created", first, true)
	s.agrees(t, "created", first+".evil.example", false)
	s.agrees(t, "still configured", "https://own.example", true)
	changes := map[string]any{"allowedOrigins": []string{"https://*.city.example"}}
	p = s.change(t, "updatePartner", map[string]any{"id": p.ID, "revision": p.Revision, "changes": changes}).Partner
	s.agrees(t, "changed", first, false)
	s.agrees(t, "changed", second, true)
	secret := s.change(t, "createToken", map[string]any{"name": "Key", "role": "PARTNER", "partner": p.ID}).Secret
	if status, _, err := s.post(t.Context(), secret, "{ viewer { name } }", nil); status != 200 {
		t.Errorf("its key: %d %v", status, err)
	}
	s = s.again(t)
	s.agrees(t, "after a restart", second, true)
	p = s.change(t, "archivePartner", map[string]any{"id": p.ID, "revision": p.Revision}).Partner
	s.agrees(t, "archived", second, false)
	if status, body, err := s.post(t.Context(), secret, "{ viewer { name } }", nil); status != 401 {
		t.Errorf("its key while it is archived: %d %s %v", status, body, err)
	}
	s = s.again(t)
	s.agrees(t, "archived, after a restart", second, false)
	s.change(t, "restorePartner", map[string]any{"id": p.ID, "revision": p.Revision})
	s.agrees(t, "restored", second, true)
}

// again stops the server and starts it again.
func (s *partnerServer) again(t *testing.T) *partnerServer {
	t.Helper()
	if err := s.stop(); err != nil {
		t.Fatalf("stop: %v\n%s", err, s.stderr)
	}
	next, err := startServer(s.data, append(os.Environ(), "GOODPRACTICE_STORE="))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = next.kill() })
	return &partnerServer{next, s.data, s.admin}
}

// usage is what a partner has used today, once it is written: requests and unproven ones by operation.
func (s *partnerServer) usage(t *testing.T, want string) {
	t.Helper()
	var got string
	for deadline := time.Now().Add(startLimit); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		_, body, err := s.post(t.Context(), s.admin, `{ partner(slug: "example") { usage { requests unprovenRequests operations { name requests unprovenRequests } } } }`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got = string(body); strings.Contains(got, want) {
			return
		}
	}
	t.Errorf("usage is %s, want %s", got, want)
}

// anonymously asks from a page of an origin, and tells the status.
func (s *serving) anonymously(t *testing.T, origin, query string) int {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", origin)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// An origin is counted, and spends nothing of the partner's points: whoever makes it up cannot have the partner refused.
func TestAnOriginPaysNothing(t *testing.T) {
	t.Parallel()
	s := newPartnerServer(t, filepath.Join(t.TempDir(), "data"), "", "--points-per-minute", "60000")
	s.change(t, "createPartner", map[string]any{"name": "Example", "allowedOrigins": []string{"https://www.example.org"}, "pointsPerMinute": 6000})
	secret := s.change(t, "createToken", map[string]any{"name": "Key", "role": "PARTNER", "partner": "example"}).Secret
	const forged = "query Forged { practices(first: 50) { nodes { themes { label } targetGroups { label } authorities { name } } } }"
	refused, answered := 0, 0
	for range 50 {
		if status := s.anonymously(t, "https://www.example.org", forged); status == http.StatusOK {
			answered++
		} else {
			refused++
		}
	}
	if refused == 0 {
		t.Error("the address has endless points: the test tests nothing")
	}
	for range 3 {
		if status, body, err := s.post(t.Context(), secret, "query Real { practices(first: 1) { nodes { title } } }", nil); status != 200 {
			t.Errorf("the partner itself: %d %s %v", status, body, err)
		}
	}
	s.usage(t, `{"name":"Real","requests":3,"unprovenRequests":0}`)
	s.usage(t, `{"name":"Forged"`)
	t.Logf("%d forged requests were answered, %d refused", answered, refused)
}

// Several servers on one database hear of a partner from each other, and add up what it uses.
func TestPartnersOfSeveralServers(t *testing.T) {
	t.Parallel()
	uri := mongotest.URI(t)
	first := newPartnerServer(t, filepath.Join(t.TempDir(), "first"), uri)
	second := newPartnerServer(t, filepath.Join(t.TempDir(), "second"), uri)
	const origin = "https://www.example.org"
	p := first.change(t, "createPartner", map[string]any{"name": "Example", "allowedOrigins": []string{origin}}).Partner
	until := func(what string, want bool) {
		t.Helper()
		began := time.Now()
		for {
			if preflight, _, _ := second.allows(t, origin); preflight == want {
				t.Logf("%s: on the other server after %v", what, time.Since(began))
				return
			}
			if time.Since(began) > startLimit {
				t.Fatalf("%s: not on the other server", what)
			}
		}
	}
	until("created", true)
	for _, s := range []*partnerServer{first, second} {
		for range 3 {
			s.anonymously(t, origin, "query Both { __typename }")
		}
	}
	first.usage(t, `{"name":"Both","requests":6,"unprovenRequests":6}`)
	first.change(t, "archivePartner", map[string]any{"id": p.ID, "revision": p.Revision})
	until("archived", false)
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestPartnersByTheBook runs the commands of the section about partners in docs/operations.md, in their order.
func TestPartnersByTheBook(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"sh", "curl", "sed", "tr", "grep", "cut", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("this test needs " + tool)
		}
	}
	book, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(book), "\n## Partners\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var script strings.Builder
	script.WriteString("set -eu\n")
	for _, block := range shellBlock.FindAllStringSubmatch(section, -1) {
		script.WriteString(block[1] + "\n")
	}
	script.WriteString("if may_call https://www.example.org; then echo still; else echo refused; fi\n")
	data := filepath.Join(t.TempDir(), "data")
	s := newPartnerServer(t, data, "")
	ctx, cancel := context.WithTimeout(t.Context(), startLimit)
	defer cancel()
	command := exec.CommandContext(ctx, "sh", "-c", script.String())
	command.Env = append(os.Environ(), "URL="+s.url, "GOODPRACTICE_DATA="+data, "GOODPRACTICE_STORE=")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rest := string(out)
	for _, want := range []string{
		`"createPartner":{"partner":{"id":"PT_`, `"userErrors":[]`, "Access-Control-Allow-Origin: https://www.example.org", `"secret":"gp_`,
		`"documents":[{"hash":"sha256:`, `"name":"Latest"`, `"usage":[]`, `"deprecations":[]`, `"status":"ARCHIVED"`, "refused\n",
	} {
		at := strings.Index(rest, want)
		if at < 0 {
			t.Fatalf("%s is not where it belongs in\n%s", want, out)
		}
		rest = rest[at+len(want):]
	}
}
