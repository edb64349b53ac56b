package catalog_test

import (
	"testing"

	"goodpractice/internal/knowledge"
)

func TestAnEditorialLife(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
	step := func(a knowledge.Actor, action knowledge.Action, reason *string, want knowledge.EditorialStatus) {
		t.Helper()
		before := p.Revision
		p = saved[*knowledge.Practice](t)(r.Step(as(t, a), target(p), action, reason, knowledge.Request{}))
		if p.Status != want || p.Revision != before+1 || p.Edit.Action != action || p.Edit.By != a.ID {
			t.Fatalf("%s led to %s, revision %d, edit %+v", action, p.Status, p.Revision, p.Edit)
		}
		if reason != nil {
			same(t, "reason of "+string(action), *reason, p.Edit.Reason)
		}
		if err := r.CatchUp(as(t, a), knowledge.ConsistencyTokenOf(p)); err != nil {
			t.Errorf("whoever did %s cannot wait for it: %v", action, err)
		}
	}
	step(madrid(), knowledge.ActionSubmit, nil, knowledge.StatusSubmitted)
	step(editor(), knowledge.ActionStartReview, nil, knowledge.StatusInReview)
	step(editor(), knowledge.ActionRequestChanges, new("Say when it was."), knowledge.StatusChangesRequested)
	p = saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, saying("It was in 2012."), knowledge.Request{}))
	step(madrid(), knowledge.ActionSubmit, nil, knowledge.StatusSubmitted)
	_, err := r.Step(as(t, editor()), target(p), knowledge.ActionPublish, nil, knowledge.Request{})
	refusal(t, err, knowledge.CodeRequired, "reason")
	_, err = r.Step(as(t, editor()), target(p), knowledge.ActionPublish, new("  "), knowledge.Request{})
	refusal(t, err, knowledge.CodeRequired, "reason")
	step(editor(), knowledge.ActionPublish, new("Good enough."), knowledge.StatusPublished)
	if p.PublishedAt == nil || *p.PublishedAt != p.UpdatedAt || p.PublishedRevision != p.Revision {
		t.Errorf("published at %v in revision %d", p.PublishedAt, p.PublishedRevision)
	}
	first := *p.PublishedAt
	step(editor(), knowledge.ActionArchive, new("Out of date."), knowledge.StatusArchived)
	if p.ArchivedReason == nil || *p.ArchivedReason != "Out of date." {
		t.Errorf("archived because %v", p.ArchivedReason)
	}
	step(admin(), knowledge.ActionRestore, nil, knowledge.StatusPublished)
	if p.ArchivedReason != nil || *p.PublishedAt != first || p.PublishedRevision != p.Revision {
		t.Errorf("restored: archived because %v, published at %v in revision %d", p.ArchivedReason, p.PublishedAt, p.PublishedRevision)
	}
	same(t, "revisions", 9, p.Revision)
}

func TestACompleteRecordNeedsNoReason(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusSubmitted)
	complete(p)
	r := newRig(t, p)
	if missing := p.Completeness().Missing; len(missing) > 0 {
		t.Fatalf("the test's record is not complete: %v", missing)
	}
	got := saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(p), knowledge.ActionPublish, nil, knowledge.Request{}))
	same(t, "status", knowledge.StatusPublished, got.Status)
}

func TestOtherEnds(t *testing.T) {
	t.Parallel()
	submitted, reviewed := owned("submitted", knowledge.StatusSubmitted), owned("reviewed", knowledge.StatusInReview)
	r := newRig(t, submitted, reviewed)
	p := saved[*knowledge.Practice](t)(r.Step(as(t, madrid()), target(submitted), knowledge.ActionWithdraw, new("Not ours."), knowledge.Request{}))
	same(t, "withdrawn", knowledge.StatusWithdrawn, p.Status)
	if err := r.CatchUp(as(t, madrid()), knowledge.ConsistencyTokenOf(p)); err != nil {
		t.Errorf("whoever withdrew it cannot wait for it: %v", err)
	}
	p = saved[*knowledge.Practice](t)(r.Step(as(t, madrid()), target(p), knowledge.ActionSubmit, nil, knowledge.Request{}))
	same(t, "submitted again", knowledge.StatusSubmitted, p.Status)
	p = saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(reviewed), knowledge.ActionReject, new("No practice."), knowledge.Request{}))
	same(t, "rejected", knowledge.StatusRejected, p.Status)
	p = saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(p), knowledge.ActionArchive, nil, knowledge.Request{}))
	p = saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(p), knowledge.ActionRestore, nil, knowledge.Request{}))
	same(t, "what was never public is restored as", knowledge.StatusDraft, p.Status)
	if p.PublishedAt != nil || p.PublishedRevision != 0 {
		t.Errorf("a draft was published at %v in revision %d", p.PublishedAt, p.PublishedRevision)
	}
}

func TestStepsRefuse(t *testing.T) {
	t.Parallel()
	open, submitted := owned("open", knowledge.StatusDraft), owned("submitted", knowledge.StatusSubmitted)
	public, rejected := owned("public", knowledge.StatusPublished), owned("rejected", knowledge.StatusRejected)
	r := newRig(t, open, submitted, public, rejected)
	tests := []struct {
		name   string
		actor  knowledge.Actor
		at     knowledge.Entity
		action knowledge.Action
		reason *string
		code   knowledge.ProblemCode
		path   string
	}{
		{"nobody publishes", anonymous(), public, knowledge.ActionPublish, nil, knowledge.CodeSignIn, ""},
		{"a reader archives", partner(), public, knowledge.ActionArchive, nil, knowledge.CodeForbidden, ""},
		{"a contributor publishes", madrid(), submitted, knowledge.ActionPublish, new("Mine."), knowledge.CodeForbidden, "id"},
		{"a contributor starts a review", madrid(), submitted, knowledge.ActionStartReview, nil, knowledge.CodeForbidden, "id"},
		{"a contributor archives", madrid(), public, knowledge.ActionArchive, nil, knowledge.CodeForbidden, "id"},
		{"a contributor restores", madrid(), public, knowledge.ActionRestore, nil, knowledge.CodeForbidden, "id"},
		{"a stranger withdraws what is public", cluj(), public, knowledge.ActionWithdraw, nil, knowledge.CodeForbidden, "id"},
		{"a stranger withdraws what is unseen", cluj(), open, knowledge.ActionWithdraw, nil, knowledge.CodeNotFound, "id"},
		{"a draft is published", editor(), open, knowledge.ActionPublish, new("x"), knowledge.CodeNotAllowedNow, "id"},
		{"a draft is archived", editor(), open, knowledge.ActionArchive, nil, knowledge.CodeNotAllowedNow, "id"},
		{"what is public is published", editor(), public, knowledge.ActionPublish, new("x"), knowledge.CodeNotAllowedNow, "id"},
		{"what is public is restored", editor(), public, knowledge.ActionRestore, nil, knowledge.CodeNotAllowedNow, "id"},
		{"what was rejected is submitted", madrid(), rejected, knowledge.ActionSubmit, nil, knowledge.CodeNotAllowedNow, "id"},
		{"an update is no step", editor(), open, knowledge.ActionUpdate, nil, knowledge.CodeNotAllowedNow, "id"},
		{"a reason that is too long", editor(), public, knowledge.ActionArchive, new(longText(2001)), knowledge.CodeTooLong, "reason"},
		{"a reason with control characters", editor(), public, knowledge.ActionArchive, new("\x07"), knowledge.CodeInvalidFormat, "reason"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := r.Step(as(t, test.actor), target(test.at), test.action, test.reason, knowledge.Request{})
			refusal(t, err, test.code, test.path)
		})
	}
}

func TestSubmitNeedsWhatAReviewerNeeds(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	empty := &knowledge.PracticeChanges{}
	empty.Authorities = []knowledge.Contributor{}
	p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", empty, knowledge.Request{}))
	_, err := r.Step(as(t, madrid()), target(p), knowledge.ActionSubmit, nil, knowledge.Request{})
	same(t, "what is missing", [][]string{{"title"}, {"summary"}, {"themes"}, {"authorities"}, {"action"}}, paths(err))
	full := draft("Homes first")
	full.Authorities = lead("madrid")
	p = saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, full, knowledge.Request{}))
	p = saved[*knowledge.Practice](t)(r.Step(as(t, madrid()), target(p), knowledge.ActionSubmit, nil, knowledge.Request{}))
	same(t, "status", knowledge.StatusSubmitted, p.Status)
}

func TestPublishNeedsWhatSubmitNeeds(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusSubmitted)
	p.Texts[0].Action, p.ThemeIDs, p.PrimaryThemeID = "", nil, nil
	r := newRig(t, p)
	r.stays(t)
	_, err := r.Step(as(t, editor()), target(p), knowledge.ActionPublish, new("All the same."), knowledge.Request{})
	same(t, "what is missing", [][]string{{"themes"}, {"action"}}, paths(err))
}

func TestAStepOnAStaleRevisionIsRefused(t *testing.T) {
	t.Parallel()
	p := owned("submitted", knowledge.StatusSubmitted)
	r := newRig(t, p)
	saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, saying("Changed."), knowledge.Request{}))
	_, err := r.Step(as(t, editor()), target(p), knowledge.ActionPublish, new("Read before."), knowledge.Request{})
	if got := refusal(t, err, knowledge.CodeStale, "revision"); got.CurrentRevision != 2 {
		t.Errorf("the current revision is told as %d", got.CurrentRevision)
	}
}
