package knowledge_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// gaps lists what is missing, advice in brackets.
func gaps(c knowledge.Completeness) []string {
	out := []string{}
	for _, g := range c.Missing {
		path := strings.Join(g.Path, ".")
		if !g.IsNeeded {
			path = "(" + path + ")"
		}
		out = append(out, path)
	}
	return out
}

const (
	gapsOfEntries        = "title summary themes authorities targetGroups period sources contacts"
	gapsOfPractice       = gapsOfEntries + " situation action results objectives lifecycle places targeting metrics involvement learnt costs transfer (oneLiner)"
	gapsOfLesson         = gapsOfEntries + " statement drivingEvent advice outcome confidence practices (cause) (appliesWhen) (doesNotApplyWhen)"
	gapsOfRecommendation = gapsOfEntries + " wording instrument body addressees standing restsOn (adoptedOn)"
)

func TestCompletenessOfNothingAndOfEverything(t *testing.T) {
	t.Parallel()
	for kind, want := range map[knowledge.Kind]string{
		knowledge.KindPractice: gapsOfPractice, knowledge.KindLesson: gapsOfLesson, knowledge.KindRecommendation: gapsOfRecommendation,
	} {
		empty, full := knowledge.New(kind).(knowledge.Entry), knowledgetest.Fill(kind, 1).(knowledge.Entry)
		got := empty.Completeness()
		if diff := cmp.Diff(strings.Fields(want), gaps(got)); diff != "" || got.Score != 0 {
			t.Errorf("an empty %s has %d %% (-want +got):\n%s", kind.Noun(), got.Score, diff)
		}
		for _, g := range got.Missing {
			if !strings.HasSuffix(g.Why, ".") {
				t.Errorf("%s: %q is no sentence", g.Path, g.Why)
			}
		}
		got = full.Completeness()
		if diff := cmp.Diff([]string{}, gaps(got)); diff != "" || got.Score != 100 {
			t.Errorf("a full %s has %d %% (-want +got):\n%s", kind.Noun(), got.Score, diff)
		}
	}
}

// Emptying one field of a full entry leaves one gap. A few gaps have several fields that fill them.
func TestEveryGap(t *testing.T) {
	t.Parallel()
	alternatives := map[string][]string{
		"metrics": {"noMetrics"}, "learnt": {"successFactors", "limitingFactors", "sideEffects"}, "costs": {"funding"},
		"advice": {"learnt"}, "wording": {"clauses"}, "adoptedOn": {"adoptedAt"},
	}
	for _, kind := range []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation} {
		for _, gap := range gaps(knowledge.New(kind).(knowledge.Entry).Completeness()) {
			name := strings.Trim(gap, "()")
			e := knowledgetest.Fill(kind, 1).(knowledge.Entry)
			missing := []string{name}
			if others := alternatives[name]; others != nil {
				emptyField(t, e, name)
				if got := gaps(e.Completeness()); len(got) > 0 {
					t.Errorf("%s without %s lacks %v, though %v is there", kind, name, got, others)
				}
				missing = append(missing, others...)
			}
			for _, m := range missing {
				emptyField(t, e, m)
			}
			got := e.Completeness()
			if diff := cmp.Diff([]string{gap}, gaps(got)); diff != "" || got.Score >= 100 || got.Score < 90 {
				t.Errorf("%s without %s has %d %% (-want +got):\n%s", kind, missing, got.Score, diff)
			}
		}
	}
}

// emptyField empties the field of an entry, or of its texts in its own language.
func emptyField(t *testing.T, e knowledge.Entry, name string) {
	t.Helper()
	f, ok := fieldOf(e, name)
	if !ok {
		t.Fatalf("%s has no field %s", e.Kind(), name)
	}
	f.SetZero()
}

func TestBlankTextsFillNoGap(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Fill(knowledge.KindPractice, 1).(*knowledge.Practice)
	p.Texts[0].Title, p.Texts[0].Situation, p.Metrics, p.NoMetrics = " ", "\n", nil, new(" ")
	if diff := cmp.Diff([]string{"title", "situation", "metrics"}, gaps(p.Completeness())); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

// A translation does not complete a record, and one that lacks a text does not make it incomplete.
func TestCompletenessIsOfTheSourceLanguage(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Fill(knowledge.KindPractice, 1).(*knowledge.Practice)
	p.Texts[1] = knowledge.PracticeText{EntryText: knowledge.EntryText{Language: "sr-Cyrl"}}
	if got := gaps(p.Completeness()); len(got) > 0 {
		t.Errorf("an empty translation makes gaps: %v", got)
	}
	p.Texts = slices.Delete(p.Texts, 0, 1)
	p.Texts[0].Title = "Наслов"
	if got := gaps(p.Completeness()); !slices.Contains(got, "title") {
		t.Errorf("a translation fills the gaps of the source language: %v", got)
	}
}

func TestSubmitProblems(t *testing.T) {
	t.Parallel()
	ready := func() *knowledge.Practice {
		return &knowledge.Practice{
			EntryCore: knowledge.EntryCore{
				SourceLanguage: "en", ThemeIDs: []knowledge.ID{"TH_x"}, Contributors: []knowledge.Contributor{{AuthorityID: "AU_x"}},
			},
			Texts: []knowledge.PracticeText{
				{EntryText: knowledge.EntryText{Language: "fr", Title: "T", Summary: "S", Action: "A"}},
				{EntryText: knowledge.EntryText{Language: "en", Title: "T", Summary: "S", Action: "A"}},
			},
		}
	}
	tests := []struct {
		name   string
		change func(p *knowledge.Practice, t *knowledge.EntryText)
		want   []string
	}{
		{"what is needed and no more", func(*knowledge.Practice, *knowledge.EntryText) {}, nil},
		{"no title", func(_ *knowledge.Practice, t *knowledge.EntryText) { t.Title = "" }, []string{"title REQUIRED"}},
		{"a title of spaces", func(_ *knowledge.Practice, t *knowledge.EntryText) { t.Title = " \t" }, []string{"title REQUIRED"}},
		{"no summary", func(_ *knowledge.Practice, t *knowledge.EntryText) { t.Summary = "" }, []string{"summary REQUIRED"}},
		{"no theme", func(p *knowledge.Practice, _ *knowledge.EntryText) { p.ThemeIDs = nil }, []string{"themes REQUIRED"}},
		{"neither authority nor country", func(p *knowledge.Practice, _ *knowledge.EntryText) { p.Contributors = nil }, []string{"authorities REQUIRED"}},
		{"a country for the authority", func(p *knowledge.Practice, _ *knowledge.EntryText) {
			p.Contributors, p.CountryCodes = nil, []knowledge.CountryCode{"ES"}
		}, nil},
		{"neither situation nor action nor results", func(_ *knowledge.Practice, t *knowledge.EntryText) { t.Action = "" }, []string{"action REQUIRED"}},
		{"the situation alone", func(_ *knowledge.Practice, t *knowledge.EntryText) { t.Action, t.Situation = "", "S" }, nil},
		{"the results alone", func(_ *knowledge.Practice, t *knowledge.EntryText) { t.Action, t.Results = "", "R" }, nil},
		{
			"texts in another language only", func(p *knowledge.Practice, _ *knowledge.EntryText) { p.Texts = p.Texts[:1] },
			[]string{"title REQUIRED", "summary REQUIRED", "action REQUIRED"},
		},
		{
			"nothing", func(p *knowledge.Practice, _ *knowledge.EntryText) { *p = knowledge.Practice{} },
			[]string{"title REQUIRED", "summary REQUIRED", "themes REQUIRED", "authorities REQUIRED", "action REQUIRED"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := ready()
			test.change(p, &p.Texts[1].EntryText)
			expect(t, knowledge.SubmitProblems(p), test.want...)
		})
	}
}
