package main

import (
	"bufio"
	"encoding/json"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/mongostore"
)

const (
	clusterStates = "[DRAFT, SUBMITTED, IN_REVIEW, CHANGES_REQUESTED, PUBLISHED, REJECTED, WITHDRAWN, ARCHIVED]"
	clusterList   = `query($after: String) { practices(filter: {statuses: ` + clusterStates + `},
		orderBy: {field: CREATED_AT}, first: 100, after: $after) {
		nodes { id revision title } pageInfo { hasNextPage endCursor } } }`
	clusterSearch = `query($text: String!) { search(text: $text, filter: {statuses: ` + clusterStates + `}, first: 10) {
		edges { node { id revision title } } } }`
	clusterSearches = 25 // Words to look for on each server.
)

// settle waits until each server that runs says that its index and the store are equal, and tells how long that
// took from the moment given.
func (c *cluster) settle(since time.Time) time.Duration {
	c.Helper()
	var checks sync.WaitGroup
	for _, s := range c.servers {
		if s.life.Load() == nil {
			continue
		}
		checks.Go(func() {
			var said string
			var err error
			for time.Since(since) < clusterSettle {
				said, err = goodpractice(c.T, "check", "--data", s.data)
				if err == nil && equal.MatchString(strings.TrimSpace(said)) {
					return
				}
			}
			c.Errorf("not equal within %s: check says %q, error %v", clusterSettle, said, err)
		})
	}
	checks.Wait()
	return time.Since(since)
}

// verify compares what the writers were told with what is stored, and that with what the servers show.
func (c *cluster) verify() {
	c.Helper()
	histories := c.export()
	current := c.verifyHistories(histories)
	for i, s := range c.servers {
		life := s.life.Load()
		shown := c.list(life)
		for id, want := range current {
			if got, found := shown[id]; !found || got != want {
				c.Errorf("server %d shows %s as %+v, stored is %+v", i, id, got, want)
			}
		}
		for id := range shown {
			if _, found := current[id]; !found {
				c.Errorf("server %d shows %s, which is not stored", i, id)
			}
		}
		c.search(i, life, current)
	}
}

// export reads all states of all practices as the program writes them from the database, oldest first.
func (c *cluster) export() map[knowledge.ID][]*knowledge.Practice {
	c.Helper()
	data, path := filepath.Join(c.TempDir(), "data"), filepath.Join(c.TempDir(), "export.jsonl")
	k := &killing{T: c.T, data: data, environment: c.environment}
	k.command("export", "--output", path)
	file, err := os.Open(path)
	if err != nil {
		c.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // Nothing was written.
	histories := map[knowledge.ID][]*knowledge.Practice{}
	for in := json.NewDecoder(bufio.NewReader(file)); in.More(); {
		var line struct {
			Kind    knowledge.Kind
			Entity  json.RawMessage
			History []json.RawMessage
		}
		if err := in.Decode(&line); err != nil {
			c.Fatal(err)
		}
		if line.Kind != knowledge.KindPractice {
			continue
		}
		slices.Reverse(line.History)
		if line.Entity != nil {
			line.History = append(line.History, line.Entity)
		}
		for _, raw := range line.History {
			e, err := knowledge.Decode(line.Kind, raw)
			if err != nil {
				c.Fatal(err)
			}
			state := e.(*knowledge.Practice)
			histories[state.ID] = append(histories[state.ID], state)
		}
	}
	return histories
}

// nonceOf is that of the request that made a state.
func nonceOf(state *knowledge.Practice) string {
	if state.Edit.Action == knowledge.ActionCreate || state.Edit.Action == knowledge.ActionUpdate {
		return titleNonce(state.Texts[0].Title)
	}
	return state.Edit.Reason
}

func titleNonce(title string) string { return title[strings.LastIndexByte(title, ' ')+1:] }

// clusterShown is what a list shows of a record.
type clusterShown struct {
	Revision int
	Title    string
}

// verifyHistories looks for every acknowledged write, for gaps, and for what was done twice or was refused.
// It gives what is current.
func (c *cluster) verifyHistories(histories map[knowledge.ID][]*knowledge.Practice) map[string]clusterShown {
	c.Helper()
	current := make(map[string]clusterShown, len(histories))
	by, keys, told := map[string]*knowledge.Practice{}, map[string]bool{}, map[string]bool{}
	for id, states := range histories {
		for i, state := range states {
			nonce := nonceOf(state)
			if state.Revision != i+1 {
				c.Errorf("%s: revision %d follows upon %d others", id, state.Revision, i)
			}
			if by[nonce] != nil || state.Edit.Key == "" || keys[state.Edit.Key] {
				c.Errorf("%s: request %s was carried out twice: revision %d", id, nonce, state.Revision)
			}
			by[nonce], keys[state.Edit.Key] = state, true
		}
		last := states[len(states)-1]
		current[string(id)] = clusterShown{last.Revision, last.Texts[0].Title}
	}
	for _, saved := range c.saved {
		state := by[saved.nonce]
		if state == nil || string(state.ID) != saved.id || state.Revision != saved.revision {
			c.Errorf("%s was acknowledged as revision %d of %s and is lost", saved.nonce, saved.revision, saved.id)
		}
		told[saved.nonce] = true
	}
	for _, nonce := range slices.Concat(c.refused, c.left) {
		if state := by[nonce]; state != nil {
			c.Errorf("%s was refused and is revision %d of %s", nonce, state.Revision, state.ID)
		}
	}
	for nonce, state := range by {
		if told[nonce] {
			continue
		}
		c.Errorf("nobody has been told of %s, which is revision %d of %s", nonce, state.Revision, state.ID)
	}
	return current
}

// list walks through all practices of a server.
func (c *cluster) list(life *serving) map[string]clusterShown {
	c.Helper()
	k := &killing{T: c.T, token: c.token}
	shown := map[string]clusterShown{}
	var after any
	for {
		var answer struct {
			Data struct {
				Practices struct {
					Nodes []struct {
						ID string
						clusterShown
					}
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
		}
		k.ask(life, clusterList, map[string]any{"after": after}, &answer)
		for _, node := range answer.Data.Practices.Nodes {
			if _, found := shown[node.ID]; found {
				c.Errorf("%s is in the list twice", node.ID)
			}
			shown[node.ID] = node.clusterShown
		}
		if !answer.Data.Practices.PageInfo.HasNextPage {
			return shown
		}
		after = answer.Data.Practices.PageInfo.EndCursor
	}
}

// search looks for some records by a word that only their current state has.
func (c *cluster) search(server int, life *serving, current map[string]clusterShown) {
	c.Helper()
	ids := slices.Collect(maps.Keys(current))
	for range clusterSearches {
		id := ids[rand.N(len(ids))]
		if found, err := c.find(life, titleNonce(current[id].Title), ""); err != nil || found != id {
			c.Errorf("server %d: a search for the current title of %s finds %q, error %v", server, id, found, err)
		}
	}
}

// find gives the id of the record whose title ends with the word; "" for none.
func (c *cluster) find(life *serving, word, token string) (string, error) {
	status, body, err := c.send(life, clusterSearch, map[string]any{"text": word}, token)
	if err != nil {
		return "", err
	}
	var answer struct {
		Data struct {
			Search struct {
				Edges []struct{ Node struct{ ID, Title string } }
			}
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil || status != 200 {
		return "", errAway
	}
	for _, edge := range answer.Data.Search.Edges {
		if strings.HasSuffix(edge.Node.Title, word) {
			return edge.Node.ID, nil
		}
	}
	return "", nil
}

// audit looks at the database itself: soon nothing may be unpublished or on its way, and the log has no gaps.
// The look itself publishes nothing.
func (c *cluster) audit() {
	c.Helper()
	store, err := mongostore.Open(c.rig.uri, mongostore.Options{
		Logger: slog.New(slog.DiscardHandler), Now: time.Now, Sweep: time.Hour,
	})
	if err != nil {
		c.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // Nothing was written.
	if err := store.Ready(c.Context()); err != nil {
		c.Fatal(err)
	}
	var a mongostore.Audit
	for end := time.Now().Add(clusterPatience); time.Now().Before(end); c.rest(clusterAgain) {
		if a, err = store.Audit(c.Context()); err != nil {
			c.Fatal(err)
		}
		if a.Unpublished == 0 && a.Carried == 0 && a.HistoryGaps == 0 && a.LogGaps == 0 && a.LogFirst == 1 {
			c.log = a
			return
		}
	}
	c.Errorf("the database is not in order: %+v", a)
}
