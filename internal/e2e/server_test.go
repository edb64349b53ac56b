package e2e_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// How long a server may take to say where it is, and to have its seed indexed.
const (
	startLimit = time.Minute
	readyLimit = 2 * time.Minute
)

// server is the program under test.
type server struct {
	url   string // Without a path, such as http://127.0.0.1:8080.
	token string // An editor's.
}

// findServer returns the server that the environment names, or starts one that ends with the
// test. Either is ready to answer.
func findServer(t *testing.T) server {
	t.Helper()
	found := server{
		url:   strings.TrimSuffix(os.Getenv("GOODPRACTICE_E2E_URL"), "/"),
		token: os.Getenv("GOODPRACTICE_E2E_TOKEN"),
	}
	if found.url == "" {
		found = startServer(t)
	}
	if found.token == "" {
		t.Fatal("no editor token: set GOODPRACTICE_E2E_TOKEN")
	}
	found.awaitReady(t)
	return found
}

// awaitReady waits until the server answers searches.
func (s server) awaitReady(t *testing.T) {
	t.Helper()
	eventually(t, readyLimit, "the server is ready", func() bool {
		ready := s.url + "/readyz"
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, ready, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		return err == nil && response.Body.Close() == nil && response.StatusCode == http.StatusOK
	})
}

// hasPlayground tells whether the server was built with the playground: without it, only the page
// of the playground answers with the status 503.
func (s server) hasPlayground(ctx context.Context) (bool, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/playground", nil)
	if err != nil {
		return false, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false, err
	}
	return response.StatusCode != http.StatusServiceUnavailable, response.Body.Close()
}

// startServer builds and starts the program, with more flags, and reads from its output where it is.
func startServer(t *testing.T, flags ...string) server {
	t.Helper()
	program := filepath.Join(t.TempDir(), "goodpractice")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/goodpractice")
	build.Dir = filepath.Join("..", "..")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, output)
	}
	arguments := append([]string{"serve", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, flags...)
	run := exec.CommandContext(t.Context(), program, arguments...)
	run.Stderr = t.Output()
	run.Cancel = func() error { return run.Process.Signal(syscall.SIGTERM) }
	run.WaitDelay = 10 * time.Second
	output, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	greeting := make(chan server, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		readGreeting(output, greeting)
	}()
	t.Cleanup(func() { // The test's context has ended, which stops the server.
		<-read
		_ = run.Wait()
	})
	ctx, cancel := context.WithTimeout(t.Context(), startLimit)
	defer cancel()
	select {
	case found := <-greeting:
		return found
	case <-ctx.Done():
		t.Fatalf("the server did not say within %s where it is and with which token", startLimit)
		return server{}
	}
}

var (
	address  = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	lastWord = regexp.MustCompile(`(?:^|\s)([\w.-]{43,})\s*$`) // 256 bits in base64url, or more.
)

// readGreeting reads a server's output to its end, so that the server is never held up, and
// sends what it found once it has both the first address and a token, which is the last word of
// its line.
func readGreeting(output io.Reader, greeting chan<- server) {
	var found server
	sent := false
	for lines := bufio.NewScanner(output); lines.Scan(); {
		line := lines.Text()
		if found.url == "" {
			found.url = address.FindString(line)
		}
		if word := lastWord.FindStringSubmatch(line); found.token == "" && word != nil {
			found.token = word[1]
		}
		if !sent && found.url != "" && found.token != "" {
			greeting <- found
			sent = true
		}
	}
}

func TestMissingPlaygroundIsNoticed(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{
		http.StatusOK: true, http.StatusServiceUnavailable: false,
	} {
		site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/playground" {
				http.NotFound(w, r)
				return
			}
			w.WriteHeader(status)
		}))
		t.Cleanup(site.Close)
		built, err := server{url: site.URL}.hasPlayground(t.Context())
		if err != nil || built != want {
			t.Errorf("status %d: built %t, error %v", status, built, err)
		}
	}
}

func TestGreetingIsUnderstood(t *testing.T) {
	t.Parallel()
	const token = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
	for name, output := range map[string]string{
		"in order": "Open http://127.0.0.1:4711/playground\nEditor token, this machine only: " + token,
		"reversed": token + "\nlistening on http://127.0.0.1:4711 now\nand http://127.0.0.1:1\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			greeting := make(chan server, 1)
			readGreeting(strings.NewReader(output), greeting)
			if got := <-greeting; got != (server{url: "http://127.0.0.1:4711", token: token}) {
				t.Errorf("understood %+v", got)
			}
		})
	}
}
