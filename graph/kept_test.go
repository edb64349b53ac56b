package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/web"
)

// read sends a query by GET; headers are pairs of name and value.
func (s *site) read(t *testing.T, query string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, web.GraphQLPath+"?query="+url.QueryEscape(query), nil)
	r.Header.Set("Accept", "application/graphql-response+json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// TestReadersSeeWhatWritersWereAnswered has writers change practices while readers ask for them by GET, by slug and by a
// search. Whoever asks after a change was answered as found sees it.
func TestReadersSeeWhatWritersWereAnswered(t *testing.T) {
	t.Parallel()
	const writers, readers, changes = 2, 4, 12
	practices := []*knowledge.Practice{knowledgetest.Practice("first"), knowledgetest.Practice("second")}
	s := newSite(t, embedded, transport.Limits{}, tokenOf(editor, knowledge.RoleEditor), practices[0], practices[1])
	var answered [writers]atomic.Int64 // The revision that each practice has reached.
	var working, asking sync.WaitGroup
	var done atomic.Bool
	for i := range writers {
		answered[i].Store(int64(practices[i].Revision))
		working.Go(func() {
			for n := range changes {
				step := s.ask(t, editor, fmt.Sprintf(`mutation { updatePractice(input: { id: "%s", revision: %d, changes: { title: "Homes, number %d" } }) {
					practice { revision } isSearchable userErrors { message } } }`, practices[i].ID, answered[i].Load(), n), nil)
				var got struct {
					UpdatePractice struct {
						Practice     struct{ Revision int64 }
						IsSearchable bool
					}
				}
				if err := json.Unmarshal(step.Data, &got); err != nil || !got.UpdatePractice.IsSearchable {
					t.Errorf("%s", step.body)
					return
				}
				answered[i].Store(got.UpdatePractice.Practice.Revision)
			}
		})
	}
	for range readers {
		asking.Go(func() {
			for !done.Load() {
				s.compare(t, answered[0].Load(), answered[1].Load())
			}
		})
	}
	working.Wait()
	done.Store(true)
	asking.Wait()
}

// compare asks for both practices, which must have reached the revisions.
func (s *site) compare(t *testing.T, first, second int64) {
	t.Helper()
	w := s.read(t, `{ first: practice(slug: "first") { revision title } second: practice(slug: "second") { revision title }
		search(text: "homes", first: 2) { nodes { slug revision title } } }`)
	type state struct {
		Slug     string
		Revision int64
		Title    string
	}
	var got struct {
		Data struct {
			First, Second state
			Search        struct{ Nodes []state }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Errorf("%v: %s", err, w.Body)
		return
	}
	if got.Data.First.Revision < first || got.Data.Second.Revision < second {
		t.Errorf("revisions %d and %d were answered, a reader gets %s", first, second, w.Body)
	}
	for _, n := range got.Data.Search.Nodes {
		if n.Slug == "first" && n.Revision < first || n.Slug == "second" && n.Revision < second {
			t.Errorf("revisions %d and %d were answered, a search finds %s", first, second, w.Body)
		}
	}
}

func TestAnswersAreKeptUntilSomethingIsSaved(t *testing.T) {
	t.Parallel()
	homes := knowledgetest.Practice("homes")
	s := newSite(t, embedded, transport.Limits{}, tokenOf(editor, knowledge.RoleEditor), homes)
	const query = `{ practice(slug: "homes") { title } practices { totalCount } }`
	first := s.read(t, query)
	tag := first.Header().Get("ETag")
	s.failure = &knowledge.Error{Kind: knowledge.Unavailable, Message: "The store must not be asked."}
	s.forget(t)
	if again := s.read(t, query); again.Body.String() != first.Body.String() || again.Code != 200 {
		t.Errorf("got %d %s", again.Code, again.Body)
	}
	if same := s.read(t, query, "If-None-Match", tag); same.Code != http.StatusNotModified || same.Body.Len() > 0 {
		t.Errorf("got %d %s", same.Code, same.Body)
	}
	if other := s.read(t, query, "Accept-Language", "de"); strings.Contains(other.Body.String(), "practice\":{") {
		t.Errorf("a reader of German got what was kept for others: %s", other.Body)
	}
	since := now().Add(-time.Minute)
	s.behind = &since
	if stale := s.read(t, query); stale.Header().Get("Cache-Control") != "no-store" || !strings.Contains(stale.Body.String(), "stale") {
		t.Errorf("while the index is behind: %v %s", stale.Header(), stale.Body)
	}
	s.behind, s.failure = nil, nil

	// The index is stopped: what is saved is read by its id at once all the same.
	s.stopFollowing()
	s.awaited = func(knowledge.ID, knowledge.Revision) bool { return false }
	s.ask(t, editor, fmt.Sprintf(`mutation { updatePractice(input: { id: "%s", revision: %d, changes: { title: "New homes" } }) { isSearchable } }`,
		homes.ID, homes.Revision), nil)
	if after := s.read(t, query, "If-None-Match", tag); after.Code != 200 || !strings.Contains(after.Body.String(), "New homes") {
		t.Errorf("got %d %s", after.Code, after.Body)
	}
}
