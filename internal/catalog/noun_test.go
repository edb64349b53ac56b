package catalog_test

import (
	"testing"

	"goodpractice/internal/knowledge"
)

// labelled is a term with a label in English.
func labelled(text string) *knowledge.ConceptChanges {
	return &knowledge.ConceptChanges{Labels: named(text)}
}

// named is a name in English.
func named(text string) []knowledge.Label {
	return []knowledge.Label{{Language: "en", Kind: knowledge.LabelPreferred, Text: text}}
}

// nouns are a sound input for every noun that is no entry, and the slug that it leads to.
func nouns() map[knowledge.Kind]struct {
	slug  string
	input knowledge.Changes
} {
	type noun = struct {
		slug  string
		input knowledge.Changes
	}
	code, kind := knowledge.CountryCode("PT"), knowledge.AuthorityKind("MUNICIPALITY")
	event, research := knowledge.EventKind("SEMINAR"), knowledge.StudyKind("RESEARCH")
	return map[knowledge.Kind]noun{
		knowledge.KindAuthority: {"sevilla", &knowledge.AuthorityChanges{
			Names: named("Sevilla"), Type: &kind, CountryCode: new(knowledge.CountryCode("ES")),
		}},
		knowledge.KindCountry:      {"pt", &knowledge.CountryChanges{Code: &code, Names: named("Portugal")}},
		knowledge.KindTheme:        {"health", labelled("Health")},
		knowledge.KindTargetGroup:  {"girls", labelled("Girls")},
		knowledge.KindOrganisation: {"a-fund", &knowledge.OrganisationChanges{Names: named("A fund")}},
		knowledge.KindEvent: {"a-workshop", &knowledge.EventChanges{
			Texts: []knowledge.EventText{{Language: "en", Title: "A workshop"}}, Type: &event, Themes: []string{"housing"},
		}},
		knowledge.KindStudy: {"a-survey", &knowledge.StudyChanges{
			Texts: []knowledge.StudyText{{Language: "en", Title: "A survey"}}, Type: &research,
		}},
	}
}

func TestOtherNounsAreForEditors(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for kind, noun := range nouns() {
		t.Run(kind.Noun(), func(t *testing.T) {
			t.Parallel()
			_, err := r.Create(as(t, anonymous()), kind, "", noun.input, knowledge.Request{})
			refusal(t, err, knowledge.CodeSignIn, "")
			for _, a := range []knowledge.Actor{partner(), madrid()} {
				_, err := r.Create(as(t, a), kind, "", noun.input, knowledge.Request{})
				refusal(t, err, knowledge.CodeForbidden, "")
			}
			e := saved[knowledge.Entity](t)(r.Create(as(t, editor()), kind, "", noun.input, knowledge.Request{}))
			m := e.Head()
			if m.Slug != noun.slug || m.Status != knowledge.StatusPublished || m.Revision != 1 || m.CreatedBy != editor().ID {
				t.Errorf("created %+v", m)
			}
			_, err = r.Update(as(t, madrid()), target(e), nil, noun.input, knowledge.Request{})
			refusal(t, err, knowledge.CodeForbidden, "id")
			_, err = r.Step(as(t, madrid()), target(e), knowledge.ActionArchive, nil, knowledge.Request{})
			refusal(t, err, knowledge.CodeForbidden, "id")
			e = saved[knowledge.Entity](t)(r.Update(as(t, admin()), target(e), nil, noun.input, knowledge.Request{}))
			e = saved[knowledge.Entity](t)(r.Step(as(t, editor()), target(e), knowledge.ActionArchive, new("No longer needed."), knowledge.Request{}))
			if got, err := r.Load(as(t, partner()), e.Head().ID); err != nil || got[0] != nil {
				t.Errorf("a reader loads an archived %s: %v, %v", kind.Noun(), got, err)
			}
			_, err = r.Step(as(t, editor()), target(e), knowledge.ActionPublish, nil, knowledge.Request{})
			refusal(t, err, knowledge.CodeNotAllowedNow, "id")
			e = saved[knowledge.Entity](t)(r.Step(as(t, editor()), target(e), knowledge.ActionRestore, nil, knowledge.Request{}))
			if e.Head().Status != knowledge.StatusPublished || e.Head().Revision != 4 {
				t.Errorf("restored %+v", e.Head())
			}
		})
	}
}

func TestCountryIsKnownByItsCode(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	code := knowledge.CountryCode("PT")
	input := &knowledge.CountryChanges{Code: &code, Names: named("Portugal")}
	c := saved[*knowledge.Country](t)(r.Create(as(t, editor()), knowledge.KindCountry, "", input, keyed("once")))
	if c.ID != knowledge.CountryID("PT") || c.Slug != "pt" {
		t.Errorf("created %s as %q", c.ID, c.Slug)
	}
	again := saved[*knowledge.Country](t)(r.Create(as(t, editor()), knowledge.KindCountry, "", input, keyed("once")))
	same(t, "the same request again", c.Meta, again.Meta)

	unchanged := r.mark(t)
	for _, request := range []knowledge.Request{{}, dry(), keyed("other")} {
		_, err := r.Create(as(t, editor()), knowledge.KindCountry, "", input, request)
		refusal(t, err, knowledge.CodeDuplicate, "code")
	}
	_, err := r.Create(as(t, editor()), knowledge.KindCountry, "", &knowledge.CountryChanges{Names: named("Nowhere")}, knowledge.Request{})
	refusal(t, err, knowledge.CodeRequired, "code")
	other := knowledge.CountryCode("IT")
	_, err = r.Update(as(t, editor()), target(c), nil, &knowledge.CountryChanges{Code: &other}, knowledge.Request{})
	refusal(t, err, knowledge.CodeInvalidFormat, "changes.code")
	unchanged()
}

func TestReferencesOfNounsAreChecked(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	event, office := knowledge.EventKind("SEMINAR"), knowledge.AuthorityKind("OTHER")
	texts := []knowledge.EventText{{Language: "en", Title: "A workshop"}}
	foundation := r.slug(t, knowledge.KindOrganisation, "foundation")
	tests := []struct {
		name  string
		kind  knowledge.Kind
		input knowledge.Changes
		code  knowledge.ProblemCode
		path  string
	}{
		{"an organisation for an authority", knowledge.KindEvent, &knowledge.EventChanges{
			Texts: texts, Type: &event, Participants: []knowledge.Participant{{Label: "x", AuthorityID: &foundation}},
		}, knowledge.CodeWrongKind, "participants.0.authority"},
		{"an authority for an organisation", knowledge.KindEvent, &knowledge.EventChanges{
			Texts: texts, Type: &event, Participants: []knowledge.Participant{{Label: "x", OrganisationID: new(authority("madrid"))}},
		}, knowledge.CodeWrongKind, "participants.0.organisation"},
		{"a participant that is not here", knowledge.KindEvent, &knowledge.EventChanges{
			Texts: texts, Type: &event, Participants: []knowledge.Participant{{Label: "x", AuthorityID: new(authority("nowhere"))}},
		}, knowledge.CodeUnknown, "participants.0.authority"},
		{"a country that is not here", knowledge.KindAuthority, &knowledge.AuthorityChanges{
			Names: named("x"), Type: &office, CountryCode: new(knowledge.CountryCode("AQ")),
		}, knowledge.CodeUnknown, "country"},
		{"a theme below a target group", knowledge.KindTheme, &knowledge.ConceptChanges{
			Labels: named("x"), Broader: new("youth"),
		}, knowledge.CodeUnknown, "broader"},
		{"no name", knowledge.KindOrganisation, &knowledge.OrganisationChanges{Slug: new("nameless")}, knowledge.CodeRequired, "names"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := r.Create(as(t, editor()), test.kind, "", test.input, knowledge.Request{})
			refusal(t, err, test.code, test.path)
		})
	}
}

// slug is the id of the record with the slug.
func (r *rig) slug(t *testing.T, kind knowledge.Kind, slug string) knowledge.ID {
	t.Helper()
	e, err := r.BySlug(as(t, admin()), kind, slug)
	if err != nil {
		t.Fatal(err)
	}
	return e.Head().ID
}
