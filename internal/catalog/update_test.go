package catalog_test

import (
	"slices"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// owned is a practice of Madrid in the status.
func owned(slug string, status knowledge.EditorialStatus, more ...knowledgetest.EntryOption) *knowledge.Practice {
	return knowledgetest.Practice(slug, slices.Concat([]knowledgetest.EntryOption{
		knowledgetest.By("madrid"), knowledgetest.In("ES"), knowledgetest.Themed("housing"), knowledgetest.Standing(status),
		knowledgetest.Saying(func(x *knowledge.EntryText) { x.Action = "Homes were built." }),
	}, more)...)
}

func TestUpdateChangesWhatIsGivenAlone(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft, knowledgetest.From(2012))
	r := newRig(t, p)
	c := &knowledge.PracticeChanges{}
	c.Summary, c.Action, c.Themes = new("Better."), new(""), []string{"education", "housing", "education"}
	c.Clear = []string{"period"}
	got := saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, c, knowledge.Request{}))
	switch {
	case got.Revision != 2, got.Edit.Action != knowledge.ActionUpdate, got.Edit.By != madrid().ID, !got.UpdatedAt.After(p.UpdatedAt):
		t.Errorf("saved %+v", got.Meta)
	case got.CreatedAt != p.CreatedAt, got.CreatedBy != p.CreatedBy, got.Slug != p.Slug:
		t.Errorf("the origin has changed: %+v", got.Meta)
	case got.Title != "Homes", got.Summary != "Better.", got.Action != "", got.Period != nil:
		t.Errorf("changed to %+v, period %v", got.PracticeText, got.Period)
	}
	same(t, "themes", []knowledge.ID{theme("education"), theme("housing")}, got.ThemeIDs)
	same(t, "authorities", p.Contributors, got.Contributors)
}

func TestUpdateOfAStaleRevisionTellsTheCurrentOne(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	for range 2 {
		at := target(r.stored(t, p.ID))
		saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), at, nil, saying("Next."), knowledge.Request{}))
	}
	unchanged := r.mark(t)
	for _, revision := range []knowledge.Revision{1, 2, 4, 0, -1} {
		at := catalog.Target{ID: p.ID, Revision: revision, Kinds: entries()}
		for _, request := range []knowledge.Request{{}, dry(), keyed("key")} {
			_, err := r.Update(as(t, madrid()), at, nil, saying("Late."), request)
			if got := refusal(t, err, knowledge.CodeStale, "revision"); got.CurrentRevision != 3 {
				t.Errorf("the current revision is told as %d, want 3", got.CurrentRevision)
			}
		}
	}
	unchanged()
}

func TestUpdateRefuses(t *testing.T) {
	t.Parallel()
	open, public := owned("open", knowledge.StatusDraft), owned("public", knowledge.StatusPublished)
	review, secret := owned("review", knowledge.StatusInReview), owned("secret", knowledge.StatusDraft, knowledgetest.By("lyon"))
	r := newRig(t, open, public, review, secret)
	at := func(e knowledge.Entity, kinds ...knowledge.Kind) catalog.Target {
		return catalog.Target{ID: e.Head().ID, Revision: 1, Kinds: append(kinds, knowledge.KindPractice)}
	}
	themed := func(names ...string) *knowledge.PracticeChanges {
		c := &knowledge.PracticeChanges{}
		c.Themes = names
		return c
	}
	foreign := &knowledge.PracticeChanges{}
	foreign.Authorities = lead("lyon")
	away := &knowledge.PracticeChanges{}
	away.Authorities = lead()
	tests := []struct {
		name  string
		actor knowledge.Actor
		at    catalog.Target
		input *knowledge.PracticeChanges
		code  knowledge.ProblemCode
		path  string
	}{
		{"nobody", anonymous(), at(public), saying("x"), knowledge.CodeSignIn, ""},
		{"a reader", partner(), at(public), saying("x"), knowledge.CodeForbidden, ""},
		{"a stranger's public record", cluj(), at(public), saying("x"), knowledge.CodeForbidden, "id"},
		{"one's own public record", madrid(), at(public), saying("x"), knowledge.CodeForbidden, "id"},
		{"one's own record in review", madrid(), at(review), saying("x"), knowledge.CodeForbidden, "id"},
		{"an unseen record", madrid(), at(secret), saying("x"), knowledge.CodeNotFound, "id"},
		{"a missing record", madrid(), catalog.Target{ID: practice("nowhere"), Revision: 1, Kinds: entries()}, saying("x"), knowledge.CodeNotFound, "id"},
		{"no id", madrid(), catalog.Target{ID: "PR_x", Revision: 1, Kinds: entries()}, saying("x"), knowledge.CodeNotFound, "id"},
		{"another kind of record", editor(), catalog.Target{ID: theme("housing"), Revision: 1, Kinds: entries()}, saying("x"), knowledge.CodeWrongKind, "id"},
		{"an unknown theme", madrid(), at(open), themed("housing", "nothing"), knowledge.CodeUnknown, "changes.themes.1"},
		{"a text that is too long", madrid(), at(open), saying(longText(4001)), knowledge.CodeTooLong, "changes.summary"},
		{"control characters", madrid(), at(open), saying("a\x00b"), knowledge.CodeInvalidFormat, "changes.summary"},
		{"a foreign authority alone", madrid(), at(open), foreign, knowledge.CodeForbidden, "changes.authorities"},
		{"giving the record away", madrid(), at(open), away, knowledge.CodeForbidden, "changes.authorities"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, request := range []knowledge.Request{{}, dry(), keyed("key")} {
				_, err := r.Update(as(t, test.actor), test.at, nil, test.input, request)
				refusal(t, err, test.code, test.path)
			}
		})
	}
}

func TestUnseenTargetLooksMissing(t *testing.T) {
	t.Parallel()
	r := newRig(t, owned("secret", knowledge.StatusDraft))
	refuse := func(slug string) knowledge.Problem {
		at := catalog.Target{ID: practice(slug), Revision: 1, Kinds: []knowledge.Kind{knowledge.KindLesson}}
		_, err := r.Update(as(t, cluj()), at, nil, &knowledge.LessonChanges{}, knowledge.Request{})
		return refusal(t, err, knowledge.CodeNotFound, "id")
	}
	same(t, "the refusals", refuse("nowhere"), refuse("secret"))
}

func TestUpdateOfOneLanguage(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	p.Texts = append(p.Texts, knowledge.PracticeText{EntryText: knowledge.EntryText{Language: "ro", Origin: knowledge.OriginHuman, Title: "Case"}})
	r := newRig(t, p)
	at := target(p)
	for _, language := range []knowledge.LanguageTag{"fr", "no such language", ""} {
		_, err := r.Update(as(t, madrid()), at, &language, saying("x"), knowledge.Request{})
		refusal(t, err, knowledge.CodeUnknown, "language")
	}
	got := saved[*knowledge.Practice](t)(r.Update(as(t, madrid(), "ro"), at, new(knowledge.LanguageTag("RO")), saying("Pe scurt."), knowledge.Request{}))
	same(t, "the block that the reader sees", "Pe scurt.", got.Summary)
	same(t, "the other block", "Homes in a few words.", got.Texts[0].Summary)
	got = saved[*knowledge.Practice](t)(r.Update(as(t, madrid(), "ro"), target(got), nil, saying("In short."), knowledge.Request{}))
	same(t, "both blocks", []string{"In short.", "Pe scurt."}, []string{got.Texts[0].Summary, got.Texts[1].Summary})
	bad := saying(longText(4001))
	_, err := r.Update(as(t, madrid()), target(got), new(knowledge.LanguageTag("ro")), bad, knowledge.Request{})
	refusal(t, err, knowledge.CodeTooLong, "changes.summary")
}

func TestWhatAnEditorEnteredStaysTheContributorsToWithdraw(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
	c := &knowledge.PracticeChanges{}
	c.Authorities = lead("lyon")
	p = saved[*knowledge.Practice](t)(r.Update(as(t, editor()), target(p), nil, c, knowledge.Request{}))
	p = saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, saying("Ours all the same."), knowledge.Request{}))
	p = saved[*knowledge.Practice](t)(r.Step(as(t, madrid()), target(p), knowledge.ActionWithdraw, nil, knowledge.Request{}))
	same(t, "status", knowledge.StatusWithdrawn, p.Status)
}

func TestUpdateKeepsWhatReviewersSaid(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	p.Evidence = []knowledge.Evidence{{StudyID: study("study"), Level: "LEVEL_3", Accepted: true}}
	r := newRig(t, p)
	c := &knowledge.PracticeChanges{}
	c.Evidence = []knowledge.Evidence{
		{StudyID: study("audit"), Level: "LEVEL_5", Accepted: true}, {StudyID: study("study"), Level: "LEVEL_3"},
	}
	got := saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, c, knowledge.Request{}))
	same(t, "accepted", []bool{false, true}, []bool{got.Evidence[0].Accepted, got.Evidence[1].Accepted})
	same(t, "level", knowledge.EvidenceLevel("LEVEL_3"), got.EvidenceLevel())
}
