package catalog_test

import (
	"testing"

	"goodpractice/internal/knowledge"
)

func TestCreateMakesADraft(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	input := draft("Homes first in Madrid")
	input.Year, input.TargetGroups, input.PrimaryTheme = new(2019), []string{"youth"}, new("housing")
	p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "EN", input, knowledge.Request{}))
	switch {
	case p.ID.Kind() != knowledge.KindPractice, p.Slug != "homes-first-in-madrid", p.Revision != 1:
		t.Errorf("id %s, slug %s, revision %d", p.ID, p.Slug, p.Revision)
	case p.Status != knowledge.StatusDraft, p.PublishedAt != nil, p.PublishedRevision != 0:
		t.Errorf("status %s, published at %v", p.Status, p.PublishedAt)
	case p.CreatedBy != madrid().ID, p.Edit.By != madrid().ID, p.Edit.Action != knowledge.ActionCreate:
		t.Errorf("made by %s, edit %+v", p.CreatedBy, p.Edit)
	case !p.CreatedAt.After(start()), p.UpdatedAt != p.CreatedAt, p.Edit.At != p.CreatedAt:
		t.Errorf("created at %s, updated at %s, edited at %s", p.CreatedAt, p.UpdatedAt, p.Edit.At)
	case p.SourceLanguage != "en", p.Licence != knowledge.DefaultLicence, p.Title != "Homes first in Madrid":
		t.Errorf("language %s, licence %s, title %q", p.SourceLanguage, p.Licence, p.Title)
	}
	same(t, "texts", []knowledge.PracticeText{{EntryText: knowledge.EntryText{
		Language: "en", Origin: knowledge.OriginOriginal, Title: "Homes first in Madrid",
		Summary: "Homes first in Madrid in a few words.", Situation: "It was cold.",
	}}}, p.Texts)
	same(t, "themes", []knowledge.ID{theme("housing")}, p.ThemeIDs)
	same(t, "authorities", lead("madrid"), p.Contributors)
	same(t, "countries", []knowledge.CountryCode{"ES"}, p.CountryCodes)
	if year := p.Year(); year == nil || *year != 2019 {
		t.Errorf("year %v", year)
	}
	same(t, "stored", r.stored(t, p.ID), knowledge.Clone(p))
}

func TestCreateKnowsEverySortOfEntry(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	tests := map[knowledge.Kind]knowledge.Changes{
		knowledge.KindPractice: draft("One"), knowledge.KindLesson: &knowledge.LessonChanges{},
		knowledge.KindRecommendation: &knowledge.RecommendationChanges{},
	}
	for kind, input := range tests {
		e := saved[knowledge.Entry](t)(r.Create(as(t, madrid()), kind, "ro", input, knowledge.Request{}))
		if e.Kind() != kind || e.Head().Status != knowledge.StatusDraft || e.Core().SourceLanguage != "ro" {
			t.Errorf("%s: %+v", kind, e.Core())
		}
	}
}

func TestCreateFillsInWhoContributes(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	tests := []struct {
		name      string
		actor     knowledge.Actor
		given     []knowledge.Contributor
		countries []knowledge.CountryCode
		want      []knowledge.Contributor
		in        []knowledge.CountryCode
	}{
		{"the contributor's only authority", madrid(), nil, nil, lead("madrid"), []knowledge.CountryCode{"ES"}},
		{"none of several authorities", network(), nil, nil, nil, nil},
		{"none for an editor", editor(), nil, nil, nil, nil},
		{"what is given counts", madrid(), lead("lyon", "madrid"), nil, lead("lyon", "madrid"), []knowledge.CountryCode{"FR", "ES"}},
		{"an empty list is none", madrid(), []knowledge.Contributor{}, nil, []knowledge.Contributor{}, nil},
		{"an editor posts for anyone", editor(), lead("cluj-napoca"), nil, lead("cluj-napoca"), []knowledge.CountryCode{"RO"}},
		{"countries are added to those given", madrid(), nil, []knowledge.CountryCode{"ro", "RO"}, lead("madrid"), []knowledge.CountryCode{"RO", "ES"}},
		{"a country given is not added twice", madrid(), nil, []knowledge.CountryCode{"es"}, lead("madrid"), []knowledge.CountryCode{"ES"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			input := draft("Posted as " + test.name)
			input.Authorities, input.Countries = test.given, test.countries
			p := saved[*knowledge.Practice](t)(r.Create(as(t, test.actor), knowledge.KindPractice, "en", input, knowledge.Request{}))
			same(t, "authorities", test.want, p.Contributors)
			same(t, "countries", test.in, p.CountryCodes)
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	input := func(change func(c *knowledge.PracticeChanges)) *knowledge.PracticeChanges {
		c := draft("Refused")
		change(c)
		return c
	}
	missing := knowledge.DeriveID(knowledge.KindPractice, "nowhere")
	tests := []struct {
		name     string
		actor    knowledge.Actor
		language knowledge.LanguageTag
		input    *knowledge.PracticeChanges
		code     knowledge.ProblemCode
		path     string
	}{
		{"nobody", anonymous(), "en", draft("x"), knowledge.CodeSignIn, ""},
		{"a reader", partner(), "en", draft("x"), knowledge.CodeForbidden, ""},
		{"no language", madrid(), "", draft("x"), knowledge.CodeInvalidFormat, "language"},
		{"a word for a language", madrid(), "english", draft("x"), knowledge.CodeInvalidFormat, "language"},
		{"a foreign authority", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Authorities = lead("lyon") }), knowledge.CodeForbidden, "authorities"},
		{"an unknown theme", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Themes = []string{"housing", "nothing"} }), knowledge.CodeUnknown, "themes.1"},
		{"an archived theme", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Themes = []string{"segregation"} }), knowledge.CodeUnknown, "themes.0"},
		{"a name that is no slug", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Themes = []string{"No Slug!"} }), knowledge.CodeUnknown, "themes.0"},
		{"an unknown id of a theme", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Themes = []string{string(theme("nowhere"))} }), knowledge.CodeUnknown, "themes.0"},
		{"an unknown primary theme", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.PrimaryTheme = new("nothing") }), knowledge.CodeUnknown, "primaryTheme"},
		{"a primary theme beside the themes", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.PrimaryTheme = new("education") }), knowledge.CodeUnknown, "primaryTheme"},
		{"an unknown target group", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.TargetGroups = []string{"nobody"} }), knowledge.CodeUnknown, "targetGroups.0"},
		{"a theme for a target group", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.TargetGroups = []string{"housing"} }), knowledge.CodeUnknown, "targetGroups.0"},
		{"a country that is not here", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Countries = []knowledge.CountryCode{"ES", "AQ"} }), knowledge.CodeUnknown, "countries.1"},
		{"a reference of another kind", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.VariantOfIDs = []knowledge.ID{study("study")} }), knowledge.CodeWrongKind, "variantOf.0"},
		{"a reference to nothing", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.VariantOfIDs = []knowledge.ID{missing} }), knowledge.CodeUnknown, "variantOf.0"},
		{"a reference that is no id", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.VariantOfIDs = []knowledge.ID{"PR_short"} }), knowledge.CodeInvalidFormat, "variantOf.0"},
		{"an authority of another kind", madrid(), "en", input(func(c *knowledge.PracticeChanges) {
			c.Authorities = append(lead("madrid"), knowledge.Contributor{AuthorityID: theme("housing"), Role: knowledge.RolePartner})
		}), knowledge.CodeWrongKind, "authorities.1.id"},
		{"a title that is too long", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Title = new(longText(201)) }), knowledge.CodeTooLong, "title"},
		{"a year before any record", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Year = new(12) }), knowledge.CodeOutOfRange, "year"},
		{"a chosen slug of another form", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Slug = new("Not This") }), knowledge.CodeInvalidFormat, "slug"},
		{"a field that cannot be cleared", madrid(), "en", input(func(c *knowledge.PracticeChanges) { c.Clear = []string{"verdict"} }), knowledge.CodeUnknown, "clear.0"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, request := range []knowledge.Request{{}, dry(), keyed("key")} {
				got, err := r.Create(as(t, test.actor), knowledge.KindPractice, test.language, test.input, request)
				refusal(t, err, test.code, test.path)
				if got.Entity != nil || got.Searchable {
					t.Errorf("refused, but answered %+v", got)
				}
			}
		})
	}
}

func TestCreateTellsSeveralProblems(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	input := draft("Refused")
	input.Themes, input.TargetGroups = []string{"nothing", "housing", "neither"}, []string{"nobody"}
	_, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", input, knowledge.Request{})
	same(t, "refusal", [][]string{{"themes", "0"}, {"themes", "2"}, {"targetGroups", "0"}}, paths(err))
}

func TestCreateDoesNotTellUnseenFromMissing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	secret := saved[*knowledge.Practice](t)(r.Create(as(t, cluj()), knowledge.KindPractice, "en", draft("Secret"), knowledge.Request{}))
	refer := func(id knowledge.ID) knowledge.Problem {
		input := draft("Curious")
		input.InspiredByIDs = []knowledge.ID{id}
		_, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", input, knowledge.Request{})
		return refusal(t, err, knowledge.CodeUnknown, "inspiredBy.0")
	}
	same(t, "the refusals", refer(practice("nowhere")), refer(secret.ID))
}

func TestKeysThatCannotBeKeysAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	unchanged := r.mark(t)
	for _, key := range []string{"", longText(201), "a\nb", "\xff"} {
		_, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("x"), keyed(key))
		refusal(t, err, knowledge.CodeInvalidFormat, "idempotencyKey")
	}
	unchanged()
}

func TestNumbersThatCannotBeWrittenAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, request := range []knowledge.Request{{}, keyed("key")} {
		input := draft("Endless")
		input.Metrics = []knowledge.Metric{{Indicator: "homes", Value: infinity(), Unit: "homes"}}
		_, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", input, request)
		refusal(t, err, knowledge.CodeOutOfRange, "metrics.0.value")
	}
}
