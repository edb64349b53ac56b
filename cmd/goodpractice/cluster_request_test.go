package main

import (
	cryptorand "crypto/rand"
	"math/rand/v2"
	"strings"
)

// clusterQuery is a mutation that answers what the writers need to know.
func clusterQuery(mutation, input, payload string) string {
	return "mutation($input: " + input + "!) { " + mutation + "(input: $input) { " + payload +
		" { ... on Practice { id revision status title } } consistencyToken " +
		"userErrors { code message ... on ConflictError { currentRevision } } } }"
}

// clusterRequest is a mutation with a nonce, by which its effect is recognised.
type clusterRequest struct {
	mutation, query, nonce string
	record                 *clusterRecord // Nil for a new one until it is there; guarded.
	input                  map[string]any
	isTwin                 bool // Another one like it is on its way.
}

// clusterAnswer is the payload of any of the mutations.
type clusterAnswer struct {
	Practice, Entry *struct {
		ID, Status, Title string
		Revision          int
	}
	ConsistencyToken string
	UserErrors       []struct {
		Code, Message   string
		CurrentRevision int
	}
}

// think chooses what to do next.
func (c *cluster) think() *clusterRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.records) < clusterHot || rand.N(4) == 0 {
		return newClusterCreate()
	}
	r := c.records[rand.N(len(c.records))]
	if rand.N(2) == 0 {
		r = c.records[len(c.records)-1-rand.N(clusterHot)]
	}
	step := map[string]string{
		"DRAFT": "submitEntry", "SUBMITTED": "publishEntry", "PUBLISHED": "archiveEntry", "ARCHIVED": "restoreEntry",
	}[r.status]
	if r.status == "ARCHIVED" || step != "" && rand.N(3) == 0 {
		return newClusterStep(r, step)
	}
	return newClusterUpdate(r)
}

func newClusterCreate() *clusterRequest {
	nonce := strings.ToLower(cryptorand.Text())
	return &clusterRequest{
		mutation: "createPractice", query: clusterQuery("createPractice", "CreatePracticeInput", "practice"), nonce: nonce,
		input: map[string]any{
			"language": "en", "title": "Made as " + nonce, "summary": "Posted while everything was being killed.",
			"action": "Servers and their database were killed.", "themes": []string{"housing"}, "countries": []string{"ES"},
			"year": 2024, "idempotencyKey": nonce,
		},
	}
}

func newClusterUpdate(r *clusterRecord) *clusterRequest {
	nonce := strings.ToLower(cryptorand.Text())
	return &clusterRequest{
		mutation: "updatePractice", query: clusterQuery("updatePractice", "UpdatePracticeInput", "practice"), nonce: nonce, record: r,
		input: map[string]any{
			"id": r.id, "revision": r.revision, "changes": map[string]any{"title": "Changed as " + nonce}, "idempotencyKey": nonce,
		},
	}
}

func newClusterStep(r *clusterRecord, step string) *clusterRequest {
	nonce := strings.ToLower(cryptorand.Text())
	return &clusterRequest{
		mutation: step, query: clusterQuery(step, strings.ToUpper(step[:1])+step[1:]+"Input", "entry"), nonce: nonce, record: r,
		input: map[string]any{"id": r.id, "revision": r.revision, "reason": nonce, "idempotencyKey": nonce},
	}
}
