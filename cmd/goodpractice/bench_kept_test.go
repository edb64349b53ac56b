package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Paths of a search by GET.
const (
	pathAnew   = "by GET, worked out anew"
	pathKept   = "by GET, kept answer"
	pathPacked = "by GET, kept answer, gzip"
	pathSame   = "by GET, 304"
	pathBytes  = "floor: a handler with the same bytes"
)

// What answers from memory are held to, in requests in the same time.
const (
	keptPerAnew  = 10
	keptPerBytes = 0.5
)

// kept measures how many anonymous searches by GET are answered when the answer is kept, against searches that are worked
// out and against the least that an answer of the same bytes can cost, all over connections that are kept, with a log that
// is written to a file.
func (b *bench) kept(out io.Writer) {
	b.t.Helper()
	target := "/graphql?" + url.Values{
		"query": {strings.Join(strings.Fields(benchSearch), " ")}, "variables": {`{"text":"housing"}`},
	}.Encode()
	server := b.server.Listener.Addr().String()
	first := b.exchange(server, target, "")
	least := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(first.body)))
		_, _ = w.Write(first.body)
	}))
	defer least.Close()
	var n atomic.Int64
	anew := func() string { return target + "&again=" + strconv.FormatInt(n.Add(1), 10) }
	same := func() string { return target }
	runs := map[string]float64{}
	for _, r := range []row{
		{pathAnew, benchClients, b.byGET(server, anew, "", http.StatusOK), ""},
		{pathKept, benchClients, b.byGET(server, same, "", http.StatusOK), pathBytes},
		{pathPacked, benchClients, b.byGET(server, same, "Accept-Encoding: gzip\r\n", http.StatusOK), ""},
		{pathSame, benchClients, b.byGET(server, same, "If-None-Match: "+first.header.Get("ETag")+"\r\n", http.StatusNotModified), ""},
		{pathBytes, benchClients, b.byGET(least.Listener.Addr().String(), same, "", http.StatusOK), ""},
	} {
		m := r.measure(b.t)
		runs[r.path] = float64(m.runs)
		b.tell(out, "search housing, "+r.path, "%.0f a second, p99 %.3f ms, CPU %.3f ms", float64(m.runs) / *benchSeconds, m.p99, m.cpu)
	}
	b.tell(out, "kept answers", "%.0f times as many as anew, %.0f %% of the floor", runs[pathKept]/runs[pathAnew], 100*runs[pathKept]/runs[pathBytes])
	if runs[pathKept] < keptPerAnew*runs[pathAnew] || runs[pathKept] < keptPerBytes*runs[pathBytes] {
		b.t.Errorf("kept answers: %.0f, anew: %.0f, the floor: %.0f", runs[pathKept], runs[pathAnew], runs[pathBytes])
	}
}

// received is an answer over a connection of our own. The client of net/http costs more than what is measured.
type received struct {
	status int
	header http.Header
	body   []byte
}

// line is a connection.
type line struct {
	net.Conn
	from *bufio.Reader
}

func dialLine(ctx context.Context, address string) (*line, error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &line{connection, bufio.NewReaderSize(connection, 64<<10)}, nil
}

// ask sends a GET and reads the answer's header; the body has to be read.
func (l *line) ask(target, header string) (*http.Response, error) {
	if _, err := io.WriteString(l, "GET "+target+" HTTP/1.1\r\nHost: 127.0.0.1\r\n"+header+"\r\n"); err != nil {
		return nil, err
	}
	return http.ReadResponse(l.from, nil)
}

// exchange asks once.
func (b *bench) exchange(address, target, header string) received {
	b.t.Helper()
	l, err := dialLine(b.t.Context(), address)
	b.must(err)
	defer l.Close() //nolint:errcheck // It is given up.
	response, err := l.ask(target, header)
	b.must(err)
	defer response.Body.Close() //nolint:errcheck // It is read.
	body, err := io.ReadAll(response.Body)
	b.must(err)
	b.must(refusal(response.StatusCode, body))
	return received{response.StatusCode, response.Header, body}
}

// byGET asks over connections that are kept, one for each client.
func (b *bench) byGET(address string, target func() string, header string, status int) func(context.Context) error {
	var lines sync.Pool
	return func(ctx context.Context) error {
		l, _ := lines.Get().(*line)
		if l == nil {
			var err error
			if l, err = dialLine(ctx, address); err != nil {
				return err
			}
			b.t.Cleanup(func() { _ = l.Close() })
		}
		response, err := l.ask(target(), header)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			return err
		}
		if err := response.Body.Close(); err != nil {
			return err
		}
		if response.StatusCode != status {
			return fmt.Errorf("status %d, want %d", response.StatusCode, status)
		}
		lines.Put(l)
		return nil
	}
}
