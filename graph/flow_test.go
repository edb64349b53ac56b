package graph_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// outcome is what mutations on the way of an entry answer.
type outcome struct {
	Entry *struct {
		ID          string
		Revision    int
		Status      string
		PublishedAt *string
	}
	IsSearchable bool
	UserErrors   []struct{ Code, Message string }
}

// act takes an entry one step further; it must succeed.
func (s *site) act(t *testing.T, as, mutation, id string, revision int, more string) outcome {
	t.Helper()
	query := `mutation ($id: ID!, $revision: Int!) { done: ` + mutation + `(input: { id: $id, revision: $revision` + more + ` }) {
		entry { id revision status publishedAt } isSearchable userErrors { code message } } }`
	got := get[struct{ Done outcome }](t, s, as, query, map[string]any{"id": id, "revision": revision}).Done
	if len(got.UserErrors) > 0 || got.Entry == nil || !got.IsSearchable {
		t.Fatalf("%s: %+v", mutation, got)
	}
	return got
}

// onTheWay is a practice that can be submitted.
func onTheWay() map[string]any {
	return map[string]any{
		"language": "en", "title": "Mediators for schools", "summary": "What was done, in short.", "action": "Mediators went to schools.",
		"themes": []string{"schools"}, "countries": []string{"ro"}, "year": 2024, "idempotencyKey": "once",
		"authorities": []any{map[string]any{"id": idOf(knowledge.KindAuthority, "cluj"), "role": "LEAD"}},
		"sources":     []any{map[string]any{"title": "A report", "url": "https://example.org/report"}},
	}
}

func flowSite(t *testing.T, on storage) *site {
	t.Helper()
	return newSite(t, on, transport.Limits{}, tokenOf(editor, knowledge.RoleEditor),
		tokenOf("contributor", knowledge.RoleContributor, "cluj"),
		knowledgetest.Country("RO", "Romania"), knowledgetest.Authority("cluj", "Cluj-Napoca", "RO"),
		knowledgetest.Theme("schools"), knowledgetest.Practice("other"))
}

// TestAPracticeOnItsWay posts, repeats, submits, publishes, translates, links and archives a practice, while somebody
// follows what becomes public.
func TestAPracticeOnItsWay(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := flowSite(t, on)
			const found = `{ search(text: "mediators", filter: { themes: ["schools"] }) { totalCount } practice(slug: "mediators-for-schools") { title countries { code } year } }`
			input := map[string]any{"input": onTheWay()}
			first, second := s.ask(t, "contributor", createPractice, input), s.ask(t, "contributor", createPractice, input)
			if string(first.Data) != string(second.Data) {
				t.Errorf("the repetition is answered %s, not %s", second.Data, first.Data)
			}
			var created struct {
				CreatePractice struct{ Practice struct{ ID string } }
			}
			if err := json.Unmarshal(first.Data, &created); err != nil || created.CreatePractice.Practice.ID == "" {
				t.Fatalf("%s", first.body)
			}
			id := created.CreatePractice.Practice.ID
			const none = `{"search":{"totalCount":0},"practice":null}`
			s.answers(t, "", found, none)
			step := s.act(t, "contributor", "submitEntry", id, 1, "")
			s.answers(t, "", found, none)

			stream := s.follow(t, "", `subscription { entryPublished(filter: { themes: ["schools"] }) { id title } }`)
			signal := knowledgetest.Practice("signal", knowledgetest.Themed("schools"))
			s.save(t, signal)
			s.until(t, signal, stream)
			step = s.act(t, editor, "publishEntry", id, step.Entry.Revision, `, reason: "It is sound."`)
			if step.Entry.Status != "PUBLISHED" || step.Entry.PublishedAt == nil {
				t.Errorf("%+v", step.Entry)
			}
			const public = `{"search":{"totalCount":1},"practice":{"title":"Mediators for schools","countries":[{"code":"RO"}],"year":2024}}`
			s.answers(t, "", found, public)
			for event := range stream {
				if strings.Contains(event, id) {
					if !strings.Contains(event, "Mediators for schools") {
						t.Errorf("the event is %s", event)
					}
					break
				}
			}

			step = s.act(t, editor, "linkEntry", id, step.Entry.Revision, `, relation: VARIANT_OF, target: "`+idOf(knowledge.KindPractice, "other")+`"`)
			s.answers(t, "", `{ practice(slug: "other") { variants { nodes { slug } } } }`, `{"practice":{"variants":{"nodes":[{"slug":"mediators-for-schools"}]}}}`)
			step = s.act(t, editor, "unlinkEntry", id, step.Entry.Revision, `, relation: VARIANT_OF, target: "`+idOf(knowledge.KindPractice, "other")+`"`)
			step = s.act(t, editor, "archiveEntry", id, step.Entry.Revision, `, reason: "It is out of date."`)
			s.answers(t, "", found, none)
			s.answers(t, editor, `{ practice(slug: "mediators-for-schools") { archivedReason } }`, `{"practice":{"archivedReason":"It is out of date."}}`)
			step = s.act(t, editor, "restoreEntry", id, step.Entry.Revision, "")
			s.answers(t, "", found, public)
			s.remembers(t, step.Entry.Revision)
		})
	}
}

// remembers checks the history of the practice, as an editor and as anybody.
func (s *site) remembers(t *testing.T, revision int) {
	t.Helper()
	s.answers(t, "", `{ practice(slug: "mediators-for-schools") { history { revision } } }`, `{"practice":{"history":null}}`)
	const query = `{ practice(slug: "mediators-for-schools") { history { revision action status reason by entry { title } } } }`
	got := get[struct {
		Practice struct {
			History []struct {
				Revision       int
				Action, Status string
				By             *string
				Entry          struct{ Title string }
			}
		}
	}](t, s, editor, query, nil).Practice.History
	want := []string{"RESTORE", "ARCHIVE", "UNLINK", "LINK", "PUBLISH", "SUBMIT", "CREATE"}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, v := range got {
		if v.Action != want[i] || v.Revision != revision-i || v.By == nil || v.Entry.Title != "Mediators for schools" {
			t.Errorf("version %d: %+v", i, v)
		}
	}
}

// answers compares the data of an answer.
func (s *site) answers(t *testing.T, as, query, want string) {
	t.Helper()
	if got := s.ask(t, as, query, nil); string(got.Data) != want {
		t.Errorf("%s as %q\nis  %s\nnot %s", query, as, got.body, want)
	}
}

func TestADryRunSavesNothing(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := flowSite(t, on)
			before := s.state(t)
			input := onTheWay()
			input["dryRun"] = true
			answer := s.ask(t, "contributor", `mutation ($input: CreatePracticeInput!) { createPractice(input: $input) {
			practice { slug completeness { score } } isSearchable userErrors { code } } }`, map[string]any{"input": input})
			if !strings.Contains(string(answer.Data), `"slug":"mediators-for-schools"`) || !strings.Contains(string(answer.Data), `"isSearchable":false`) {
				t.Errorf("%s", answer.body)
			}
			if after := s.state(t); !maps.Equal(before, after) {
				t.Errorf("something was saved: %v", after)
			}
		})
	}
}

func TestTextsComeInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := knowledgetest.Practice("both")
			p.Texts = append(p.Texts, knowledge.PracticeText{EntryText: knowledge.EntryText{Language: "ro", Origin: "HUMAN", Title: "În română"}})
			theme := knowledgetest.Theme("housing", "Housing", "ro:Locuire")
			p.ThemeIDs = []knowledge.ID{theme.ID}
			s := newSite(t, on, transport.Limits{}, theme, p)
			const query = `{ practice(slug: "both") { language title languages themes { label } text(languages: ["ro"]) { title } } }`
			s.speak = "fr, ro-MD;q=0.8, en;q=0.5"
			s.answers(t, "", query, `{"practice":{"language":"ro","title":"În română","languages":["en","ro"],"themes":[{"label":"Locuire"}],"text":{"title":"În română"}}}`)
			s.speak = ""
			s.answers(t, "", query, `{"practice":{"language":"en","title":"Both","languages":["en","ro"],"themes":[{"label":"Housing"}],"text":{"title":"În română"}}}`)
		})
	}
}
