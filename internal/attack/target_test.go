package attack_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startLimit is how long a server may take to be ready.
const startLimit = 2 * time.Minute

// target is the program under attack.
type target struct {
	address string // Such as 127.0.0.1:8080.
	url     string // Of the API.
	token   string // An editor's.
	log     *journal
	process *exec.Cmd
}

// journal is what a server logged and printed. It may be read while the server runs.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

// String is what was written until now.
func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// build makes the program.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "goodpractice")
	command := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/goodpractice")
	command.Dir = filepath.Join("..", "..")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, output)
	}
	return program
}

// listening is the line of the log that tells where a server is.
var listening = regexp.MustCompile(`msg=listening addr=(127\.0\.0\.1:\d+)`)

// start runs the program with the sample records until the test ends.
func start(t *testing.T, program string, flags ...string) *target {
	t.Helper()
	s := launch(t, program, flags...)
	for _, line := range waitFor(t, s, "The server is ready.") {
		if strings.HasPrefix(line, "Development editor token") {
			s.token = line[strings.LastIndexByte(line, ' ')+1:]
		}
	}
	if s.token == "" {
		t.Fatalf("the server printed no token:\n%s", s.log)
	}
	return s
}

// launch runs the program until the test ends, and waits only until it listens.
func launch(t *testing.T, program string, flags ...string) *target {
	t.Helper()
	s := &target{log: new(journal)}
	flags = append([]string{"serve", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, flags...)
	s.process = exec.CommandContext(t.Context(), program, flags...)
	s.process.Env = append(os.Environ(), "GOODPRACTICE_STORE=")
	s.process.Stdout, s.process.Stderr = s.log, s.log
	s.process.Cancel = func() error { return s.process.Process.Signal(syscall.SIGTERM) }
	s.process.WaitDelay = 15 * time.Second
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.process.Wait() }) // The test's context has ended, which stops the server.
	waitFor(t, s, "msg=listening")
	s.address = listening.FindStringSubmatch(s.log.String())[1]
	s.url = "http://" + s.address + "/graphql"
	return s
}

// waitFor waits until the server has written a text, and returns all its lines.
func waitFor(t *testing.T, s *target, text string) []string {
	t.Helper()
	for end := time.After(startLimit); ; {
		if written := s.log.String(); strings.Contains(written, text) {
			return strings.Split(written, "\n")
		}
		select {
		case <-end:
			t.Fatalf("the server did not write %q:\n%s", text, s.log)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// resident is the memory of the server in bytes; 0 where the system does not tell.
func (s *target) resident(t *testing.T) int64 {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(s.process.Process.Pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "VmRSS:" {
			kilobytes, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kilobytes << 10
		}
	}
	return 0
}

// from is a client with an address of its own where the system has more than one of its own (Linux: all of 127/8), so that
// what one case uses up is not missing in another.
func from(address string) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	local := &net.TCPAddr{IP: net.ParseIP(address)}
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, remote string) (net.Conn, error) {
			own := *dialer
			own.LocalAddr = local
			connection, err := own.DialContext(ctx, network, remote)
			if err != nil {
				return dialer.DialContext(ctx, network, remote)
			}
			return connection, nil
		},
		MaxIdleConnsPerHost: 16,
	}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// longest is how much of an answer is read.
const longest = 64 << 20

// send sends a request and reads the answer to its end.
func send(t *testing.T, client *http.Client, method, address string, header map[string]string, body io.Reader) answer {
	t.Helper()
	got, err := attempt(t, client, method, address, header, body)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// attempt is send for what may fail.
func attempt(
	t *testing.T, client *http.Client, method, address string, header map[string]string, body io.Reader,
) (answer, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	began := time.Now() //nolint:forbidigo // It is real time that an attack costs.
	response, err := client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(bufio.NewReader(response.Body), longest))
	return answer{response.StatusCode, response.Header, content, time.Since(began)}, err
}

// post sends a GraphQL document as programs do.
func (s *target) post(t *testing.T, client *http.Client, document string, variables any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return send(t, client, http.MethodPost, s.url, map[string]string{
		"Content-Type": "application/json", "Accept": "application/graphql-response+json",
	}, bytes.NewReader(body))
}

// asEditor sends a GraphQL document with the editor's token.
func (s *target) asEditor(t *testing.T, document string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	return send(t, from("127.0.0.8"), http.MethodPost, s.url, map[string]string{
		"Content-Type": "application/json", "Authorization": "Bearer " + s.token,
	}, bytes.NewReader(body))
}

// housing is what everyone else wants to know meanwhile.
const housing = `{ search(text: "housing", first: 5) { totalCount nodes { id title } } }`

// stillFindsHousing holds that the server answers others as if nothing had happened.
func (s *target) stillFindsHousing(t *testing.T) {
	t.Helper()
	got := s.post(t, from("127.0.0.9"), housing, nil)
	if got.status != http.StatusOK || !bytes.Contains(got.body, []byte(`"totalCount":`)) || bytes.Contains(got.body, []byte(`"errors"`)) {
		t.Errorf("another client's search: status %d, %.300s", got.status, got.body)
	}
	if got.took > soon {
		t.Errorf("another client's search took %s", got.took)
	}
}
