package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

func TestAssess(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	p.Evidence = []knowledge.Evidence{
		{StudyID: study("study"), Level: "LEVEL_3"}, {StudyID: study("study"), Level: "LEVEL_2"}, {StudyID: study("audit"), Level: "LEVEL_5", Accepted: true},
	}
	r := newRig(t, p)
	verdict := knowledge.Classification("DEMONSTRATED")
	got := saved[*knowledge.Practice](t)(r.Assess(as(t, editor()), target(p), catalog.Assessment{
		AcceptedStudies: []knowledge.ID{study("study")}, Classification: &verdict,
		VerifiedAt: new(start()), VerifiedBy: new("The team"), Reason: new("Looked at."),
	}, knowledge.Request{}))
	same(t, "accepted", []bool{true, true, false}, []bool{got.Evidence[0].Accepted, got.Evidence[1].Accepted, got.Evidence[2].Accepted})
	same(t, "level", knowledge.EvidenceLevel("LEVEL_3"), got.EvidenceLevel())
	if *got.Verdict != verdict || *got.LastVerifiedAt != start() || *got.VerifiedBy != "The team" || got.Edit.Reason != "Looked at." {
		t.Errorf("assessed %v %v %v %q", *got.Verdict, got.LastVerifiedAt, got.VerifiedBy, got.Edit.Reason)
	}
	if got.Status != knowledge.StatusPublished || got.PublishedRevision != 1 || got.Edit.Action != knowledge.ActionAssess {
		t.Errorf("status %s, published in revision %d, edit %+v", got.Status, got.PublishedRevision, got.Edit)
	}
	next := saved[*knowledge.Practice](t)(r.Assess(as(t, editor()), target(got), catalog.Assessment{AcceptedStudies: []knowledge.ID{}}, knowledge.Request{}))
	same(t, "level without an accepted study", knowledge.EvidenceUngraded, next.EvidenceLevel())
	same(t, "what was left out", []any{got.Verdict, got.LastVerifiedAt, got.VerifiedBy}, []any{next.Verdict, next.LastVerifiedAt, next.VerifiedBy})
}

func TestAssessRefuses(t *testing.T) {
	t.Parallel()
	open := owned("open", knowledge.StatusDraft)
	open.Evidence = []knowledge.Evidence{{StudyID: study("study"), Level: "LEVEL_3"}}
	l := lessonOfMadrid()
	r := newRig(t, open, l)
	verdict := knowledge.Classification("PROMISING")
	tests := []struct {
		name  string
		actor knowledge.Actor
		at    knowledge.Entity
		found catalog.Assessment
		code  knowledge.ProblemCode
		path  string
	}{
		{"nobody", anonymous(), l, catalog.Assessment{}, knowledge.CodeSignIn, ""},
		{"a contributor", madrid(), open, catalog.Assessment{Classification: &verdict}, knowledge.CodeForbidden, "id"},
		{"a study that is not named", editor(), open, catalog.Assessment{AcceptedStudies: []knowledge.ID{study("study"), study("audit")}}, knowledge.CodeUnknown, "acceptedStudies.1"},
		{"a lesson is classified", editor(), l, catalog.Assessment{Classification: &verdict}, knowledge.CodeWrongKind, "classification"},
		{"who checked a lesson", editor(), l, catalog.Assessment{VerifiedBy: new("us")}, knowledge.CodeWrongKind, "verifiedBy"},
		{"a reason that is too long", editor(), open, catalog.Assessment{Reason: new(longText(2001))}, knowledge.CodeTooLong, "reason"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := r.Assess(as(t, test.actor), target(test.at), test.found, knowledge.Request{})
			refusal(t, err, test.code, test.path)
		})
	}
}
