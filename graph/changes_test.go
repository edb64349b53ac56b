package graph_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

const changesQuery = `query ($cursor: String, $first: Int) { changesSince(cursor: $cursor, first: $first) {
	changes { id kind removedAt node { id ... on Entry { revision status contacts { email } } ... on Theme { revision } ... on Authority { revision } } }
	nextCursor hasMore } }`

// changePage is an answer to changesQuery.
type changePage struct {
	ChangesSince struct {
		Changes    []publicChange
		NextCursor string
		HasMore    bool
	}
}

type publicChange struct {
	ID        knowledge.ID
	Kind      string
	RemovedAt *time.Time
	Node      *struct {
		ID       knowledge.ID
		Revision int
		Status   string
		Contacts []struct{ Email string }
	}
}

// mirror is a client that holds what is public.
type mirror struct {
	cursor any // nil at the beginning
	holds  map[knowledge.ID]int
	seen   map[knowledge.ID]bool // in any form
}

func newMirror() *mirror {
	return &mirror{holds: map[knowledge.ID]int{}, seen: map[knowledge.ID]bool{}}
}

// pull takes one page.
func (m *mirror) pull(t *testing.T, s *site, as string, first int) (more bool) {
	t.Helper()
	page := get[changePage](t, s, as, changesQuery, map[string]any{"cursor": m.cursor, "first": first}).ChangesSince
	if len(page.Changes) > first {
		t.Errorf("%d changes came for %d", len(page.Changes), first)
	}
	for _, c := range page.Changes {
		m.seen[c.ID] = true
		switch {
		case (c.Node == nil) == (c.RemovedAt == nil) || c.ID.Kind() != knowledge.Kind(c.Kind):
			t.Errorf("this is neither a record nor a removal: %+v", c)
		case c.Node == nil:
			delete(m.holds, c.ID)
		default:
			m.holds[c.ID] = c.Node.Revision
		}
	}
	m.cursor = page.NextCursor
	return page.HasMore
}

// catchUp takes pages until there are no more.
func (m *mirror) catchUp(t *testing.T, s *site, as string, first int) *mirror {
	t.Helper()
	for pages := 0; m.pull(t, s, as, first); pages++ {
		if pages > 2000 {
			t.Fatal("there is always more")
		}
	}
	return m
}

// stated is a practice in a state; that of a published one says when it was published.
func stated(slug string, status knowledge.EditorialStatus) *knowledge.Practice {
	p := knowledgetest.Practice(slug)
	p.PublishedAt, p.PublishedRevision = nil, 0
	become(p, status, knowledge.ActionCreate)
	return p
}

func become(p *knowledge.Practice, status knowledge.EditorialStatus, action knowledge.Action) {
	p.Status, p.Edit.Action = status, action
	if status == knowledge.StatusPublished && p.PublishedAt == nil {
		at := p.UpdatedAt
		p.PublishedAt, p.PublishedRevision = &at, p.Revision
	}
}

func moved(p *knowledge.Practice, status knowledge.EditorialStatus, action knowledge.Action) *knowledge.Practice {
	return knowledgetest.Revised(p, func(p *knowledge.Practice) { become(p, status, action) })
}

// A client that follows the changes while others publish, change and archive ends with exactly what is public.
func TestAMirrorEndsWithThePublicState(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, on, transport.Limits{}, knowledgetest.Theme("housing", "Housing"), tokenOf(editor, knowledge.RoleEditor))
			const writers, each = 4, 12
			ends := make([]map[knowledge.ID]int, writers)
			var group errgroup.Group
			for w := range writers {
				ends[w] = map[knowledge.ID]int{}
				group.Go(func() error {
					for i := range each {
						if err := life(t, s, fmt.Sprintf("w%d-%d", w, i), (w+i)%6, ends[w]); err != nil {
							return err
						}
					}
					return nil
				})
			}
			done := make(chan error, 1)
			go func() { done <- group.Wait() }()
			reader, member := newMirror(), newMirror()
			for finished := false; !finished; {
				select {
				case err := <-done:
					if err != nil {
						t.Fatal(err)
					}
					finished = true
				default:
					reader.pull(t, s, anonymous, 3)
					member.pull(t, s, editor, 7)
				}
			}
			want := map[knowledge.ID]int{knowledgetest.ID(knowledge.KindTheme, "housing"): 1}
			for _, end := range ends {
				maps.Copy(want, end)
			}
			for who, m := range map[string]*mirror{
				"a follower": reader.catchUp(t, s, anonymous, 3), "an editor": member.catchUp(t, s, editor, 7),
				"a late one": newMirror().catchUp(t, s, anonymous, 5),
			} {
				if diff := cmp.Diff(want, m.holds); diff != "" {
					t.Errorf("%s (-want +got):\n%s", who, diff)
				}
				for id := range m.seen {
					for w := range writers {
						for i := range each {
							if (w+i)%6 == 0 && id == knowledgetest.ID(knowledge.KindPractice, fmt.Sprintf("w%d-%d", w, i)) {
								t.Errorf("%s was told of a draft", who)
							}
						}
					}
				}
			}
		})
	}
}

// life saves the states of a practice one after the other, and notes under end what is public at last.
func life(t *testing.T, s *site, slug string, how int, end map[knowledge.ID]int) error {
	t.Helper()
	p := stated(slug, knowledge.StatusDraft)
	states := []*knowledge.Practice{p}
	then := func(status knowledge.EditorialStatus, action knowledge.Action) {
		states = append(states, moved(states[len(states)-1], status, action))
	}
	if how == 0 { // Never public.
		then(knowledge.StatusWithdrawn, knowledge.ActionWithdraw)
		then(knowledge.StatusArchived, knowledge.ActionArchive)
	}
	if how > 0 {
		then(knowledge.StatusPublished, knowledge.ActionPublish)
	}
	if how > 1 {
		then(knowledge.StatusPublished, knowledge.ActionUpdate)
	}
	if how > 2 {
		then(knowledge.StatusArchived, knowledge.ActionArchive)
	}
	if how == 4 {
		then(knowledge.StatusArchived, knowledge.ActionUpdate)
	}
	if how > 4 {
		then(knowledge.StatusPublished, knowledge.ActionRestore)
	}
	for _, state := range states {
		if err := s.store.Save(t.Context(), state); err != nil {
			return err
		}
	}
	if last := states[len(states)-1]; last.Status == knowledge.StatusPublished {
		end[last.ID] = last.Revision
	}
	return nil
}

// What is not public leaves no trace: no change, no other cursor, nothing that counts it.
func TestChangesTellNothingOfDrafts(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			secret := stated("secret", knowledge.StatusDraft)
			public := stated("public", knowledge.StatusPublished)
			public.Contacts = []knowledge.Contact{{Email: new("inside@example.org"), Visibility: knowledge.ContactSecretariat}}
			s := newSite(t, on, transport.Limits{}, public, secret, tokenOf(editor, knowledge.RoleEditor))
			m := newMirror().catchUp(t, s, anonymous, 20)
			before := m.cursor
			for i := range 30 {
				s.save(t, stated(fmt.Sprint("hidden-", i), knowledge.StatusDraft))
			}
			archived := moved(secret, knowledge.StatusArchived, knowledge.ActionArchive)
			s.save(t, archived)
			s.save(t, knowledgetest.Deleted(archived), tokenOf("another", knowledge.RoleReader))
			if more := m.pull(t, s, anonymous, 20); more || m.cursor != before {
				t.Errorf("after changes to drafts the cursor went from %v to %v, more: %v", before, m.cursor, more)
			}
			if diff := cmp.Diff(map[knowledge.ID]int{public.ID: 1}, m.holds); diff != "" || len(m.seen) != 1 {
				t.Errorf("the mirror holds (-want +got):\n%s", diff)
			}
			// The lengths of cursors tell no number either.
			later := stated("later", knowledge.StatusPublished)
			s.save(t, later)
			m.pull(t, s, anonymous, 20)
			if a, b := len(before.(string)), len(m.cursor.(string)); a != b {
				t.Errorf("the cursor has grown from %d to %d characters", a, b)
			}
			answer := s.ask(t, anonymous, changesQuery, nil)
			if strings.Contains(string(answer.body), "inside@example.org") {
				t.Error("a contact that is not public was shown")
			}
		})
	}
}

// What was public and is deleted, or archived and then changed, was removed when it ceased to be public.
func TestRemovalsTellWhen(t *testing.T) {
	t.Parallel()
	public := stated("public", knowledge.StatusPublished)
	archived := moved(public, knowledge.StatusArchived, knowledge.ActionArchive)
	touched := moved(archived, knowledge.StatusArchived, knowledge.ActionUpdate)
	gone := stated("gone", knowledge.StatusPublished)
	deleted := knowledgetest.Deleted(moved(gone, knowledge.StatusArchived, knowledge.ActionArchive))
	s := newSite(t, embedded, transport.Limits{}, public, gone)
	m := newMirror().catchUp(t, s, anonymous, 20)
	s.save(t, archived)
	s.save(t, touched, moved(gone, knowledge.StatusArchived, knowledge.ActionArchive))
	if err := s.store.Save(t.Context(), deleted); err != nil {
		t.Fatal(err)
	}
	page := get[changePage](t, s, anonymous, changesQuery, map[string]any{"cursor": m.cursor}).ChangesSince
	if len(page.Changes) != 2 {
		t.Fatalf("%d changes, want two removals: %+v", len(page.Changes), page.Changes)
	}
	for _, c := range page.Changes {
		if want := public.UpdatedAt.Add(time.Second); c.RemovedAt == nil || !c.RemovedAt.Equal(want) {
			t.Errorf("%s was removed at %v, want %v", c.ID, c.RemovedAt, want)
		}
	}
}

func TestCursorsThatLeadNowhereHaveExpired(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, on, transport.Limits{}, stated("public", knowledge.StatusPublished))
			other := newSite(t, on, transport.Limits{}, stated("public", knowledge.StatusPublished))
			own := newMirror().catchUp(t, s, anonymous, 20).cursor.(string)
			foreign := newMirror().catchUp(t, other, anonymous, 20).cursor.(string)
			for _, cursor := range []string{foreign, "nonsense", own + "A", own[:20], strings.Repeat("A", 5000), "\x00", " " + own} {
				answer := s.ask(t, anonymous, changesQuery, map[string]any{"cursor": cursor})
				if len(answer.Errors) != 1 || answer.Errors[0].Extensions.Code != "CURSOR_EXPIRED" ||
					!strings.Contains(answer.Errors[0].Message, "Begin again") {
					t.Errorf("%.40q: %.300s", cursor, answer.body)
				}
			}
			for _, first := range []int{0, 101, -1} {
				answer := s.ask(t, anonymous, changesQuery, map[string]any{"first": first})
				if len(answer.Errors) != 1 || answer.Errors[0].Extensions.Code != "BAD_USER_INPUT" {
					t.Errorf("first %d: %.300s", first, answer.body)
				}
			}
		})
	}
}
