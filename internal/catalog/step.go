package catalog

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// Step moves a record to another editorial status: submit, publish, archive and so on.
func (c *Catalog) Step(
	ctx context.Context, t Target, action knowledge.Action, reason *string, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: action, reason: reason, request: request, content: []any{t.Revision, reason},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			actor := knowledge.ReaderFrom(ctx).Actor
			next, problems := knowledge.Transition(e, action, actor)
			if len(problems) == 0 {
				problems = checkReason(reason)
			}
			if entry, ok := e.(knowledge.Entry); ok && len(problems) == 0 {
				problems = stepEntry(entry, action, reason)
			}
			e.Head().Status = next
			return problems, nil
		},
	})
}

// stepEntry checks what a step asks of an entry, and notes why one was archived.
func stepEntry(entry knowledge.Entry, action knowledge.Action, reason *string) knowledge.Problems {
	core := entry.Core()
	switch action {
	case knowledge.ActionSubmit:
		return knowledge.SubmitProblems(entry)
	case knowledge.ActionPublish:
		if problems := knowledge.SubmitProblems(entry); len(problems) > 0 {
			return problems
		}
		if missing := needed(entry); len(missing) > 0 && said(reason) == nil {
			return knowledge.Refuse(knowledge.CodeRequired,
				"The record is not complete ("+strings.Join(missing, ", ")+" missing): give a reason for publishing it all the same.", "reason")
		}
	case knowledge.ActionArchive:
		core.ArchivedReason = said(reason)
	case knowledge.ActionRestore:
		core.ArchivedReason = nil
	default: // The other steps ask for nothing.
	}
	return nil
}

// said is a copy of a reason; nil for one that says nothing.
func said(reason *string) *string {
	if reason == nil || strings.TrimSpace(*reason) == "" {
		return nil
	}
	text := strings.TrimSpace(*reason)
	return &text
}

// needed names the fields without which publishing takes a reason.
func needed(entry knowledge.Entry) []string {
	var out []string
	for _, gap := range entry.Completeness().Missing {
		if gap.IsNeeded {
			out = append(out, strings.Join(gap.Path, "."))
		}
	}
	return out
}

// checkReason holds a reason to the rules of all short texts.
func checkReason(reason *string) knowledge.Problems {
	if reason == nil {
		return nil
	}
	return knowledge.CheckText(*reason, knowledge.MaxShortText, "reason")
}

// Assessment is what a reviewer found; nil leaves a field as it is.
type Assessment struct {
	AcceptedStudies []knowledge.ID
	Classification  *knowledge.Classification
	VerifiedAt      *time.Time
	VerifiedBy      *string
	Reason          *string
}

// Assess records a reviewer's findings; for editors.
func (c *Catalog) Assess(ctx context.Context, t Target, a Assessment, request knowledge.Request) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionAssess, reason: a.Reason, request: request, content: []any{t.Revision, a},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if !knowledge.ReaderFrom(ctx).Actor.IsEditor() {
				return knowledge.Refuse(knowledge.CodeForbidden, "Only an editor may do this; ask the secretariat.", "id"), nil
			}
			if p := checkReason(a.Reason); p != nil {
				return p, nil
			}
			return assess(e.(knowledge.Entry), a), nil
		},
	})
}

func assess(entry knowledge.Entry, a Assessment) knowledge.Problems {
	core := entry.Core()
	if a.AcceptedStudies != nil {
		for i, id := range a.AcceptedStudies {
			if !slices.ContainsFunc(core.Evidence, func(x knowledge.Evidence) bool { return x.StudyID == id }) {
				return knowledge.Refuse(knowledge.CodeUnknown,
					"Only studies that the entry names as evidence can be accepted.", "acceptedStudies", strconv.Itoa(i))
			}
		}
		for i, x := range core.Evidence {
			core.Evidence[i].Accepted = slices.Contains(a.AcceptedStudies, x.StudyID)
		}
	}
	if a.VerifiedAt != nil {
		at := knowledge.Instant(*a.VerifiedAt)
		core.LastVerifiedAt = &at
	}
	practice, ok := entry.(*knowledge.Practice)
	switch {
	case !ok && a.Classification != nil:
		return knowledge.Refuse(knowledge.CodeWrongKind, "Only a practice can be classified.", "classification")
	case !ok && a.VerifiedBy != nil:
		return knowledge.Refuse(knowledge.CodeWrongKind, "Only of a practice it is kept who checked it.", "verifiedBy")
	case ok && a.Classification != nil:
		practice.Verdict = a.Classification
	}
	if ok && a.VerifiedBy != nil {
		practice.VerifiedBy = a.VerifiedBy
	}
	return nil
}
