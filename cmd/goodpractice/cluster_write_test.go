package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// What the writers of TestCluster do.
const (
	clusterPatience = 10 * time.Second       // For one answer.
	clusterAgain    = 200 * time.Millisecond // Before a request is sent again, at most.
	clusterTwin     = 10                     // One request in so many is sent twice at the same time.
	clusterLeave    = 10                     // One answer in so many is believed that nothing was saved.
	clusterHot      = 6                      // Half of all changes go to so many records, which the writers fight for.
)

// clusterBook is what is known of the records.
type clusterBook struct {
	mu        sync.Mutex
	records   []*clusterRecord // guarded
	saved     []clusterSaved   // guarded: what was acknowledged
	refused   []string         // guarded: nonces of requests that were refused for good
	left      []string         // guarded: nonces of requests that were given up, since nothing had been saved
	unknown   int              // guarded: answers that left open whether a change was saved
	away      int              // guarded: answers that nothing was saved, and connections refused
	backSince time.Time        // guarded: when the database came back, until the next write is acknowledged
	recovered []time.Duration  // guarded: how long that took
}

// clusterRecord is what was last heard of a record.
type clusterRecord struct {
	id, status string
	revision   int
}

// clusterSaved is an acknowledged write.
type clusterSaved struct {
	id, nonce string
	revision  int
	token     string
}

// startWriters starts them. They end with stopWriters, or with the test.
func (c *cluster) startWriters() {
	c.ending.Store(false)
	for range clusterWriters {
		c.writers.Go(func() {
			for !c.ending.Load() && c.Context().Err() == nil {
				c.act(c.think())
			}
		})
	}
	c.Cleanup(c.writers.Wait)
}

// act carries out a request, now and then in two at once: these must get the same answer.
func (c *cluster) act(request *clusterRequest) {
	if rand.N(clusterTwin) > 0 {
		c.carryOut(request)
		return
	}
	request.isTwin = true
	var twin *clusterSaved
	var both sync.WaitGroup
	both.Go(func() { twin = c.carryOut(request) })
	one := c.carryOut(request)
	both.Wait()
	if c.Context().Err() == nil && (one == nil) != (twin == nil) || one != nil && twin != nil && *one != *twin {
		c.Errorf("%s of %v was answered with %+v and with %+v", request.mutation, request.input, one, twin)
	}
}

// stopWriters waits until each has an answer to what it has in hand.
func (c *cluster) stopWriters() {
	c.Helper()
	c.ending.Store(true)
	done := make(chan struct{})
	go func() { c.writers.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(clusterSettle):
		c.Fatal("the writers get no answers")
	}
}

// errOpen says that it is not known whether a request was carried out; errAway that it was not.
var (
	errOpen = errors.New("it is not known what came of it")
	errAway = errors.New("it was not carried out")
)

// carryOut sends a request to any server, again and again until it is known what came of it. Now and then it
// believes the first answer that nothing was saved.
func (c *cluster) carryOut(r *clusterRequest) *clusterSaved {
	for mayLeave := !r.isTwin; c.Context().Err() == nil; {
		if life := c.servers[rand.N(clusterServers)].life.Load(); life != nil {
			answer, err := c.ask(life, r)
			switch {
			case err == nil:
				return c.note(r, answer)
			case !errors.Is(err, errOpen) && !errors.Is(err, errAway):
				c.Errorf("%s: %v", r.mutation, err)
				return nil
			}
			mayLeave = mayLeave && errors.Is(err, errAway)
			if c.noteFailure(r, err, mayLeave && rand.N(clusterLeave) == 0) {
				return nil
			}
		}
		_ = pause(c.Context(), rand.N(clusterAgain)) // The end of the test is seen above.
	}
	return nil
}

// noteFailure counts a failure, and gives the request up if it may.
func (c *cluster) noteFailure(r *clusterRequest, err error, leave bool) (left bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if errors.Is(err, errOpen) {
		c.unknown++
		return false
	}
	c.away++
	if leave {
		c.left = append(c.left, r.nonce)
	}
	return leave
}

// ask sends a mutation and reads the answer.
func (c *cluster) ask(life *serving, r *clusterRequest) (*clusterAnswer, error) {
	status, body, err := c.send(life, r.query, map[string]any{"input": r.input}, "")
	if err != nil {
		return nil, err
	}
	a := answerOf(status, body, nil)
	switch {
	case a.code() == "UNAVAILABLE" && !strings.Contains(a.Errors[0].Message, "not known whether"):
		return nil, errAway
	case a.code() == "UNAVAILABLE", a.code() == "TIMEOUT", a.code() == "CANCELLED":
		return nil, errOpen
	}
	var answer clusterAnswer
	if a.code() != "" || status != 200 || json.Unmarshal(a.Data[r.mutation], &answer) != nil {
		return nil, fmt.Errorf("status %d: %s", status, body)
	}
	return &answer, nil
}

// clusterClient keeps a connection for each writer.
var clusterClient = &http.Client{
	Timeout: clusterPatience, Transport: &http.Transport{MaxIdleConnsPerHost: 2 * clusterWriters, IdleConnTimeout: time.Minute},
}

// send posts an operation. No answer is errOpen, or errAway where nobody was there.
func (c *cluster) send(life *serving, query string, variables any, token string) (int, []byte, error) {
	sent, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return 0, nil, err
	}
	request, err := http.NewRequestWithContext(c.Context(), http.MethodPost, life.url+"/graphql", bytes.NewReader(sent))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+c.token)
	if token != "" {
		request.Header.Set("Consistency-Token", token)
	}
	response, err := clusterClient.Do(request)
	if err != nil {
		if broken, ok := errors.AsType[*net.OpError](err); ok && broken.Op == "dial" {
			return 0, nil, errAway
		}
		return 0, nil, errOpen
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, nil, errOpen
	}
	return response.StatusCode, body, nil
}

// note enters an answer into the book. The result is nil for a refusal.
func (c *cluster) note(r *clusterRequest, a *clusterAnswer) *clusterSaved {
	c.mu.Lock()
	defer c.mu.Unlock()
	state := a.Practice
	if state == nil {
		state = a.Entry
	}
	if state == nil {
		c.refuse(r, a)
		return nil
	}
	if _, titled := r.input["reason"]; !titled && !strings.HasSuffix(state.Title, r.nonce) {
		c.Errorf("%s was acknowledged with the state of another request: %+v, want %s", r.mutation, *state, r.nonce)
	}
	saved := clusterSaved{state.ID, r.nonce, state.Revision, a.ConsistencyToken}
	c.saved = append(c.saved, saved)
	if !c.backSince.IsZero() {
		c.recovered = append(c.recovered, time.Since(c.backSince))
		c.backSince = time.Time{}
	}
	record := r.record
	if record == nil {
		record = &clusterRecord{}
		r.record, c.records = record, append(c.records, record)
	}
	if state.Revision > record.revision {
		record.id, record.revision, record.status = state.ID, state.Revision, state.Status
	}
	return &saved
}

// refuse enters a refusal. Somebody else was faster; nothing else may be wrong. The lock must be held.
func (c *cluster) refuse(r *clusterRequest, a *clusterAnswer) {
	c.refused = append(c.refused, r.nonce)
	for _, e := range a.UserErrors {
		switch {
		case r.mutation == "createPractice", e.Code != "STALE_REVISION" && e.Code != "NOT_ALLOWED_NOW":
			c.Errorf("%s of %v was refused: %+v", r.mutation, r.input, a.UserErrors)
		case e.CurrentRevision > r.record.revision:
			r.record.revision, r.record.status = e.CurrentRevision, ""
		}
	}
	if len(a.UserErrors) == 0 {
		c.Errorf("%s of %v was answered with nothing", r.mutation, r.input)
	}
}

// back notes that the database is there again.
func (c *cluster) back() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.backSince = time.Now()
}
