package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// contacts are one of each visibility, named for it.
func contacts() []knowledge.Contact {
	return []knowledge.Contact{
		{Name: new("public"), Visibility: knowledge.ContactPublic},
		{Name: new("members"), Visibility: knowledge.ContactMembers},
		{Name: new("secretariat"), Visibility: knowledge.ContactSecretariat},
	}
}

func TestContactsAreForThoseWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	p.Contacts = contacts()
	r := newRig(t, p)
	all := []string{"public", "members", "secretariat"}
	tests := map[string][]string{
		"anonymous": {"public"}, "partner": {"public", "members"}, "stranger": {"public", "members"},
		"owner": all, "editor": all, "administrator": all,
	}
	for range 2 { // One reader's copy does not become another's.
		for name, want := range tests {
			ctx := as(t, everyone()[name])
			loaded, err := r.Load(ctx, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			same(t, name+" loads", want, contactsOf(loaded[0]))
			bySlug, err := r.BySlug(ctx, knowledge.KindPractice, "homes")
			if err != nil {
				t.Fatal(err)
			}
			same(t, name+" looks up", want, contactsOf(bySlug))
			page, err := r.Find(ctx, every())
			if err != nil {
				t.Fatal(err)
			}
			same(t, name+" finds", want, contactsOf(page.Items[0].Entity))
		}
	}
	got := saved[*knowledge.Practice](t)(r.Update(as(t, editor()), target(p), nil, saying("Changed."), knowledge.Request{}))
	same(t, "the editor's answer", all, contactsOf(got))
	same(t, "stored", all, contactsOf(r.stored(t, p.ID)))
}

// contactsOf are the names of an entry's contacts.
func contactsOf(e knowledge.Entity) []string {
	var out []string
	for _, c := range e.(knowledge.Entry).Core().Contacts {
		out = append(out, *c.Name)
	}
	return out
}

func TestReadersSeeTheirOwnLanguage(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	p.Texts = append(p.Texts, knowledge.PracticeText{EntryText: knowledge.EntryText{Language: "ro", Origin: knowledge.OriginHuman, Title: "Case"}})
	r := newRig(t, p)
	for range 2 {
		for language, want := range map[knowledge.LanguageTag]string{"en": "Homes", "ro-MD": "Case", "fr": "Homes", "": "Homes"} {
			loaded, err := r.Load(as(t, anonymous(), language), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "title in "+string(language), want, loaded[0].(*knowledge.Practice).Title)
		}
	}
}

func TestHiddenLabelsAreForEditors(t *testing.T) {
	t.Parallel()
	hidden := knowledgetest.Theme("camps", "Sites")
	hidden.HiddenLabels = []knowledge.Label{{Language: "en", Kind: knowledge.LabelAlternative, Text: "misspelt"}}
	group := knowledgetest.TargetGroup("travellers", "Travellers")
	group.HiddenLabels = hidden.HiddenLabels
	r := newRig(t, hidden, group)
	for name, a := range everyone() {
		loaded, err := r.Load(as(t, a), hidden.ID, group.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, labels := range [][]knowledge.Label{loaded[0].(*knowledge.Theme).HiddenLabels, loaded[1].(*knowledge.TargetGroup).HiddenLabels} {
			if (len(labels) > 0) != a.IsEditor() {
				t.Errorf("%s sees %v of %d", name, labels, i)
			}
		}
	}
}

func TestHistoryIsForInsiders(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	p.Contacts = contacts()
	r := newRig(t, p)
	var e knowledge.Entity = p
	for range 2 {
		e = saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(e), nil, saying("Changed."), knowledge.Request{}))
	}
	e = saved[*knowledge.Practice](t)(r.Step(as(t, madrid()), target(e), knowledge.ActionSubmit, nil, knowledge.Request{}))
	saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(e), knowledge.ActionPublish, new("Good enough."), knowledge.Request{}))
	for name, a := range everyone() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shown, err := r.Load(as(t, a), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			want := name != "anonymous" && name != "partner" && name != "stranger"
			for before, revisions := range map[knowledge.Revision][]int{0: {5, 4, 3, 2}, 5: {4, 3, 2, 1}, 2: {1}, 1: {}} {
				states, allowed, err := r.History(as(t, a), shown[0], before, 4)
				if err != nil || allowed != want {
					t.Fatalf("allowed %v, %v", allowed, err)
				}
				got := []int{}
				for _, s := range states {
					got = append(got, s.Entity.Head().Revision)
					same(t, "contacts", []string{"public", "members", "secretariat"}, contactsOf(s.Entity))
				}
				if !want {
					revisions = []int{}
				}
				same(t, "revisions", revisions, got)
			}
		})
	}
}

func TestHistoryTellsWhyAndWho(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	r := newRig(t, p)
	got := saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(p), knowledge.ActionArchive, new("Out of date."), knowledge.Request{}))
	states, _, err := r.History(as(t, madrid()), got, 0, 1)
	if err != nil || len(states) != 1 {
		t.Fatalf("got %v, %v", states, err)
	}
	edit := states[0].Entity.Head().Edit
	if edit.Action != knowledge.ActionArchive || edit.Reason != "Out of date." || edit.By != editor().ID || edit.At != got.UpdatedAt {
		t.Errorf("the history tells %+v", edit)
	}
}

func TestHoldersOfTheTokensBehindAHistory(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token, secret, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "A colleague", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	colleague, err := r.authenticate(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	p := saved[*knowledge.Practice](t)(r.Create(as(t, colleague), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
	p = saved[*knowledge.Practice](t)(r.Update(as(t, editor()), target(p), nil, saying("Changed."), knowledge.Request{}))
	if _, err := r.RevokeToken(as(t, admin()), token.ID); err != nil {
		t.Fatal(err)
	}
	states, _, err := r.History(as(t, editor()), p, 0, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(states) != 2 || states[0].Holder != "" || states[1].Holder != "A colleague" {
		t.Errorf("the history names %+v, want the colleague behind the first revision", states)
	}
}
