package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"math"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/mongostore/mongotest"
)

// What somebody who uses a server may expect while its database is in trouble.
const (
	// refuseWithin is how long a mutation may take to be refused while the database is known to be away.
	refuseWithin = time.Second
	// noticeWithin is how long a server may take to notice that the database has gone.
	noticeWithin = 10 * time.Second
	// recoverWithin is how long it may take in the median to go on after the database is back. It takes about a
	// second. One time may take up to recoverAtMost, on a machine that is busy.
	recoverWithin = 5 * time.Second
	recoverAtMost = 30 * time.Second
)

// scriptVariable names the environment variable with the path of the script that runs databases.
const scriptVariable = "GOODPRACTICE_TEST_MONGODB_SCRIPT"

// rig is a database server of a test's own, which can be stopped and started.
type rig struct {
	t         *testing.T
	name, uri string
}

// newRig starts one. It skips the test where there is no script for that.
func newRig(t *testing.T) *rig {
	t.Helper()
	if os.Getenv(scriptVariable) == "" {
		t.Skip("this test stops and starts a database: set " + scriptVariable + " to the path of scripts/test-mongodb")
	}
	r := &rig{t: t, name: "trouble-" + strings.ToLower(rand.Text())}
	r.uri = strings.TrimSpace(r.do("up")) + "goodpractice"
	t.Cleanup(func() { r.do("down") })
	return r
}

// do runs the script.
func (r *rig) do(command string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.t.Context()), startLimit) // Also to clean up.
	defer cancel()
	var problems strings.Builder
	script := exec.CommandContext(ctx, os.Getenv(scriptVariable), command, r.name)
	script.Stderr = &problems
	output, err := script.Output()
	if err != nil {
		r.t.Fatalf("test-mongodb %s: %v\n%s", command, err, &problems)
	}
	return string(output)
}

const (
	troubleSearch = `{ search(text: "housing", first: 10) { totalCount edges { node { id title } } } }`
	troubleCount  = `{ practices { totalCount } events { totalCount } themes { totalCount } }`
	troubleRead   = `query($id: ID!) { node(id: $id) { id ... on Entry { title } } }`
	troubleStream = `subscription { entryChanged { id } }`
)

// The life of a server whose database comes late, goes, is killed, and comes back, all without a restart
// of the server.
func TestTrouble(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.do("stop")
	u := &troubled{T: t, rig: r, data: filepath.Join(t.TempDir(), "data")}
	u.environment = append(os.Environ(), "GOODPRACTICE_STORE="+r.uri)
	u.comesLate()
	u.subscribe()
	for _, way := range []string{"stop", "kill", "kill-ferretdb", "kill-postgres"} {
		u.goesAndComes(way)
	}
	slices.Sort(u.recovered)
	if median := u.recovered[len(u.recovered)/2]; median > recoverWithin {
		t.Errorf("it went on after %s: %s in the median, want %s at most", u.recovered, median, recoverWithin)
	}
	u.bothAreKilled()
	if err := u.server.stop(); err != nil {
		t.Errorf("the server did not stop well: %v", err)
	}
}

// troubled is a server in trouble, and what is known of it.
type troubled struct {
	*testing.T
	rig         *rig
	data        string
	environment []string
	server      *serving
	token       string
	before      answered        // The search while all was well.
	made        []string        // Ids of records whose making was acknowledged.
	heard       chan string     // What the subscription tells.
	known       map[string]bool // What it has told until now.
	stream      *http.Response
	recovered   []time.Duration // How long it took to go on after the database was back.
}

// comesLate starts the server first and the database after it.
func (u *troubled) comesLate() {
	u.Helper()
	u.server = launch(u.T, u.data, u.environment)
	u.server.wantStatus(u.T, "/healthz", 200, "ok")
	u.server.wantStatus(u.T, "/readyz", 503, "not ready: waiting for the database")
	if a := u.search(); a.code() != "UNAVAILABLE" || len(a.Data["search"]) > 0 && string(a.Data["search"]) != "null" {
		u.Errorf("a search without a database: %s", a)
	}
	u.rig.do("start")
	eventually(u.T, "the first records are being saved", startLimit, func() bool {
		_, body := u.server.probe(u.T, "/readyz")
		return !strings.Contains(body, reasonAway)
	})
	u.rig.do("kill-ferretdb")
	u.rig.do("start")
	took := eventually(u.T, "ready", startLimit, func() bool { return u.isReady("\n") })
	u.Logf("ready %s after the database came for good, with the first records", took)
	select {
	case <-u.server.greeted:
	case <-time.After(startLimit):
		u.Fatal("no greeting")
	}
	if u.token = u.server.token; u.token == "" {
		u.Fatal("no token")
	}
	all := u.server.operate(u.T, "", troubleCount, nil)
	if string(all.Data["practices"]) != `{"totalCount":91}` || string(all.Data["events"]) != `{"totalCount":2}` {
		u.Errorf("the first records: %s", all)
	}
	if u.before = u.search(); u.before.code() != "" || !bytes.Contains(u.before.Data["search"], []byte(`"id"`)) {
		u.Fatalf("the search: %s", u.before)
	}
	u.write()
}

// isReady asks the probe of load balancers.
func (u *troubled) isReady(remark string) bool {
	u.Helper()
	status, body := u.server.probe(u.T, "/readyz")
	return status == 200 && strings.HasPrefix(body, "ready"+remark)
}

func (u *troubled) search() answered {
	u.Helper()
	return u.server.operate(u.T, "", troubleSearch, nil)
}

// try creates a practice.
func (u *troubled) try() answered {
	u.Helper()
	a := u.server.operate(u.T, u.token, killCreate, map[string]any{"input": map[string]any{
		"language": "en", "title": "Made in trouble", "summary": "Made while the database came and went.",
		"themes": []string{"housing"}, "countries": []string{"ES"},
	}})
	if _, id, found := strings.Cut(string(a.Data["createPractice"]), `"id":"`); found {
		id, _, _ = strings.Cut(id, `"`)
		u.made = append(u.made, id)
	}
	return a
}

// write creates a practice as soon as that is possible, and tells how long it took.
func (u *troubled) write() time.Duration {
	u.Helper()
	count := len(u.made)
	return eventually(u.T, "a write succeeds", recoverAtMost, func() bool { u.try(); return len(u.made) > count })
}

// quickest asks up to three times until it is answered within the limit: a busy machine may hold up an answer, and what
// waits for the database is always slow.
func quickest(ask func() answered) answered {
	best := ask()
	for again := 0; again < 2 && best.Took > refuseWithin; again++ {
		if a := ask(); a.Took < best.Took {
			best = a
		}
	}
	return best
}

// subscribe listens for changes for the rest of the test.
func (u *troubled) subscribe() {
	u.Helper()
	u.heard, u.known = make(chan string, 100), make(map[string]bool)
	u.stream = u.server.get(u.T, u.server.url+"/graphql?query="+url.QueryEscape(troubleStream),
		"Accept", "text/event-stream", "Authorization", "Bearer "+u.token)
	if u.stream.StatusCode != 200 {
		u.Fatalf("the subscription: status %d", u.stream.StatusCode)
	}
	heard, body := u.heard, u.stream.Body
	go func() {
		defer close(heard)
		for in := bufio.NewScanner(body); in.Scan(); {
			if _, id, found := strings.Cut(in.Text(), `"id":"`); found {
				id, _, _ = strings.Cut(id, `"`)
				heard <- id
			}
		}
	}()
}

// hear waits until the subscription has told of a record.
func (u *troubled) hear(id string) {
	u.Helper()
	timeout := time.After(recoverAtMost)
	for !u.known[id] {
		select {
		case told, open := <-u.heard:
			if !open {
				u.Fatal("the subscription has ended")
			}
			u.known[told] = true
		case <-timeout:
			u.Fatalf("the subscription has not told of %s", id)
		}
	}
}

// goesAndComes takes the database away and brings it back.
func (u *troubled) goesAndComes(way string) {
	u.Helper()
	u.write() // It is in the memory of the server then, and in the index.
	last := u.made[len(u.made)-1]
	u.hear(last)
	u.before = u.search()
	u.rig.do(way)
	u.isAway(way, last)
	u.rig.do("start")
	wrote := u.write()
	ready := eventually(u.T, "the probe is content", recoverAtMost, func() bool { return u.isReady("\n") })
	u.recovered = append(u.recovered, wrote+ready)
	u.hear(u.made[len(u.made)-1])
	if a := u.search(); a.Extensions.Stale != nil || a.code() != "" {
		u.Errorf("%s: a search after it was over: %s", way, a)
	}
	u.Logf("%s: it wrote again after %s, and was content after %s more", way, wrote, ready)
	u.allAreThere()
}

// isAway looks at what a server does while its database is away.
func (u *troubled) isAway(way, last string) {
	u.Helper()
	noticed := eventually(u.T, "it is noticed", noticeWithin, func() bool {
		return u.isReady("; the database has been away since ")
	})
	found := u.search()
	if found.Status != 200 || found.code() != "" || found.Extensions.Stale == nil || found.Extensions.Stale.Message == "" ||
		!bytes.Equal(found.Data["search"], u.before.Data["search"]) {
		u.Errorf("%s: a search: %s; before %s", way, found, u.before)
	}
	read := u.server.operate(u.T, u.token, troubleRead, map[string]any{"id": last})
	if read.code() != "" || read.Extensions.Stale == nil || !bytes.Contains(read.Data["node"], []byte(last)) {
		u.Errorf("%s: a record from memory: %s", way, read)
	}
	count := len(u.made)
	if a := quickest(u.try); a.code() != "UNAVAILABLE" || a.Took > refuseWithin || len(u.made) > count {
		u.Errorf("%s: a mutation: %s", way, a)
	}
	began := time.Now()
	_, err := goodpractice(u.T, "import", "testdata/files/vocabulary.jsonl", "--data", u.data)
	if err == nil || time.Since(began) > reachWithin+time.Second {
		u.Errorf("%s: a command after %s: error %v", way, time.Since(began), err)
	}
	u.Logf("%s: noticed after %s, mutation refused; the command said %q after %s", way, noticed, explain(err), time.Since(began))
}

// allAreThere looks for everything that was acknowledged.
func (u *troubled) allAreThere() {
	u.Helper()
	for ids := range slices.Chunk(u.made, killCheckSize) {
		a := u.server.operate(u.T, u.token, killLoad, map[string]any{"ids": ids})
		for _, id := range ids {
			if !bytes.Contains(a.Data["nodes"], []byte(id)) {
				u.Errorf("%s was acknowledged and is lost: %s", id, a)
			}
		}
	}
}

// bothAreKilled kills the server and the database, and starts them in the worse order.
func (u *troubled) bothAreKilled() {
	u.Helper()
	_ = u.stream.Body.Close()
	u.rig.do("kill")
	if err := u.server.kill(); err != nil {
		u.Error(err)
	}
	u.server = launch(u.T, u.data, u.environment)
	u.server.wantStatus(u.T, "/readyz", 503, "not ready: waiting for the database")
	u.rig.do("start")
	took := eventually(u.T, "ready", startLimit, func() bool { return u.isReady("\n") })
	u.Logf("ready %s after both were killed and the database came back", took)
	u.allAreThere()
	out, err := goodpractice(u.T, "check", "--data", u.data)
	if err != nil || !equal.MatchString(strings.TrimSpace(out)) {
		u.Errorf("check printed %q, error %v", out, err)
	}
}

// A database that answers slowly holds up nobody else, and whoever writes learns what came of it.
func TestSlowDatabase(t *testing.T) {
	t.Parallel()
	uri, wire := mongotest.Through(t, mongotest.URI(t))
	data := filepath.Join(t.TempDir(), "data")
	u := &troubled{T: t, data: data, environment: append(os.Environ(), "GOODPRACTICE_STORE="+uri)}
	var err error
	if u.server, err = startServer(data, u.environment, "--seed", "sample", "--points-per-minute", strconv.Itoa(math.MaxInt32)); err != nil {
		t.Fatal(err) // It searches as fast as it is answered, which takes points.
	}
	t.Cleanup(func() {
		_ = u.server.kill()
		if t.Failed() {
			t.Logf("the log of the server:\n%s", u.server.stderr)
		}
	})
	u.token, u.before = u.server.token, u.search()
	wire.Slow(200 * time.Millisecond)
	if a := u.try(); len(u.made) != 1 {
		t.Errorf("a write by way of a slow database: %s", a)
	} else {
		t.Logf("with 200 ms more for each answer of the database, a write took %s", a.Took)
	}
	wire.Slow(time.Minute)
	u.standsStill()
	wire.Slow(0)
	took := u.write()
	if took > recoverWithin {
		t.Errorf("it did not write again within %s", recoverWithin)
	}
	t.Logf("it wrote again %s after the database was quick again", took)
	u.allAreThere()
}

// standsStill looks at a server whose database takes everything and answers nothing.
func (u *troubled) standsStill() {
	u.Helper()
	written := make(chan answered, 1)
	go func() {
		status, body, err := u.server.post(u.Context(), u.token, killCreate, map[string]any{"input": map[string]any{
			"language": "en", "title": "Made in slowness", "themes": []string{"housing"}, "countries": []string{"ES"},
		}})
		written <- answerOf(status, body, err)
	}()
	began := time.Now()
	for waiting := true; waiting; {
		if a := quickest(u.search); a.Status != 200 || a.code() != "" || a.Took > refuseWithin {
			u.Errorf("a search while the database stands still: %s", a)
		}
		u.server.wantStatus(u.T, "/readyz", 200, "ready")
		select {
		case a := <-written:
			waiting = false
			// The token is read before anything is written, so usually nothing was sent.
			if a.code() != "UNAVAILABLE" && a.code() != "TIMEOUT" || !strings.Contains(a.Errors[0].Message, "not known whether") &&
				!strings.Contains(a.Errors[0].Message, "cannot be reached") {
				u.Errorf("a write while the database stands still: %s", a)
			}
			u.Logf("the write ended after %s: %s", time.Since(began), a)
		default:
		}
	}
	eventually(u.T, "it is noticed", 2*noticeWithin, func() bool { return u.search().Extensions.Stale != nil })
	eventually(u.T, "writes are refused at once", 2*noticeWithin, func() bool {
		a := u.try()
		return a.code() == "UNAVAILABLE" && a.Took <= refuseWithin
	})
}
