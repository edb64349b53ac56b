package knowledge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// roles are the readers whom the tables of this package tell apart, in the order of their columns:
// "own" is a contributor of the record's authority, "other" one of another authority.
func roles() (names []string, actors []knowledge.Actor) {
	own, other := knowledgetest.ID(knowledge.KindAuthority, "madrid"), knowledgetest.ID(knowledge.KindAuthority, "lisbon")
	token := func(name string) knowledge.ID { return knowledgetest.ID(knowledge.KindToken, name) }
	return []string{"anonymous", "partner", "other", "own", "editor", "administrator"}, []knowledge.Actor{
		{},
		{ID: token("partner"), Role: knowledge.RoleReader, Authorities: []knowledge.ID{own}},
		{ID: token("other"), Role: knowledge.RoleContributor, Authorities: []knowledge.ID{other}},
		{ID: token("own"), Role: knowledge.RoleContributor, Authorities: []knowledge.ID{other, own}},
		{ID: token("editor"), Role: knowledge.RoleEditor},
		{ID: token("administrator"), Role: knowledge.RoleAdministrator},
	}
}

// table writes one line for each pair of a and b, with a cell for each role.
func table(a, b []string, cell func(a, b string, actor knowledge.Actor) string) string {
	var out strings.Builder
	names, actors := roles()
	row := func(first, second string, cells []string) {
		var line strings.Builder
		fmt.Fprintf(&line, "%-16s%-19s", first, second)
		for _, c := range cells {
			fmt.Fprintf(&line, "%-19s", c)
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	row("", "", names)
	for _, x := range a {
		for _, y := range b {
			var cells []string
			for _, actor := range actors {
				cells = append(cells, cell(x, y, actor))
			}
			row(x, y, cells)
		}
	}
	return out.String()
}

// step is the cell of a transition: the new status, "-" where the actor may not, "not now" where
// nobody can.
func step(t *testing.T, e knowledge.Entity, action string, actor knowledge.Actor) string {
	t.Helper()
	before := e.Head().Status
	next, problems := knowledge.Transition(e, knowledge.Action(action), actor)
	if e.Head().Status != before {
		t.Errorf("Transition changed the entity itself")
	}
	if len(problems) == 0 {
		return string(next)
	}
	if next != before {
		t.Errorf("%s from %s is refused and answers %s", action, before, next)
	}
	switch got := strings.Join(told(problems), ", "); got {
	case "id FORBIDDEN":
		return "-"
	case "id NOT_ALLOWED_NOW":
		return "not now"
	default:
		return got
	}
}

func TestTransitionsOfEntries(t *testing.T) {
	t.Parallel()
	for _, kind := range []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation} {
		got := table(actionsOfEntries(), knowledge.EnumValues("EditorialStatus"), func(action, status string, actor knowledge.Actor) string {
			e := knowledge.New(kind)
			e.Head().Status = knowledge.EditorialStatus(status)
			e.(knowledge.Entry).Core().Contributors = []knowledge.Contributor{{AuthorityID: knowledgetest.ID(knowledge.KindAuthority, "madrid")}}
			return step(t, e, action, actor)
		})
		if diff := cmp.Diff(strings.TrimPrefix(transitionsOfEntries, "\n"), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
}

func actionsOfEntries() []string {
	return []string{"SUBMIT", "START_REVIEW", "REQUEST_CHANGES", "PUBLISH", "REJECT", "WITHDRAW", "ARCHIVE", "RESTORE"}
}

// Every noun that is no entry is public or archived, and only editors move it; tokens are for
// administrators alone.
func TestTransitionsOfOtherNouns(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		if kind.IsEntry() {
			continue
		}
		got := table(actionsOfEntries(), []string{"PUBLISHED", "ARCHIVED"}, func(action, status string, actor knowledge.Actor) string {
			e := knowledge.New(kind)
			e.Head().Status = knowledge.EditorialStatus(status)
			return step(t, e, action, actor)
		})
		want := transitionsOfOthers
		if kind.IsAdministrative() {
			want = transitionsOfTokens
		}
		if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
}

func TestRestoredEntryReturnsToThePublic(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Practice("iris", knowledgetest.Standing(knowledge.StatusArchived))
	editor := knowledge.Actor{Role: knowledge.RoleEditor}
	p.PublishedAt = nil
	if next, problems := knowledge.Transition(p, knowledge.ActionRestore, editor); next != knowledge.StatusDraft || len(problems) > 0 {
		t.Errorf("one that was never public is restored to %s, %v", next, problems)
	}
	p.PublishedAt = new(knowledgetest.Now())
	if next, problems := knowledge.Transition(p, knowledge.ActionRestore, editor); next != knowledge.StatusPublished || len(problems) > 0 {
		t.Errorf("one that was public is restored to %s, %v", next, problems)
	}
}

func TestWhoCreatedAnEntryMayMoveIt(t *testing.T) {
	t.Parallel()
	author := knowledge.Actor{ID: knowledgetest.ID(knowledge.KindToken, "author"), Role: knowledge.RoleContributor}
	p := &knowledge.Practice{EntryCore: knowledge.EntryCore{Meta: knowledge.Meta{Status: knowledge.StatusDraft, CreatedBy: author.ID}}}
	if next, problems := knowledge.Transition(p, knowledge.ActionSubmit, author); next != knowledge.StatusSubmitted {
		t.Errorf("submit by the author = %s, %v", next, problems)
	}
}

func TestRefusedStepsSayWhatIsPossible(t *testing.T) {
	t.Parallel()
	editor := knowledge.Actor{Role: knowledge.RoleEditor}
	tests := []struct {
		name   string
		e      knowledge.Entity
		action knowledge.Action
		want   string
	}{
		{"one state", knowledgetest.Practice("iris"), knowledge.ActionStartReview, "The record is PUBLISHED; this step is possible only from SUBMITTED."},
		{"two states", knowledgetest.Practice("iris"), knowledge.ActionReject, "The record is PUBLISHED; this step is possible only from SUBMITTED or IN_REVIEW."},
		{"three states", knowledgetest.Practice("iris"), knowledge.ActionSubmit, "The record is PUBLISHED; this step is possible only from DRAFT, CHANGES_REQUESTED or WITHDRAWN."},
		{"restore", knowledgetest.Practice("iris"), knowledge.ActionRestore, "The record is PUBLISHED; only an archived record can be restored."},
		{"no such step", knowledgetest.Practice("iris"), knowledge.ActionCreate, "There is no such step for a practice."},
		{"no such step for the noun", knowledgetest.TargetGroup("roma"), knowledge.ActionSubmit, "There is no such step for a target group."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, problems := knowledge.Transition(test.e, test.action, editor)
			if len(problems) != 1 || problems[0].Message != test.want {
				t.Errorf("problems = %v, want %q", problems, test.want)
			}
		})
	}
}

// The table must not lack an action that moves entries.
func TestEveryActionIsInTheTableOrMovesNothing(t *testing.T) {
	t.Parallel()
	for _, action := range constants(t, "Action") {
		for _, status := range knowledge.EnumValues("EditorialStatus") {
			p := knowledgetest.Practice("iris", knowledgetest.Standing(knowledge.EditorialStatus(status)))
			_, problems := knowledge.Transition(p, knowledge.Action(action), knowledge.Actor{Role: knowledge.RoleEditor})
			if len(problems) == 0 && !slices.Contains(actionsOfEntries(), action) {
				t.Errorf("%s moves an entry from %s and is not in the table", action, status)
			}
		}
	}
}
