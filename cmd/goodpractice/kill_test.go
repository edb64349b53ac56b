package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

var killRounds = flag.Int("kill-rounds", 3, "how often TestKill kills the server")

// What TestKill does in a round.
const (
	killClients   = 8
	killWithin    = 250 * time.Millisecond // After the first answer of a round, the server is killed at a random moment of this.
	killPosts     = 40                     // Of one client, at most: what is there has to be read again.
	killCheckSize = 100
)

const (
	killCreate = `mutation($input: CreatePracticeInput!) {
		createPractice(input: $input) { practice { id } userErrors { message } } }`
	killLoad = `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`
	killList = `query($after: String) { practices(filter: {statuses: [DRAFT]},
		orderBy: {field: CREATED_AT}, first: 100, after: $after) {
		totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`
)

// TestKill kills the server at random moments while clients post, again and again on the same data.
// Whatever the server has acknowledged has to be there afterwards, by id and in the lists, and the
// index has to be equal to the store. `make kill-test` does it 200 times.
func TestKill(t *testing.T) {
	t.Parallel()
	onEachStore(t, kill)
}

// kill does it on one store.
func kill(t *testing.T, e engine) {
	t.Helper()
	k := &killing{
		T: t, data: filepath.Join(t.TempDir(), "data"),
		environment: append(os.Environ(), "GOODPRACTICE_STORE="+e.newStore()),
	}
	k.command("import", filepath.Join("testdata", "files", "vocabulary.jsonl"))
	made := k.command("token", "create", "--role", "editor")
	k.token = made[strings.LastIndexByte(made, ' ')+1:]
	started := time.Now()
	for round := range *killRounds {
		s := k.start()
		k.verify(s, k.acknowledged[k.verified:])
		k.verified = len(k.acknowledged)
		k.round(s, round)
	}
	s := k.start()
	k.verify(s, k.acknowledged)
	if err := s.stop(); err != nil {
		t.Errorf("the server did not stop well: %v\n%s", err, s.stderr)
	}
	t.Logf("%d rounds, %d records acknowledged and found, %d posts cut off, %d records in all, %s",
		*killRounds, len(k.acknowledged), k.cut, k.total, time.Since(started).Round(time.Second))
	if len(k.acknowledged) < *killRounds {
		t.Errorf("only %d records were acknowledged: the test does not test", len(k.acknowledged))
	}
}

// killing is what is known between the rounds.
type killing struct {
	*testing.T
	environment []string // Of the program.
	data, token string

	mu           sync.Mutex
	acknowledged []string // Ids, in the order of the answers; guarded by mu while clients run.
	cut          int      // Posts without an answer; guarded by mu while clients run.

	verified int // How many of them were found after their round.
	total    int // Drafts in the list at the last look.
}

// command runs the program and returns what it prints, without the last line break.
func (k *killing) command(args ...string) string {
	k.Helper()
	command := exec.CommandContext(k.Context(), "goodpractice", append(args, "--data", k.data)...)
	command.Env = k.environment
	output, err := command.CombinedOutput()
	if err != nil {
		k.Fatalf("goodpractice %s: %v\n%s", strings.Join(args, " "), err, output)
	}
	return strings.TrimSuffix(string(output), "\n")
}

func (k *killing) start() *serving {
	k.Helper()
	s, err := startServer(k.data, k.environment, "--seed", "none")
	if err != nil {
		k.Fatal(err)
	}
	k.Cleanup(func() { _ = s.kill() })
	return s
}

// round lets the clients post until the server is killed.
func (k *killing) round(s *serving, round int) {
	k.Helper()
	ctx, cancel := context.WithTimeout(k.Context(), startLimit)
	defer cancel()
	var clients sync.WaitGroup
	answered := make(chan struct{}, killClients*killPosts)
	for client := range killClients {
		clients.Go(func() { k.client(ctx, s, fmt.Sprintf("Round %d, client %d", round, client), answered) })
	}
	select {
	case <-answered:
		_ = pause(ctx, rand.N(killWithin))
	case <-ctx.Done():
	}
	if err := s.kill(); err != nil {
		k.Error(err)
	}
	clients.Wait()
}

// client posts one record after the other until the server does not answer, and tells of each answer.
func (k *killing) client(ctx context.Context, s *serving, name string, answered chan<- struct{}) {
	for post := range killPosts {
		id, err := k.post(ctx, s, fmt.Sprintf("%s, post %d", name, post))
		k.mu.Lock()
		if err != nil {
			k.cut++
		} else {
			k.acknowledged = append(k.acknowledged, id)
			answered <- struct{}{}
		}
		k.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// post creates one practice. A refusal is a failure of the test; no answer is an error.
func (k *killing) post(ctx context.Context, s *serving, title string) (string, error) {
	status, body, err := s.post(ctx, k.token, killCreate, map[string]any{"input": map[string]any{
		"language": "en", "title": title, "summary": "Posted while the server is being killed.",
		"action": "The server was killed.", "themes": []string{"housing"}, "countries": []string{"ES"}, "year": 2024,
	}})
	if err != nil {
		return "", err
	}
	var answer struct {
		Data struct {
			CreatePractice struct{ Practice *struct{ ID string } }
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil || status != 200 || answer.Data.CreatePractice.Practice == nil {
		k.Errorf("createPractice: status %d, error %v, answer %s", status, err, body)
		return "", io.ErrUnexpectedEOF
	}
	return answer.Data.CreatePractice.Practice.ID, nil
}

var equal = regexp.MustCompile(`^The search index and the store are equal: \d+ records\.$`)

// verify looks for records by id and in the list, and compares the index with the store.
func (k *killing) verify(s *serving, ids []string) {
	k.Helper()
	for start := 0; start < len(ids); start += killCheckSize {
		k.load(s, ids[start:min(start+killCheckSize, len(ids))])
	}
	k.list(s, ids)
	if said := k.command("check"); !equal.MatchString(said) {
		k.Errorf("check says %q", said)
	}
}

func (k *killing) load(s *serving, ids []string) {
	k.Helper()
	var answer struct {
		Data struct{ Nodes []*struct{ ID string } }
	}
	k.ask(s, killLoad, map[string]any{"ids": ids}, &answer)
	for i, id := range ids {
		if i >= len(answer.Data.Nodes) || answer.Data.Nodes[i] == nil || answer.Data.Nodes[i].ID != id {
			k.Errorf("%s was acknowledged and is lost", id)
		}
	}
}

// list walks through the list, newest first, until it has met all the records.
func (k *killing) list(s *serving, ids []string) {
	k.Helper()
	missing := make(map[string]bool, len(ids))
	for _, id := range ids {
		missing[id] = true
	}
	var after any
	for {
		var answer struct {
			Data struct {
				Practices struct {
					TotalCount int
					Nodes      []struct{ ID string }
					PageInfo   struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
		}
		k.ask(s, killList, map[string]any{"after": after}, &answer)
		page := answer.Data.Practices
		for _, node := range page.Nodes {
			delete(missing, node.ID)
		}
		k.total = page.TotalCount
		if len(missing) == 0 || !page.PageInfo.HasNextPage {
			break
		}
		after = page.PageInfo.EndCursor
	}
	for id := range missing {
		k.Errorf("%s was acknowledged and is not in the list", id)
	}
}

// ask sends a query that has to be answered.
func (k *killing) ask(s *serving, query string, variables, answer any) {
	k.Helper()
	status, body, err := s.post(k.Context(), k.token, query, variables)
	if err != nil {
		k.Fatal(err)
	}
	if err := json.Unmarshal(body, answer); err != nil || status != 200 || strings.Contains(string(body), `"errors"`) {
		k.Fatalf("status %d, error %v, answer %s", status, err, body)
	}
}
