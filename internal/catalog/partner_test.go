package catalog_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// partnerID is the id of the partner with the slug.
func partnerID(slug string) knowledge.ID { return knowledgetest.ID(knowledge.KindPartner, slug) }

// holder is who holds a key of the partner with the slug.
func holder(slug string) knowledge.Actor {
	a := actor("key of "+slug, knowledge.RoleReader)
	a.PartnerID = partnerID(slug)
	return a
}

// reading is a ReadDocument that names documents by their text, and refuses one.
func reading(text string) (name string, err error) {
	if text == "bad" {
		return "", errors.New("this is no document")
	}
	return "Named " + text, nil
}

func TestPartnersAreKeptByAdministrators(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	input := &knowledge.PartnerChanges{Name: new("Example dashboard"), AllowedOrigins: []string{"https://a.example"}}
	made := saved[*knowledge.Partner](t)(r.Create(as(t, admin()), knowledge.KindPartner, "", input, keyed("once")))
	again := saved[*knowledge.Partner](t)(r.Create(as(t, admin()), knowledge.KindPartner, "", input, keyed("once")))
	same(t, "the same request again", made.Meta, again.Meta)
	if made.Slug != "example-dashboard" || made.Status != knowledge.StatusPublished || made.Revision != 1 {
		t.Errorf("created %+v", made.Meta)
	}
	quota := &knowledge.PartnerChanges{PointsPerMinute: new(500), Email: new("us@a.example")}
	made = saved[*knowledge.Partner](t)(r.Update(as(t, admin()), target(made), nil, quota, knowledge.Request{}))
	clear := &knowledge.PartnerChanges{Clear: []string{"pointsPerMinute", "email"}}
	made = saved[*knowledge.Partner](t)(r.Update(as(t, admin()), target(made), nil, clear, knowledge.Request{}))
	if made.PointsPerMinute != nil || made.Email != nil {
		t.Errorf("cleared %+v", made)
	}
	made = saved[*knowledge.Partner](t)(r.Step(as(t, admin()), target(made), knowledge.ActionArchive, new("They left."), knowledge.Request{}))
	if made.IsOn() {
		t.Errorf("archived %+v", made.Meta)
	}
	made = saved[*knowledge.Partner](t)(r.Step(as(t, admin()), target(made), knowledge.ActionRestore, nil, knowledge.Request{}))
	if !made.IsOn() || made.Revision != 5 {
		t.Errorf("restored %+v", made.Meta)
	}
}

// Nobody but administrators and the partner itself is told whether a partner exists, whatever they try.
func TestOthersAreNotToldOfPartners(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Partner("dashboard", "https://a.example"))
	there, nowhere := partnerID("dashboard"), partnerID("nowhere")
	for name, a := range everyone() {
		if name == "administrator" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := as(t, a)
			attempts := map[string]func(id knowledge.ID) error{
				"update": func(id knowledge.ID) error {
					_, err := r.Update(ctx, at(id, 1), nil, &knowledge.PartnerChanges{Name: new("x")}, knowledge.Request{})
					return err
				},
				"archive": func(id knowledge.ID) error {
					_, err := r.Step(ctx, at(id, 1), knowledge.ActionArchive, nil, knowledge.Request{})
					return err
				},
				"documents": func(id knowledge.ID) error {
					_, err := r.SetDocuments(ctx, at(id, 1), nil, reading, knowledge.Request{})
					return err
				},
				"catch up": func(id knowledge.ID) error {
					return r.CatchUp(ctx, knowledge.ConsistencyToken{ID: id, Revision: 1})
				},
				"a key": func(id knowledge.ID) error {
					_, _, err := r.CreateToken(ctx, catalog.TokenDraft{Name: "x", Role: knowledge.RoleReader, Partner: new(string(id))})
					return err
				},
			}
			for what, attempt := range attempts {
				if one, other := attempt(there), attempt(nowhere); one == nil || one.Error() != other.Error() {
					t.Errorf("%s: %v for one that exists, %v for one that does not", what, one, other)
				}
			}
			found, err := r.Load(ctx, there)
			if err != nil || found[0] != nil {
				t.Errorf("load gives %v, %v", found[0], err)
			}
			for _, slug := range []string{"dashboard", "nowhere"} {
				_, err := r.BySlug(ctx, knowledge.KindPartner, slug)
				failure(t, err, knowledge.NotFound, "slug")
			}
			page, err := r.Find(ctx, knowledge.Listing{Kinds: []knowledge.Kind{knowledge.KindPartner}, Page: knowledge.Page{First: 5}})
			if err != nil || page.Total != 0 || len(page.Items) != 0 {
				t.Errorf("the list has %d: %v", page.Total, err)
			}
			if _, err := r.Usage(ctx, knowledgetest.Partner("dashboard"), nil, nil); !knowledge.IsKind(err, knowledge.Forbidden) {
				t.Errorf("usage gives %v", err)
			}
			_, err = r.Create(ctx, knowledge.KindPartner, "", &knowledge.PartnerChanges{Name: new("x")}, knowledge.Request{})
			if _, refused := errors.AsType[knowledge.Problems](err); !refused {
				t.Errorf("create gives %v", err)
			}
		})
	}
}

// at is the target of a change of a partner.
func at(id knowledge.ID, revision knowledge.Revision) catalog.Target {
	return catalog.Target{ID: id, Revision: revision, Kinds: []knowledge.Kind{knowledge.KindPartner}}
}

func TestAPartnerSeesItselfAndChangesNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Partner("own"), knowledgetest.Partner("other"))
	ctx := as(t, holder("own"))
	found, err := r.Load(ctx, partnerID("own"), partnerID("other"))
	if err != nil || found[0] == nil || found[1] != nil {
		t.Errorf("load gives %v, %v", found, err)
	}
	_, err = r.Update(ctx, at(partnerID("own"), 1), nil, &knowledge.PartnerChanges{Name: new("x")}, knowledge.Request{})
	refusal(t, err, knowledge.CodeForbidden, "")
	_, err = r.SetDocuments(ctx, at(partnerID("own"), 1), nil, reading, knowledge.Request{})
	refusal(t, err, knowledge.CodeForbidden, "")
}

func TestDocumentsOfAPartner(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Partner("own"))
	draft := func(text string) catalog.DocumentDraft {
		return catalog.DocumentDraft{ID: knowledge.DocumentID(text)[len("sha256:"):], Text: text}
	}
	ctx := as(t, admin())
	unchanged := r.mark(t)
	for _, test := range []struct {
		name   string
		drafts []catalog.DocumentDraft
		code   knowledge.ProblemCode
		path   string
	}{
		{"a document that cannot be run", []catalog.DocumentDraft{draft("good"), draft("bad")}, knowledge.CodeInvalidFormat, "documents.1.text"},
		{"an id of another text", []catalog.DocumentDraft{{ID: knowledge.DocumentID("other"), Text: "good"}}, knowledge.CodeInvalidFormat, "documents.0.id"},
		{"an id that is none", []catalog.DocumentDraft{{ID: "1", Text: "good"}}, knowledge.CodeInvalidFormat, "documents.0.id"},
		{"one twice", []catalog.DocumentDraft{draft("good"), {ID: knowledge.DocumentID("good"), Text: "good"}}, knowledge.CodeDuplicate, "documents.1.id"},
	} {
		_, err := r.SetDocuments(ctx, at(partnerID("own"), 1), test.drafts, reading, knowledge.Request{})
		if problems, ok := errors.AsType[knowledge.Problems](err); !ok || problems[0].Code != test.code {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		refusal(t, err, test.code, test.path)
	}
	unchanged()
	var many []catalog.DocumentDraft
	for i := range 30 {
		text := "bad"
		if i > 0 {
			text = strconv.Itoa(i)
		}
		many = append(many, draft(text))
	}
	if _, err := r.SetDocuments(ctx, at(partnerID("own"), 1), many[1:], reading, dry()); err != nil {
		t.Errorf("a dry run gives %v", err)
	}
	p := saved[*knowledge.Partner](t)(r.SetDocuments(ctx, at(partnerID("own"), 1), []catalog.DocumentDraft{draft("b"), draft("a")}, reading, keyed("k")))
	if len(p.Documents) != 2 || p.Documents[0] != (knowledge.TrustedDocument{ID: knowledge.DocumentID("b"), Name: "Named b", Text: "b"}) {
		t.Errorf("documents %+v", p.Documents)
	}
	again := saved[*knowledge.Partner](t)(r.SetDocuments(ctx, at(partnerID("own"), 1), []catalog.DocumentDraft{draft("b"), draft("a")}, reading, keyed("k")))
	same(t, "the same request again", p.Meta, again.Meta)
	p = saved[*knowledge.Partner](t)(r.SetDocuments(ctx, at(p.ID, 2), nil, reading, knowledge.Request{}))
	if len(p.Documents) != 0 {
		t.Errorf("documents %+v, want none", p.Documents)
	}
}

func TestKeysEndWithTheirPartner(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Partner("own"))
	draft := catalog.TokenDraft{Name: "Key", Role: knowledge.RoleReader, Partner: new("own")}
	token, secret, err := r.CreateToken(as(t, admin()), draft)
	if err != nil || token.PartnerID == nil || *token.PartnerID != partnerID("own") {
		t.Fatalf("token %+v, %v", token, err)
	}
	who, err := r.authenticate(t, secret)
	if err != nil || who.PartnerID != partnerID("own") || who.ID != token.ID {
		t.Fatalf("actor %+v, %v", who, err)
	}
	for name, check := range map[string]func(context.Context) error{"SignedIn": r.SignedIn, "SignedInNow": r.SignedInNow} {
		if err := check(as(t, who)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	wrong := draft
	wrong.Role = knowledge.RoleEditor
	_, _, err = r.CreateToken(as(t, admin()), wrong)
	refusal(t, err, knowledge.CodeWrongKind, "role")
	unknown := draft
	unknown.Partner = new("nowhere")
	_, _, err = r.CreateToken(as(t, admin()), unknown)
	refusal(t, err, knowledge.CodeUnknown, "partner")

	archived := saved[*knowledge.Partner](t)(r.Step(as(t, admin()), at(partnerID("own"), 1), knowledge.ActionArchive, nil, knowledge.Request{}))
	if _, err := r.authenticate(t, secret); !knowledge.IsKind(err, knowledge.Unauthenticated) {
		t.Errorf("the key of an archived partner: %v", err)
	}
	for name, check := range map[string]func(context.Context) error{"SignedIn": r.SignedIn, "SignedInNow": r.SignedInNow} {
		if err := check(as(t, who)); !knowledge.IsKind(err, knowledge.Unauthenticated) {
			t.Errorf("%s of an archived partner: %v", name, err)
		}
	}
	_, _, err = r.CreateToken(as(t, admin()), draft)
	refusal(t, err, knowledge.CodeNotAllowedNow, "partner")
	saved[*knowledge.Partner](t)(r.Step(as(t, admin()), target(archived), knowledge.ActionRestore, nil, knowledge.Request{}))
	if _, err := r.authenticate(t, secret); err != nil {
		t.Errorf("the key of a restored partner: %v", err)
	}
}

func TestUsageOfAPartner(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Partner("own"))
	var asked [2]knowledge.Date
	c := r.with(t, func(o *catalog.Options) {
		o.Counted = func(_ context.Context, id knowledge.ID, from, to knowledge.Date) ([]knowledge.Usage, error) {
			asked = [2]knowledge.Date{from, to}
			return []knowledge.Usage{{Partner: id, Day: to, Requests: 1}}, nil
		}
	})
	day := func(s string) *knowledge.Date { return new(knowledge.Date(s)) }
	today := knowledge.DayOf(start())
	for _, test := range []struct {
		name     string
		from, to *knowledge.Date
		want     [2]knowledge.Date
		path     string
	}{
		{"the last month", nil, nil, [2]knowledge.Date{knowledge.DayOf(start().AddDate(0, 0, -30)), today}, ""},
		{"a day", day("2026-01-05"), day("2026-01-05"), [2]knowledge.Date{"2026-01-05", "2026-01-05"}, ""},
		{"a month before a day", nil, day("2026-01-31"), [2]knowledge.Date{"2026-01-01", "2026-01-31"}, ""},
		{"the longest span", day("2026-01-01"), day("2026-04-02"), [2]knowledge.Date{"2026-01-01", "2026-04-02"}, ""},
		{"a longer one", day("2026-01-01"), day("2026-04-03"), [2]knowledge.Date{}, "from"},
		{"the wrong way round", day("2026-01-02"), day("2026-01-01"), [2]knowledge.Date{}, "from"},
		{"no day", day("2026-02-30"), nil, [2]knowledge.Date{}, "from"},
		{"no last day", nil, day("soon"), [2]knowledge.Date{}, "to"},
	} {
		asked = [2]knowledge.Date{}
		got, err := c.Usage(as(t, holder("own")), knowledgetest.Partner("own"), test.from, test.to)
		if test.path != "" {
			failure(t, err, knowledge.Invalid, test.path)
			continue
		}
		if err != nil || len(got) != 1 || asked != test.want {
			t.Errorf("%s: asked for %v, want %v: %v, %v", test.name, asked, test.want, got, err)
		}
	}
	if got, err := r.Usage(as(t, admin()), knowledgetest.Partner("own"), nil, nil); err != nil || got != nil {
		t.Errorf("where nobody counts: %v, %v", got, err)
	}
}
