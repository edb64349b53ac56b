package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"goodpractice/internal/mongostore"
)

var clusterSeconds = flag.Int("cluster-seconds", 0, "how long TestCluster writes; 0 leaves it out")

// What TestCluster does.
const (
	clusterServers = 3
	clusterWriters = 16
	clusterCalm    = 10                      // One part in so many goes by before anything is killed.
	clusterPause   = 2 * time.Second         // Between two kills, at most.
	clusterDown    = 1500 * time.Millisecond // How long what was killed stays so, at most.
	clusterFrozen  = 6 * time.Second         // How long a server stands still, at most.
	clusterStands  = 2                       // How often all servers but one are gone.
	clusterSettle  = time.Minute             // How long servers may take to agree once all is well.
)

// TestCluster lets writers change records on three servers with one database, while servers and database
// are killed and stopped at random. Afterwards every write that was acknowledged has to be in the history of
// its record, each request must have been carried out once at most, and all servers must find and show what
// is stored. `make cluster-test` runs it for ten minutes.
func TestCluster(t *testing.T) {
	if *clusterSeconds == 0 {
		t.Skip("this test lasts long: run make cluster-test, or say how long with -cluster-seconds")
	}
	c := &cluster{T: t, rig: newRig(t), tally: map[string]int{}, told: map[string]bool{}}
	c.environment = append(os.Environ(), "GOODPRACTICE_STORE="+c.rig.uri)
	c.prepare()
	c.began = time.Now()
	c.startWriters()
	whole := time.Duration(*clusterSeconds) * time.Second
	c.calm(whole / clusterCalm)
	c.storm(c.began.Add(whole))
	for range clusterStands {
		c.lastStand()
	}
	c.finale()
	c.verify()
	c.stopAll()
	c.summarise()
}

// cluster is some servers on one database, and what is known of their records.
type cluster struct {
	*testing.T
	rig         *rig
	environment []string // Of the programs.
	servers     [clusterServers]*clusterServer
	token       string
	began       time.Time
	done        []string        // What was done to servers and database, and when.
	tally       map[string]int  // How often.
	told        map[string]bool // What servers said.
	wrote       time.Duration   // For how long writers wrote.
	converged   time.Duration   // How long the servers took to agree.

	writers sync.WaitGroup
	ending  atomic.Bool // Writers begin nothing new.
	clusterBook
	log      mongostore.Audit // At the end.
	calmRate float64          // Writes acknowledged in a second, before the first trouble.
	delays   clusterDelays
}

// clusterServer is one server through all its lives.
type clusterServer struct {
	data string
	life atomic.Pointer[serving] // Nil while it is down.
}

// prepare fills the database, and starts the servers.
func (c *cluster) prepare() {
	c.Helper()
	k := &killing{T: c.T, data: filepath.Join(c.TempDir(), "data"), environment: c.environment}
	k.command("import", filepath.Join("testdata", "files", "vocabulary.jsonl"))
	made := k.command("token", "create", "--role", "editor")
	c.token = made[strings.LastIndexByte(made, ' ')+1:]
	for i := range c.servers {
		c.servers[i] = &clusterServer{data: filepath.Join(c.TempDir(), "data")}
		c.launch(c.servers[i])
	}
	c.Cleanup(func() {
		for _, s := range c.servers {
			if life := s.life.Load(); life != nil {
				_ = life.kill()
			}
		}
		if c.Failed() {
			c.Logf("what was done: %s", strings.Join(c.done, "; "))
		}
	})
	c.awaitHealth()
}

// launch starts a server. If it ends before it is told to, that is a failure, which is noticed when it is
// to be ended.
func (c *cluster) launch(s *clusterServer) {
	c.Helper()
	life, err := launchServer(s.data, c.environment, "--seed", "none")
	if err != nil {
		c.Fatal(err)
	}
	s.life.Store(life)
}

// awaitHealth waits until all servers are ready and know that the database is there.
func (c *cluster) awaitHealth() {
	c.Helper()
	for _, s := range c.servers {
		life := s.life.Load()
		eventually(c.T, "ready", clusterSettle, func() bool {
			status, body := life.probe(c.T, "/readyz")
			return status == 200 && body == "ready\n"
		})
	}
}

// end ends a server with kill -9, or asks it to end.
func (c *cluster) end(s *clusterServer, kindly bool) {
	c.Helper()
	life := s.life.Swap(nil)
	if kindly {
		c.tally["servers stopped"]++
		if err := life.stop(); err != nil {
			c.Errorf("a server did not stop well: %v\n%s", err, life.stderr)
		}
	} else {
		c.tally["servers killed"]++
		if err := life.kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			c.Error(err)
		}
		if status, ok := life.process.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL {
			c.Errorf("a server had ended by itself: %s\n%s", life.process.ProcessState, life.stderr)
		}
	}
	c.readLog(life)
}

// readLog looks for what a server must never have to say: errors, what is no log line, and that the index had to
// be mended, which nothing here is an excuse for. Each sort of line is told once.
func (c *cluster) readLog(s *serving) {
	c.Helper()
	for line := range strings.Lines(s.stderr.String()) {
		_, said, _ := strings.Cut(line, "level=")
		said, _, _ = strings.Cut(said, " request_id=")
		isUsual := strings.HasPrefix(said, "INFO") || strings.HasPrefix(said, "WARN") && !strings.Contains(said, "was mended")
		if !isUsual && !c.told[said] {
			c.told[said] = true
			c.Errorf("a server said: %s", line)
		}
	}
}

// stopAll stops the servers in good order.
func (c *cluster) stopAll() {
	c.Helper()
	for _, s := range c.servers {
		c.end(s, true)
		c.tally["servers stopped"]-- // This is no trouble.
	}
}
