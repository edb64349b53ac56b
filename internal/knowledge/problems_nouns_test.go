package knowledge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestProblemsOfFilledRecords(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		for seed := range uint64(5) {
			expect(t, knowledgetest.Fill(kind, seed).Problems())
		}
	}
}

func TestProblemsOfEmptyRecords(t *testing.T) {
	t.Parallel()
	entry := []string{"language INVALID_FORMAT", "slug REQUIRED", "language REQUIRED"}
	for kind, want := range map[knowledge.Kind][]string{
		knowledge.KindPractice:       entry,
		knowledge.KindLesson:         entry,
		knowledge.KindRecommendation: entry,
		knowledge.KindAuthority:      {"kind REQUIRED", "country REQUIRED", "slug REQUIRED", "names REQUIRED"},
		knowledge.KindCountry:        {"code REQUIRED", "slug REQUIRED", "names REQUIRED"},
		knowledge.KindTheme:          {"slug REQUIRED", "labels REQUIRED"},
		knowledge.KindTargetGroup:    {"slug REQUIRED", "labels REQUIRED"},
		knowledge.KindEvent:          {"kind REQUIRED", "slug REQUIRED", "texts REQUIRED"},
		knowledge.KindStudy:          {"kind REQUIRED", "evidenceLevel REQUIRED", "slug REQUIRED", "texts REQUIRED"},
		knowledge.KindOrganisation:   {"slug REQUIRED", "names REQUIRED"},
		knowledge.KindPartner:        {"slug REQUIRED", "name REQUIRED"},
		knowledge.KindToken:          {"role REQUIRED", "slug REQUIRED", "name REQUIRED"},
	} {
		t.Run(kind.Noun(), func(t *testing.T) {
			t.Parallel()
			expect(t, knowledge.New(kind).Problems(), want...)
		})
	}
}

func TestProblemsOfAuthorities(t *testing.T) {
	t.Parallel()
	type authority = *knowledge.Authority
	problems(t, knowledge.KindAuthority, []problemCase[authority]{
		{"two preferred names in one language", func(a authority) {
			a.Names[1] = knowledge.Label{Language: "en", Kind: knowledge.LabelPreferred, Text: "Other"}
		}, []string{"names.1 DUPLICATE"}},
		{"two other names in one language", func(a authority) {
			a.Names = append(a.Names, knowledge.Label{Language: "sr-Cyrl", Kind: knowledge.LabelAlternative, Text: "Other"})
		}, nil},
		{"alternative names alone", func(a authority) { a.Names[0].Kind, a.Names[1].Kind = "ALTERNATIVE", "ALTERNATIVE" }, []string{"names REQUIRED"}},
		{"a name of spaces", func(a authority) { a.Names[1].Text = " \t" }, []string{"names.1.text REQUIRED"}},
		{"a name at its limit", func(a authority) { a.Names[0].Text = euros(200) }, nil},
		{"a name over its limit", func(a authority) { a.Names[0].Text = euros(201) }, []string{"names.0.text TOO_LONG"}},
		{"nobody lives there", func(a authority) { a.Population.Value = 0 }, nil},
		{"fewer than nobody", func(a authority) { a.Population.Value = -1 }, []string{"population.value OUT_OF_RANGE"}},
		{"more than GraphQL can say", func(a authority) { a.Population.Value = 1 << 31 }, []string{"population.value OUT_OF_RANGE"}},
		{"a language", func(a authority) { a.Languages[1] = "romani chib" }, []string{"languages.1 INVALID_FORMAT"}},
		{"a year of a membership", func(a authority) { *a.Memberships[1].Year = 20122 }, []string{"memberships.1.year OUT_OF_RANGE"}},
	})
}

func TestProblemsOfCountries(t *testing.T) {
	t.Parallel()
	type country = *knowledge.Country
	problems(t, knowledge.KindCountry, []problemCase[country]{
		{"another code under the same id", func(c country) { c.Code = "XK" }, []string{"code INVALID_FORMAT"}},
		{"a code without an id yet", func(c country) { c.ID, c.Code = "", "XK" }, nil},
		{"a code in lower case", func(c country) { c.ID, c.Code = "", "xk" }, []string{"code INVALID_FORMAT"}},
	})
}

func TestProblemsOfConcepts(t *testing.T) {
	t.Parallel()
	type theme = *knowledge.Theme
	problems(t, knowledge.KindTheme, []problemCase[theme]{
		{"broader than itself", func(c theme) { c.BroaderID = &c.ID }, []string{"broader CYCLE"}},
		{"broader than a target group", func(c theme) { *c.BroaderID = knowledge.NewID(knowledge.KindTargetGroup) }, []string{"broader WRONG_KIND"}},
		{"related to a practice", func(c theme) { c.RelatedIDs[1] = knowledge.NewID(knowledge.KindPractice) }, []string{"related.1 WRONG_KIND"}},
		{"replaced by no id", func(c theme) { *c.ReplacedByID = "housing" }, nil}, // The look-up of references tells that.
		{"a hidden label over its limit", func(c theme) { c.HiddenLabels[1].Text = euros(201) }, []string{"hiddenLabels.1.text TOO_LONG"}},
		{"a hidden label may stand for every kind of name", func(c theme) { c.HiddenLabels[0] = c.HiddenLabels[1] }, nil},
		{"a definition over the limit of a text", func(c theme) { c.Definitions[0].Text = euros(20_001) }, []string{"definitions.0.text TOO_LONG"}},
		{"a history note over the limit of a text", func(c theme) { c.HistoryNotes[1].Text = euros(20_001) }, []string{"historyNotes.1.text TOO_LONG"}},
		{"a note without sources", func(c theme) { c.ScopeNotes[0].SourceURLs = nil }, nil},
		{"a source of a note that is no address", func(c theme) { c.HistoryNotes[0].SourceURLs[1] = "Gazette, 1969" }, []string{"historyNotes.0.sourceUrls.1 INVALID_FORMAT"}},
		{"a source of a note over the limit of an address", func(c theme) { c.ScopeNotes[1].SourceURLs[0] = "https://example.org/" + euros(2000) }, []string{"scopeNotes.1.sourceUrls.0 TOO_LONG"}},
	})
}

func TestProblemsOfEventsAndStudies(t *testing.T) {
	t.Parallel()
	type event = *knowledge.Event
	problems(t, knowledge.KindEvent, []problemCase[event]{
		{"no title", func(e event) { e.Texts[0].Title = " " }, []string{"texts.0.title REQUIRED"}},
		{"no title in another language", func(e event) { e.Texts[1].Title = "" }, []string{"texts.1.title REQUIRED"}},
		{"no texts", func(e event) { e.Texts = nil }, []string{"texts REQUIRED"}},
		{"two blocks in one language", func(e event) { e.Texts[1].Language = "en" }, []string{"texts.1.language DUPLICATE"}},
		{"a participant without a name", func(e event) { e.Participants[1].Label = "" }, []string{"participants.1.label REQUIRED"}},
		{"an unknown form", func(e event) { e.Type = "PARTY" }, []string{"kind UNKNOWN"}},
		{"a title over its limit", func(e event) { e.Texts[1].Title = euros(201) }, []string{"texts.1.title TOO_LONG"}},
	})
	type study = *knowledge.Study
	problems(t, knowledge.KindStudy, []problemCase[study]{
		{"no title of the study", func(s study) { s.Texts[1].Title = "" }, []string{"texts.1.title REQUIRED"}},
		{"two blocks of a study in one language", func(s study) { s.Texts[1].Language = "en" }, []string{"texts.1.language DUPLICATE"}},
		{"year of the study before the first", func(s study) { *s.Year = 999 }, []string{"year OUT_OF_RANGE"}},
		{"year of the study after the last", func(s study) { *s.Year = 2201 }, []string{"year OUT_OF_RANGE"}},
		{"an unknown level", func(s study) { s.EvidenceLevel = "LEVEL_6" }, []string{"evidenceLevel UNKNOWN"}},
	})
}

func TestProblemsOfTokens(t *testing.T) {
	t.Parallel()
	type token = *knowledge.Token
	problems(t, knowledge.KindToken, []problemCase[token]{
		{"for nobody", func(x token) { x.Name = " " }, []string{"name REQUIRED"}},
		{"contributor of no authority", func(x token) { x.Role, x.AuthorityIDs, x.PartnerID = knowledge.RoleContributor, nil, nil }, []string{"authorities REQUIRED"}},
		{"editor of no authority", func(x token) { x.Role, x.AuthorityIDs, x.PartnerID = knowledge.RoleEditor, nil, nil }, nil},
		{"unknown role", func(x token) { x.Role = "KING" }, []string{"role UNKNOWN"}},
	})
}

func TestCheckSlug(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]string{
		"iris": "", "iris-madrid-2012": "", "housing/rehousing": "", "es.iris": "", "2012": "", strings.Repeat("a", 100): "",
		strings.Repeat("a", 101): "slug TOO_LONG",
		"":                       "slug INVALID_FORMAT", "-iris": "slug INVALID_FORMAT", "iris-": "slug INVALID_FORMAT",
		"iris--madrid": "slug INVALID_FORMAT", "Iris": "slug INVALID_FORMAT", "málaga": "slug INVALID_FORMAT", "a b": "slug INVALID_FORMAT",
		"a_b": "slug INVALID_FORMAT", "../etc": "slug INVALID_FORMAT", "a/../b": "slug INVALID_FORMAT", "/a": "slug INVALID_FORMAT",
		"a\n": "slug INVALID_FORMAT", "a\x00": "slug INVALID_FORMAT", "a?b": "slug INVALID_FORMAT",
	} {
		if got := strings.Join(told(knowledge.CheckSlug(slug)), ""); got != want {
			t.Errorf("CheckSlug(%q) = %q, want %q", slug, got, want)
		}
	}
}

func TestNoSlugIsAnID(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := knowledge.DeriveID(rapid.SampledFrom(knowledge.Kinds()).Draw(t, "kind"), rapid.String().Draw(t, "part"))
		if len(knowledge.CheckSlug(string(id))) == 0 {
			t.Fatalf("%s is a slug as well", id)
		}
	})
}

func TestCheckKey(t *testing.T) {
	t.Parallel()
	for key, ok := range map[string]bool{
		"a": true, euros(200): true, "a key, with spaces": true, "": false, euros(201): false,
		"a\nb": false, "a\tb": false, "\x00": false, "a\xff": false, "a\u0085": false,
	} {
		got := knowledge.CheckKey(key)
		if ok != (len(got) == 0) {
			t.Errorf("CheckKey(%q) = %v, want ok: %v", key, got, ok)
		}
		if !ok {
			expect(t, got, "idempotencyKey INVALID_FORMAT")
		}
	}
}

func TestCheckText(t *testing.T) {
	t.Parallel()
	expect(t, knowledge.CheckText(euros(10), 10, "reason"))
	expect(t, knowledge.CheckText("a\r\n\tb", 10, "reason"))
	expect(t, knowledge.CheckText(euros(11), 10, "reason"), "reason TOO_LONG")
	expect(t, knowledge.CheckText("\x1b[31m", 10, "filter", "text"), "filter.text INVALID_FORMAT")
	expect(t, knowledge.CheckText("\xff", 10, "reason"), "reason INVALID_FORMAT")
	want := "Use at most 10 characters; there are 11."
	if diff := cmp.Diff(want, knowledge.CheckText(euros(11), 10)[0].Message); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
}
