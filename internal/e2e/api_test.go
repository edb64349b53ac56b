package e2e_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"testing"
)

const (
	createPractice = `mutation($input: CreatePracticeInput!) { createPractice(input: $input) {
		practice { id revision } userErrors { path code message } } }`
	submitEntry = `mutation($input: SubmitEntryInput!) { submitEntry(input: $input) {
		entry { id revision status } userErrors { path code message } } }`
	publishEntry = `mutation($input: PublishEntryInput!) { publishEntry(input: $input) {
		entry { id revision status } userErrors { path code message } } }`
)

// entry is the part of a payload that the next step needs.
type entry struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	Status   string `json:"status"`
}

// payload is the answer to any of the three mutations.
type payload struct {
	Practice   *entry           `json:"practice"`
	Entry      *entry           `json:"entry"`
	UserErrors []map[string]any `json:"userErrors"`
}

// publish posts a practice about housing and publishes it, as an editor does over HTTP, and
// returns its title, which no other record has.
func (s server) publish(t *testing.T) string {
	t.Helper()
	title := "A practice seen in the playground " + rand.Text()
	made := s.mutate(t, createPractice, map[string]any{
		"language": "en", "title": title, "summary": "Written by the browser test.",
		"situation": "Nobody saw it.", "action": "An editor published it.", "results": "It was seen.",
		"themes": []string{"housing"}, "countries": []string{"ES"}, "year": 2024,
	}).Practice
	if made == nil {
		t.Fatal("createPractice answered no practice")
	}
	submitted := s.mutate(t, submitEntry, map[string]any{
		"id": made.ID, "revision": made.Revision,
	}).Entry
	if submitted == nil {
		t.Fatal("submitEntry answered no entry")
	}
	published := s.mutate(t, publishEntry, map[string]any{
		"id": submitted.ID, "revision": submitted.Revision, "reason": "It is a test.",
	}).Entry
	if published == nil || published.Status != "PUBLISHED" {
		t.Fatalf("publishEntry answered %+v", published)
	}
	return title
}

// mutate sends one mutation with the token and returns its only payload, without user errors.
func (s server) mutate(t *testing.T, query string, input map[string]any) payload {
	t.Helper()
	variables := map[string]any{"input": input}
	sent, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/graphql",
		bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+s.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	var answer struct {
		Data   map[string]payload `json:"data"`
		Errors []map[string]any   `json:"errors"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatalf("status %d: %v", response.StatusCode, err)
	}
	if len(answer.Errors) > 0 || len(answer.Data) != 1 {
		t.Fatalf("%s\nstatus %d, errors %v", query, response.StatusCode, answer.Errors)
	}
	for _, only := range answer.Data {
		if len(only.UserErrors) > 0 {
			t.Fatalf("%s\nuser errors %v", query, only.UserErrors)
		}
		return only
	}
	return payload{}
}
