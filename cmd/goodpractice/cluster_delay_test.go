package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	clusterSampleEvery = 50 * time.Millisecond
	clusterLook        = 2 * time.Millisecond // Between two looks at a server.
)

// clusterDelays is how long it took from an acknowledged write until another server found it, where all was
// well: by looking again and again, and by one request that carried the consistency token.
type clusterDelays struct{ looking, token []time.Duration }

// calm measures the delays while nothing is killed, on a record that nobody else changes.
func (c *cluster) calm(duration time.Duration) {
	c.Helper()
	mine := &clusterRecord{}
	request := newClusterCreate()
	request.record = mine
	for end := time.Now().Add(duration); time.Now().Before(end) && !c.Failed(); c.rest(clusterSampleEvery) {
		order := rand.Perm(clusterServers)
		answer, err := c.ask(c.servers[order[0]].life.Load(), request)
		if err != nil {
			c.Fatalf("a write while all is well: %v", err)
		}
		saved := c.note(request, answer)
		if saved == nil {
			c.FailNow() // The refusal has been told.
		}
		began := time.Now()
		var looking, token time.Duration
		var asking sync.WaitGroup
		asking.Go(func() {
			c.look(c.servers[order[1]].life.Load(), saved)
			looking = time.Since(began)
		})
		asking.Go(func() {
			found, err := c.find(c.servers[order[2]].life.Load(), saved.nonce, saved.token)
			if err != nil || found != saved.id {
				c.Errorf("a search with a consistency token finds %q, want %s; error %v", found, saved.id, err)
			}
			token = time.Since(began)
		})
		asking.Wait()
		c.delays.looking, c.delays.token = append(c.delays.looking, looking), append(c.delays.token, token)
		request = newClusterUpdate(mine)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calmRate = float64(len(c.saved)) / time.Since(c.began).Seconds()
}

// look asks a server until it finds what was saved.
func (c *cluster) look(life *serving, saved *clusterSaved) {
	for end := time.Now().Add(clusterPatience); time.Now().Before(end); {
		if found, err := c.find(life, saved.nonce, ""); err == nil && found == saved.id || pause(c.Context(), clusterLook) != nil {
			return
		}
	}
	c.Errorf("a server does not find revision %d of %s within %s", saved.revision, saved.id, clusterPatience)
}

// summarise prints the figures.
func (c *cluster) summarise() {
	c.Helper()
	var done []string
	for _, what := range slices.Sorted(maps.Keys(c.tally)) {
		done = append(done, fmt.Sprintf("%s %d", what, c.tally[what]))
	}
	line := []string{
		fmt.Sprintf("%.0f s: %d servers, %d writers, %d records", c.wrote.Seconds(), clusterServers, clusterWriters, len(c.records)),
		fmt.Sprintf("%d writes acknowledged and found (%.0f/s; %.0f/s before the trouble)",
			len(c.saved), float64(len(c.saved))/c.wrote.Seconds(), c.calmRate),
		fmt.Sprintf("%d refused to whoever came second", len(c.refused)),
		fmt.Sprintf("%d answers unknown and asked for again, %d refused while away", c.unknown, c.away),
		strings.Join(done, ", "),
		fmt.Sprintf("log dense with %d entries, nothing unpublished", c.log.LogEntries),
		fmt.Sprintf("first write after the database was back: median %s, longest %s of %d",
			quantile(c.recovered, 0.5), quantile(c.recovered, 1), len(c.recovered)),
		fmt.Sprintf("equal %s after all was up", c.converged.Round(time.Millisecond)),
		fmt.Sprintf("on another server by looking: p50 %s, p99 %s; with a consistency token: p50 %s, p99 %s (%d samples)",
			quantile(c.delays.looking, 0.5), quantile(c.delays.looking, 0.99),
			quantile(c.delays.token, 0.5), quantile(c.delays.token, 0.99), len(c.delays.token)),
	}
	c.Log(strings.Join(line, "; "))
}

// quantile is the least time that so large a part of the samples does not exceed; 0 where there are none.
func quantile(samples []time.Duration, part float64) time.Duration {
	if len(samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[min(int(part*float64(len(sorted))), len(sorted)-1)].Round(time.Millisecond)
}
