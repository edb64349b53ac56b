package knowledge

import (
	"slices"
	"strings"
)

// step is one move between editorial states: who may make it, from where, to where.
type step struct {
	from   []EditorialStatus
	to     EditorialStatus
	editor bool // only editors may
}

// steps is the whole editorial process. Other nouns than entries know ARCHIVE and RESTORE only.
func steps(a Action) (step, bool) {
	switch a {
	case ActionSubmit:
		return step{[]EditorialStatus{StatusDraft, StatusChangesRequested, StatusWithdrawn}, StatusSubmitted, false}, true
	case ActionStartReview:
		return step{[]EditorialStatus{StatusSubmitted}, StatusInReview, true}, true
	case ActionRequestChanges:
		return step{[]EditorialStatus{StatusSubmitted, StatusInReview}, StatusChangesRequested, true}, true
	case ActionPublish:
		return step{[]EditorialStatus{StatusSubmitted, StatusInReview}, StatusPublished, true}, true
	case ActionReject:
		return step{[]EditorialStatus{StatusSubmitted, StatusInReview}, StatusRejected, true}, true
	case ActionWithdraw:
		return step{[]EditorialStatus{StatusDraft, StatusSubmitted, StatusInReview, StatusChangesRequested}, StatusWithdrawn, false}, true
	case ActionArchive:
		return step{[]EditorialStatus{StatusPublished, StatusRejected, StatusWithdrawn}, StatusArchived, true}, true
	default:
		return step{}, false
	}
}

// isOpen tells whether the record is still its contributors' to change.
func (s EditorialStatus) isOpen() bool {
	switch s {
	case StatusDraft, StatusSubmitted, StatusChangesRequested, StatusWithdrawn:
		return true
	default:
		return false
	}
}

// Transition checks that the actor may take the step now, and tells the status that follows; where it
// may not, the status stays. Contributors submit and withdraw what is their own, in review too. An
// archived record that was public before returns to the public when it is restored, any other to draft.
func Transition(e Entity, action Action, actor Actor) (EditorialStatus, Problems) {
	now := e.Head().Status
	if action == ActionRestore {
		return restored(e, actor)
	}
	s, ok := steps(action)
	if !e.Kind().IsEntry() { // Other nouns are public from the start and can only be archived.
		s, ok = step{[]EditorialStatus{StatusPublished}, StatusArchived, true}, action == ActionArchive
	}
	switch {
	case !ok:
		return now, Refuse(CodeNotAllowedNow, "There is no such step for a "+e.Kind().Noun()+".", "id")
	case !actor.mayMove(e, s.editor):
		return now, forbidden(s.editor)
	case !slices.Contains(s.from, now):
		return now, Refuse(CodeNotAllowedNow,
			"The record is "+string(now)+"; this step is possible only from "+list(s.from)+".", "id")
	}
	return s.to, nil
}

func restored(e Entity, actor Actor) (EditorialStatus, Problems) {
	now := e.Head().Status
	if !actor.mayMove(e, true) {
		return now, forbidden(true)
	}
	if now != StatusArchived {
		return now, Refuse(CodeNotAllowedNow, "The record is "+string(now)+"; only an archived record can be restored.", "id")
	}
	if entry, ok := e.(Entry); ok && entry.Core().PublishedAt == nil {
		return StatusDraft, nil
	}
	return StatusPublished, nil
}

// mayMove tells whether the actor may take a step with the entity at all, whatever its state is now.
func (a Actor) mayMove(e Entity, editor bool) bool {
	switch {
	case e.Kind().IsAdministrative():
		return a.Role == RoleAdministrator
	case editor:
		return a.IsEditor()
	default:
		return a.IsInsider(e)
	}
}

func forbidden(editor bool) Problems {
	if editor {
		return Refuse(CodeForbidden, "Only an editor may do this; ask the secretariat.", "id")
	}
	return Refuse(CodeForbidden, "Only the authorities that contribute the record and editors may do this; ask the secretariat.", "id")
}

// list joins states as a sentence does.
func list(states []EditorialStatus) string {
	var s strings.Builder
	for i, x := range states {
		switch {
		case i == 0:
		case i == len(states)-1:
			s.WriteString(" or ")
		default:
			s.WriteString(", ")
		}
		s.WriteString(string(x))
	}
	return s.String()
}
