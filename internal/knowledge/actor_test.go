package knowledge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// Who may do what with a record: r for read, i for insider, e for edit.
//
//nolint:dupword // A table has the same words in many rows.
const rightsInEntries = `
                                   anonymous          partner            other              own                editor             administrator
PRACTICE        DRAFT                                                                       rie                rie                rie
PRACTICE        SUBMITTED                                                                   rie                rie                rie
PRACTICE        IN_REVIEW                                                                   ri                 rie                rie
PRACTICE        CHANGES_REQUESTED                                                           rie                rie                rie
PRACTICE        PUBLISHED          r                  r                  r                  ri                 rie                rie
PRACTICE        REJECTED                                                                    ri                 rie                rie
PRACTICE        WITHDRAWN                                                                   rie                rie                rie
PRACTICE        ARCHIVED                                                                    ri                 rie                rie
`

//nolint:dupword // A table has the same words in many rows.
const rightsInOthers = `
                                   anonymous          partner            other              own                editor             administrator
AUTHORITY       PUBLISHED          r                  r                  r                  r                  rie                rie
AUTHORITY       ARCHIVED                                                                                       rie                rie
THEME           PUBLISHED          r                  r                  r                  r                  rie                rie
THEME           ARCHIVED                                                                                       rie                rie
EVENT           PUBLISHED          r                  r                  r                  r                  rie                rie
EVENT           ARCHIVED                                                                                       rie                rie
PARTNER         PUBLISHED                                                                                                         re
PARTNER         ARCHIVED                                                                                                          re
TOKEN           PUBLISHED                                                                                                         re
TOKEN           ARCHIVED                                                                                                          re
`

func TestRightsOfActors(t *testing.T) {
	t.Parallel()
	rights := func(kind, status string, actor knowledge.Actor) string {
		e := knowledge.New(knowledge.Kind(kind))
		e.Head().Status = knowledge.EditorialStatus(status)
		if entry, ok := e.(knowledge.Entry); ok {
			entry.Core().Contributors = []knowledge.Contributor{
				{AuthorityID: knowledgetest.ID(knowledge.KindAuthority, "torino")},
				{AuthorityID: knowledgetest.ID(knowledge.KindAuthority, "madrid")},
			}
		}
		out := ""
		if actor.MayRead(e) {
			out += "r"
		}
		if actor.IsInsider(e) && !knowledge.Kind(kind).IsAdministrative() { // Nobody asks that of these.
			out += "i"
		}
		if actor.MayEdit(e) {
			out += "e"
		}
		return out
	}
	entries := strings.TrimPrefix(rightsInEntries, "\n")
	for _, kind := range []string{"PRACTICE", "LESSON", "RECOMMENDATION"} {
		got := table([]string{kind}, knowledge.EnumValues("EditorialStatus"), rights)
		got = strings.ReplaceAll(got, kind+strings.Repeat(" ", 16-len(kind)), "PRACTICE        ")
		if diff := cmp.Diff(entries, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
	got := table([]string{"AUTHORITY", "THEME", "EVENT", "PARTNER", "TOKEN"}, []string{"PUBLISHED", "ARCHIVED"}, rights)
	if diff := cmp.Diff(strings.TrimPrefix(rightsInOthers, "\n"), got); diff != "" {
		t.Errorf("other nouns (-want +got):\n%s", diff)
	}
}

func TestOwnershipByCreation(t *testing.T) {
	t.Parallel()
	author := knowledge.Actor{ID: knowledgetest.ID(knowledge.KindToken, "author"), Role: knowledge.RoleContributor}
	draft := func(by knowledge.ID) knowledge.Entity {
		return &knowledge.LessonLearnt{EntryCore: knowledge.EntryCore{Meta: knowledge.Meta{Status: knowledge.StatusDraft, CreatedBy: by}}}
	}
	tests := []struct {
		name  string
		e     knowledge.Entity
		actor knowledge.Actor
		want  bool
	}{
		{"the author", draft(author.ID), author, true},
		{"another contributor", draft("TK_other"), author, false},
		{"what the program made is nobody's", draft(""), knowledge.Actor{Role: knowledge.RoleContributor}, false},
		{"a partner's token that once wrote it", draft(author.ID), knowledge.Actor{ID: author.ID, Role: knowledge.RoleReader}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := test.actor.MayRead(test.e); got != test.want {
				t.Errorf("MayRead = %v, want %v", got, test.want)
			}
			if got := test.actor.MayEdit(test.e); got != test.want {
				t.Errorf("MayEdit = %v, want %v", got, test.want)
			}
		})
	}
}

func TestAPartnerReadsItself(t *testing.T) {
	t.Parallel()
	own, other := knowledgetest.Partner("own"), knowledgetest.Partner("other")
	actor := knowledge.Actor{ID: knowledgetest.Key("s", "own").ID, Role: knowledge.RoleReader, PartnerID: own.ID}
	if !actor.MayRead(own) || actor.MayRead(other) || actor.MayRead(knowledgetest.Key("s", "own")) {
		t.Error("a partner must read itself, and neither another one nor a token")
	}
	if actor.MayEdit(own) || actor.IsInsider(own) {
		t.Error("a partner must not change itself")
	}
}

func TestRolesThatMayPost(t *testing.T) {
	t.Parallel()
	for role, want := range map[knowledge.Role][2]bool{ // may post, is an editor
		knowledge.RoleAnonymous: {false, false}, knowledge.RoleReader: {false, false}, knowledge.RoleContributor: {true, false},
		knowledge.RoleEditor: {true, true}, knowledge.RoleAdministrator: {true, true}, "KING": {false, false},
	} {
		a := knowledge.Actor{Role: role}
		if got := [2]bool{a.MayPost(), a.IsEditor()}; got != want {
			t.Errorf("%q: MayPost, IsEditor = %v, want %v", role, got, want)
		}
	}
}

func TestReaderOfARequest(t *testing.T) {
	t.Parallel()
	if got := knowledge.ReaderFrom(t.Context()); got.Actor.Role != knowledge.RoleAnonymous || got.Languages != nil {
		t.Errorf("without a reader = %+v, want an anonymous one", got)
	}
	want := knowledge.Reader{Actor: knowledge.Actor{Role: knowledge.RoleEditor}, Languages: []knowledge.LanguageTag{"ro"}}
	if diff := cmp.Diff(want, knowledge.ReaderFrom(knowledge.WithReader(t.Context(), want))); diff != "" {
		t.Errorf("reader (-want +got):\n%s", diff)
	}
}
