package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore/mongotest"
)

// neighbours are two servers on one database, each with an index and a memory of its own.
func neighbours(t *testing.T, records ...knowledge.Entity) [2]*site {
	t.Helper()
	dir := t.TempDir()
	first, second := mongotest.Open(t, dir), mongotest.Open(t, dir)
	if err := first.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	return [2]*site{serve(t, first, transport.Limits{}), serve(t, second, transport.Limits{})}
}

// What one server does is on the other within a second, in the median. On a busy machine one may take longer, up to slowest;
// waiting goes on for longer, to tell how long it took.
const (
	slowest = 5 * time.Second
	longest = 30 * time.Second
)

// soon waits until something is so, and tells how long that took. The test fails where that is too long.
func soon(t *testing.T, what string, is func() bool) time.Duration {
	t.Helper()
	took := within(t, what, is)
	if took > slowest {
		t.Errorf("%s: after %v", what, took)
	}
	return took
}

// within waits until something is so, for longest at most, and tells how long that took.
func within(t *testing.T, what string, is func() bool) time.Duration {
	t.Helper()
	start := time.Now() //nolint:forbidigo // What another server does takes real time.
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		if passed := time.Since(start); passed > longest {
			t.Fatalf("%s: not after %v", what, passed)
		}
		<-tick.C
	}
	return time.Since(start)
}

// draft makes a practice that only editors see, and gives what is saved.
func (s *site) draft(t *testing.T, title, key string) written {
	t.Helper()
	input := map[string]any{"language": "en", "title": title, "idempotencyKey": key}
	got := get[map[string]written](t, s, editor, `mutation ($input: CreatePracticeInput!) { createPractice(input: $input) {
		practice { id revision } consistencyToken userErrors { message } } }`, map[string]any{"input": input})["createPractice"]
	if len(got.UserErrors) > 0 || got.ConsistencyToken == "" {
		t.Fatalf("%+v", got)
	}
	return got
}

// finds tells whether an editor finds the only record with the word in the search, and that many in the list, and it
// itself by its id. The consistency token goes into the header, or, every other time, into the extensions.
func (s *site) finds(t *testing.T, word string, id knowledge.ID, total int, token string) bool {
	t.Helper()
	request := map[string]any{
		"query": `query ($text: String, $filter: EntryFilter) { search(text: $text, filter: $filter) { nodes { id } }
			practices(filter: $filter) { totalCount } practice(id: "` + string(id) + `") { title } }`,
		"variables": with("text", word),
	}
	header := http.Header{}
	if total%2 == 0 {
		request["extensions"] = map[string]any{"consistencyToken": token}
	} else {
		header.Set("Consistency-Token", token)
	}
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	got := s.sendWith(t, editor, body, header)
	want := fmt.Sprintf(`{"search":{"nodes":[{"id":%q}]},"practices":{"totalCount":%d},"practice":{"title":%q}}`, id, total, word)
	if len(got.Errors) > 0 {
		t.Fatalf("%s", got.body)
	}
	return string(got.Data) == want
}

func TestATokenOfOneServerHoldsOnTheOther(t *testing.T) {
	t.Parallel()
	both, words := neighbours(t, tokenOf(editor, knowledge.RoleEditor)), &world{marks: map[string]mark{}}
	missed := 0
	for i := range 50 {
		word := words.mark("a practice")
		made := both[i%2].draft(t, word, word)
		if !both[1-i%2].finds(t, word, made.Practice.ID, i+1, made.ConsistencyToken) {
			missed++
		}
	}
	if missed > 0 {
		t.Errorf("%d of 50 are missed", missed)
	}
}

func TestWhatOneServerSavesIsSoonOnTheOther(t *testing.T) {
	t.Parallel()
	both, words := neighbours(t, tokenOf(editor, knowledge.RoleEditor)), &world{marks: map[string]mark{}}
	median, saved := longest, 0
	for attempt := 0; attempt < 3 && median > time.Second; attempt++ { // The machine may be busy with something else for a while.
		var times []time.Duration
		for range 10 {
			word, one, other := words.mark("a practice"), both[saved%2], both[1-saved%2]
			made := one.draft(t, word, word)
			saved++
			times = append(times, soon(t, "the other server finds it", func() bool {
				return other.finds(t, word, made.Practice.ID, saved, "")
			}))
		}
		slices.Sort(times)
		median = times[len(times)/2]
		t.Logf("found after %v in the median, %v at most", median, times[len(times)-1])
	}
	if median > time.Second {
		t.Errorf("found after %s in the median, want a second at most", median)
	}
}

// TestSubscribersHearOfTheOtherServer publishes on one server while somebody follows the other over each protocol.
func TestSubscribersHearOfTheOtherServer(t *testing.T) {
	t.Parallel()
	const subscription = `subscription { entryPublished { id title } }`
	for name, follow := range map[string]func(*site, *testing.T, string, string) <-chan string{
		"SSE": (*site).follow, "WebSocket": (*site).listen,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both := neighbours(t, tokenOf(editor, knowledge.RoleEditor), knowledgetest.Theme("schools"),
				knowledgetest.Country("RO", "Romania"), knowledgetest.Authority("cluj", "Cluj-Napoca", "RO"))
			stream := follow(both[1], t, "", subscription)
			both[1].until(t, savedOn(t, both[1], knowledgetest.Practice("signal")), stream)

			input := map[string]any{"input": onTheWay()}
			made := get[map[string]written](t, both[0], editor, `mutation ($input: CreatePracticeInput!) {
				createPractice(input: $input) { practice { id revision } userErrors { message } } }`, input)["createPractice"].Practice
			step := both[0].act(t, editor, "submitEntry", string(made.ID), made.Revision, "")
			both[0].act(t, editor, "publishEntry", string(made.ID), step.Entry.Revision, `, reason: "It is sound."`)
			published, overdue := time.Now(), time.After(longest) //nolint:forbidigo // What another server does takes real time.
			for {
				select {
				case event := <-stream:
					if !strings.Contains(event, string(made.ID)) {
						continue // Still of the signal.
					}
					if !strings.Contains(event, "Mediators for schools") {
						t.Errorf("the event is %s", event)
					}
					took := time.Since(published)
					if t.Logf("heard after %v", took); took > slowest {
						t.Errorf("that is too late")
					}
					return
				case <-overdue:
					t.Fatal("no event")
				}
			}
		})
	}
}

// savedOn saves a practice and gives it back.
func savedOn(t *testing.T, s *site, p *knowledge.Practice) *knowledge.Practice {
	t.Helper()
	s.save(t, p)
	return p
}

func TestATokenRevokedOnOneServerIsRefusedOnTheOther(t *testing.T) {
	t.Parallel()
	both := neighbours(t, tokenOf(editor, knowledge.RoleEditor), tokenOf(administrator, knowledge.RoleAdministrator))
	for _, s := range both { // Both have it in memory.
		s.answers(t, editor, `{ viewer { role } }`, `{"viewer":{"role":"EDITOR"}}`)
	}
	both[0].answers(t, administrator, `mutation { revokeToken(input: {id: "`+string(tokenOf(editor, knowledge.RoleEditor).ID)+`"}) { userErrors { message } } }`,
		`{"revokeToken":{"userErrors":[]}}`)
	took := soon(t, "the other server refuses the token", func() bool {
		return both[1].ask(t, editor, `{ viewer { role } }`, nil).status == http.StatusUnauthorized
	})
	t.Logf("refused after %v", took)
}

// TestARevokedTokenChangesNothingAnywhere revokes a token on one server while the other does not hear of it.
func TestARevokedTokenChangesNothingAnywhere(t *testing.T) {
	t.Parallel()
	token := tokenOf(editor, knowledge.RoleEditor)
	s := newSite(t, embedded, transport.Limits{}, token)
	s.stopFollowing()
	s.answers(t, editor, `{ viewer { role } }`, `{"viewer":{"role":"EDITOR"}}`)
	revoked := knowledgetest.Revised(token, func(t *knowledge.Token) { t.RevokedAt = new(now()) })
	if err := s.store.Save(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	s.answers(t, editor, `{ viewer { role } }`, `{"viewer":{"role":"EDITOR"}}`) // The memory does not know yet.
	got := s.ask(t, editor, `mutation { createPractice(input: {language: "en", title: "x"}) { userErrors { message } } }`, nil)
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "UNAUTHENTICATED" || got.Data != nil {
		t.Errorf("a change is answered %d %s", got.status, got.body)
	}
	if got := s.ask(t, editor, `{ viewer { role } }`, nil); got.status != http.StatusUnauthorized {
		t.Errorf("afterwards a read is answered %d %s", got.status, got.body)
	}
}
