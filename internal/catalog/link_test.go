package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestLinkAndUnlinkEachRelation(t *testing.T) {
	t.Parallel()
	p, l := owned("homes", knowledge.StatusDraft), lessonOfMadrid(knowledgetest.Standing(knowledge.StatusDraft))
	rec := knowledgetest.Recommendation("advice", knowledgetest.By("madrid"), knowledgetest.Standing(knowledge.StatusDraft))
	event, newer := knowledgetest.ID(knowledge.KindEvent, "seminar"), knowledgetest.ID(knowledge.KindRecommendation, "newer")
	tests := []struct {
		relation knowledge.Relation
		from     knowledge.Entity
		to       knowledge.ID
	}{
		{knowledge.RelVariantOf, p, practice("other")},
		{knowledge.RelInspiredBy, p, practice("other")},
		{knowledge.RelSupersedes, p, practice("other")},
		{knowledge.RelComesFrom, l, practice("other")},
		{knowledge.RelRestsOn, rec, practice("other")},
		{knowledge.RelRestsOn, rec, lesson("another")},
		{knowledge.RelRestsOn, rec, study("study")},
		{knowledge.RelAdoptedAt, rec, event},
		{knowledge.RelSupersededBy, rec, newer},
	}
	for _, test := range tests {
		t.Run(string(test.relation)+" "+test.to.Kind().Noun(), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, test.from, knowledgetest.Practice("other"), knowledgetest.Lesson("another"), knowledgetest.Recommendation("newer"))
			ctx := as(t, madrid())
			at := func() catalog.Target { return target(r.stored(t, test.from.Head().ID)) }
			for range 2 { // A link that is there already stays one.
				e := saved[knowledge.Entry](t)(r.Link(ctx, at(), test.relation, test.to, nil, knowledge.Request{}))
				if n := links(e, test.relation, test.to); n != 1 || e.Head().Edit.Action != knowledge.ActionLink {
					t.Errorf("%d links after %s", n, e.Head().Edit.Action)
				}
			}
			page, err := r.Find(ctx, knowledge.Listing{
				Links: []knowledge.Term{{Relations: []knowledge.Relation{test.relation}, Target: test.to}}, Page: knowledge.Page{First: 5},
				Filter: knowledge.EntryFilter{Statuses: []knowledge.EditorialStatus{knowledge.StatusDraft}},
			})
			if err != nil {
				t.Fatal(err)
			}
			same(t, "found from the other end", []string{test.from.Head().Slug}, slugs(page))
			e := saved[knowledge.Entry](t)(r.Unlink(ctx, at(), test.relation, test.to, knowledge.Request{}))
			if n := links(e, test.relation, test.to); n != 0 || e.Head().Edit.Action != knowledge.ActionUnlink {
				t.Errorf("%d links after %s", n, e.Head().Edit.Action)
			}
			_, err = r.Unlink(ctx, at(), test.relation, test.to, knowledge.Request{})
			refusal(t, err, knowledge.CodeUnknown, "target")
		})
	}
}

// links counts an entity's links of a relation to a target.
func links(e knowledge.Entity, relation knowledge.Relation, to knowledge.ID) int {
	n := 0
	for _, ref := range e.References() {
		if ref.Relation == relation && ref.Target == to {
			n++
		}
	}
	return n
}

func TestLinkOfAClause(t *testing.T) {
	t.Parallel()
	rec := knowledgetest.Recommendation("advice")
	r := newRig(t, rec, knowledgetest.Practice("other"))
	ctx := as(t, editor())
	got := saved[*knowledge.Recommendation](t)(r.Link(ctx, target(rec), knowledge.RelRestsOn, practice("other"), new("1"), knowledge.Request{}))
	got = saved[*knowledge.Recommendation](t)(r.Link(ctx, target(got), knowledge.RelRestsOn, practice("other"), new("2"), knowledge.Request{}))
	same(t, "bases", []knowledge.Basis{{TargetID: practice("other"), Clause: new("1")}, {TargetID: practice("other"), Clause: new("2")}}, got.RestsOn)
	got = saved[*knowledge.Recommendation](t)(r.Unlink(ctx, target(got), knowledge.RelRestsOn, practice("other"), knowledge.Request{}))
	same(t, "bases without the link", 0, len(got.RestsOn))
}

func TestLinkRefuses(t *testing.T) {
	t.Parallel()
	p, l := owned("homes", knowledge.StatusDraft), lessonOfMadrid(knowledgetest.Standing(knowledge.StatusDraft))
	public := owned("public", knowledge.StatusPublished)
	secret := owned("secret", knowledge.StatusDraft, knowledgetest.By("lyon"))
	r := newRig(t, p, l, public, secret)
	tests := []struct {
		name     string
		actor    knowledge.Actor
		from     knowledge.Entity
		relation knowledge.Relation
		to       knowledge.ID
		code     knowledge.ProblemCode
		path     string
	}{
		{"nobody", anonymous(), public, knowledge.RelVariantOf, p.ID, knowledge.CodeSignIn, ""},
		{"from a public record", madrid(), public, knowledge.RelVariantOf, p.ID, knowledge.CodeForbidden, "id"},
		{"no id", madrid(), p, knowledge.RelVariantOf, "x", knowledge.CodeInvalidFormat, "target"},
		{"another kind of target", madrid(), p, knowledge.RelVariantOf, l.ID, knowledge.CodeWrongKind, "target"},
		{"an unknown relation", madrid(), p, "LIKES", public.ID, knowledge.CodeWrongKind, "target"},
		{"a relation of other records", madrid(), l, knowledge.RelVariantOf, public.ID, knowledge.CodeWrongKind, "relation"},
		{"a relation with fields of its own", madrid(), p, knowledge.RelEvidence, study("study"), knowledge.CodeWrongKind, "relation"},
		{"to itself", madrid(), p, knowledge.RelVariantOf, p.ID, knowledge.CodeCycle, "target"},
		{"to nothing", madrid(), p, knowledge.RelVariantOf, practice("nowhere"), knowledge.CodeUnknown, "target"},
		{"to what is unseen", madrid(), p, knowledge.RelVariantOf, secret.ID, knowledge.CodeUnknown, "target"},
		{"a clause that is too long", editor(), r.advice(t), knowledge.RelRestsOn, public.ID, knowledge.CodeTooLong, "restsOn.0.clause"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, request := range []knowledge.Request{{}, dry()} {
				_, err := r.Link(as(t, test.actor), target(test.from), test.relation, test.to, new(longText(20_001)), request)
				refusal(t, err, test.code, test.path)
			}
		})
	}
	_, err := r.Unlink(as(t, madrid()), target(public), knowledge.RelVariantOf, p.ID, knowledge.Request{})
	refusal(t, err, knowledge.CodeForbidden, "id")
	refuse := func(id knowledge.ID) knowledge.Problem {
		_, err := r.Link(as(t, madrid()), target(p), knowledge.RelVariantOf, id, nil, knowledge.Request{})
		return refusal(t, err, knowledge.CodeUnknown, "target")
	}
	same(t, "the refusals of unseen and missing", refuse(practice("nowhere")), refuse(secret.ID))
}

// advice makes a recommendation.
func (r *rig) advice(t *testing.T) knowledge.Entity {
	t.Helper()
	return saved[*knowledge.Recommendation](t)(r.Create(as(t, editor()), knowledge.KindRecommendation, "en", &knowledge.RecommendationChanges{}, knowledge.Request{}))
}

func TestLinksMakeNoCircle(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Practice("a"), knowledgetest.Practice("b"), knowledgetest.Practice("c"))
	link := func(from, to string, relation knowledge.Relation) error {
		_, err := r.Link(as(t, editor()), target(r.stored(t, practice(from))), relation, practice(to), nil, knowledge.Request{})
		return err
	}
	for _, relation := range []knowledge.Relation{knowledge.RelVariantOf, knowledge.RelInspiredBy, knowledge.RelSupersedes} {
		if err := link("a", "b", relation); err != nil {
			t.Fatal(err)
		}
		if err := link("b", "c", relation); err != nil {
			t.Fatal(err)
		}
		refusal(t, link("c", "a", relation), knowledge.CodeCycle, "target")
		refusal(t, link("b", "a", relation), knowledge.CodeCycle, "target")
		if err := link("a", "c", relation); err != nil {
			t.Errorf("a short cut is no circle: %v", err)
		}
	}
	c := &knowledge.PracticeChanges{}
	c.VariantOfIDs = []knowledge.ID{practice("a")}
	_, err := r.Update(as(t, editor()), target(r.stored(t, practice("c"))), nil, c, knowledge.Request{})
	refusal(t, err, knowledge.CodeCycle, "changes.variantOf.0")
}

func TestTermsMakeNoCircle(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	top := r.stored(t, theme("housing"))
	_, err := r.Update(as(t, editor()), target(top), nil, &knowledge.ConceptChanges{Broader: new("housing/social")}, knowledge.Request{})
	refusal(t, err, knowledge.CodeCycle, "changes.broader")
	_, err = r.Update(as(t, editor()), target(top), nil, &knowledge.ConceptChanges{Broader: new("housing")}, knowledge.Request{})
	refusal(t, err, knowledge.CodeCycle, "changes.broader")
	city := saved[*knowledge.Authority](t)(r.Update(as(t, editor()), target(r.stored(t, authority("madrid"))), nil, &knowledge.AuthorityChanges{
		ParentID: new(authority("lyon")),
	}, knowledge.Request{}))
	_, err = r.Update(as(t, editor()), target(r.stored(t, authority("lyon"))), nil, &knowledge.AuthorityChanges{ParentID: &city.ID}, knowledge.Request{})
	refusal(t, err, knowledge.CodeCycle, "changes.parent")
}

func TestConfirmationsNameTheirKinds(t *testing.T) {
	t.Parallel()
	l := lessonOfMadrid(knowledgetest.Standing(knowledge.StatusDraft))
	r := newRig(t, l, knowledgetest.Practice("other"))
	other := practice("other")
	c := &knowledge.LessonChanges{}
	c.ConfirmedBy = []knowledge.Confirmation{{AuthorityID: other}}
	_, err := r.Update(as(t, madrid()), target(l), nil, c, knowledge.Request{})
	refusal(t, err, knowledge.CodeWrongKind, "changes.confirmedBy.0.authority")
	c.ConfirmedBy = []knowledge.Confirmation{{AuthorityID: authority("lyon"), PracticeID: &other}}
	saved[*knowledge.LessonLearnt](t)(r.Update(as(t, madrid()), target(l), nil, c, knowledge.Request{}))
}
