package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// startLimit is how long a server may take to say where it is.
const startLimit = 5 * time.Minute

// serving is a server that runs as a process of its own.
type serving struct {
	process *exec.Cmd
	url     string   // Without a path.
	token   string   // Of the first start; empty later. Only after the greeting.
	lines   []string // What it printed; only after its end.
	stderr  *serverLog
	greeted chan struct{} // Closed when it says that it is ready.
	printed chan struct{} // Closed at the end of its output.
}

// startServer starts the program on a data directory, and waits for its greeting.
func startServer(data string, environment []string, args ...string) (*serving, error) {
	s, err := launchServer(data, environment, args...)
	if err != nil {
		return nil, err
	}
	select {
	case <-s.greeted:
		return s, nil
	case <-s.printed:
	case <-time.After(startLimit):
	}
	return nil, errors.Join(fmt.Errorf("the server does not say that it is ready: %s", s.stderr), s.kill())
}

// launchServer starts the program on a data directory, and waits until its log says where it listens.
func launchServer(data string, environment []string, args ...string) (*serving, error) {
	args = append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, args...)
	where := make(chan string, 1)
	s := &serving{stderr: &serverLog{address: where}, greeted: make(chan struct{}), printed: make(chan struct{})}
	s.process = exec.Command("goodpractice", args...) //nolint:noctx // kill and stop end it.
	s.process.Env, s.process.Stderr = environment, s.stderr
	output, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	go s.read(output)
	select {
	case address := <-where:
		s.url = "http://" + address
		return s, nil
	case <-s.printed:
	case <-time.After(startLimit):
	}
	return nil, errors.Join(fmt.Errorf("the server does not listen: %s", s.stderr), s.kill())
}

// read takes in the output of a server until its end.
func (s *serving) read(output io.Reader) {
	defer close(s.printed)
	for in := bufio.NewScanner(output); in.Scan(); {
		text := in.Text()
		s.lines = append(s.lines, text)
		if strings.HasPrefix(text, "Development editor token") {
			s.token = text[strings.LastIndexByte(text, ' ')+1:]
		}
		if text == "The server is ready. Stop it with Ctrl+C." {
			close(s.greeted)
		}
	}
}

// serverLog is the log of a server. It may be read while the server runs.
type serverLog struct {
	mu      sync.Mutex
	text    []byte      // guarded
	address chan string // Gets where the server listens, once.
}

// listening is the line that tells where a server is.
var listening = regexp.MustCompile(`msg=listening addr=(\S+) records=\S+\n`)

// Write implements io.Writer.
func (l *serverLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	if l.address != nil {
		if found := listening.FindSubmatch(l.text); found != nil {
			l.address <- string(found[1])
			l.address = nil
		}
	}
	return len(p), nil
}

// String is what was written until now.
func (l *serverLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

// kill ends a server at once.
func (s *serving) kill() error {
	err := s.process.Process.Kill()
	<-s.printed
	_ = s.process.Wait() // It was killed.
	return err
}

// stop asks a server to end, and tells how it ended.
func (s *serving) stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	<-s.printed
	return s.process.Wait()
}

// post sends a GraphQL operation and returns the status and the body.
func (s *serving) post(ctx context.Context, token, query string, variables any) (int, []byte, error) {
	sent, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return 0, nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/graphql", bytes.NewReader(sent))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, body, err
}
