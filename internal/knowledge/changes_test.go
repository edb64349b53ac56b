package knowledge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestTermsOfEntries(t *testing.T) {
	t.Parallel()
	theme := func(slug string) knowledge.ID { return knowledgetest.ID(knowledge.KindTheme, slug) }
	group := func(slug string) knowledge.ID { return knowledgetest.ID(knowledge.KindTargetGroup, slug) }
	tests := []struct {
		name    string
		changes knowledge.EntryChanges
		want    []string // problems
		themes  []knowledge.ID
		primary *knowledge.ID
		groups  []knowledge.ID
	}{
		{
			"known terms",
			knowledge.EntryChanges{Themes: []string{"housing", "health"}, TargetGroups: []string{"roma"}, PrimaryTheme: new("health")},
			nil,
			[]knowledge.ID{theme("housing"), theme("health")},
			new(theme("health")),
			[]knowledge.ID{group("roma")},
		},
		{
			"a term named twice",
			knowledge.EntryChanges{Themes: []string{"housing", "housing"}},
			nil,
			[]knowledge.ID{theme("housing")},
			new(theme("old")),
			[]knowledge.ID{group("old")},
		},
		{
			"unknown terms",
			knowledge.EntryChanges{Themes: []string{"housing", "no"}, TargetGroups: []string{"no"}, PrimaryTheme: new("no")},
			[]string{"themes.1 UNKNOWN", "targetGroups.0 UNKNOWN", "primaryTheme UNKNOWN"},
			[]knowledge.ID{theme("housing")},
			new(theme("old")),
			[]knowledge.ID{},
		},
		{
			"empty lists and names",
			knowledge.EntryChanges{Themes: []string{}, TargetGroups: []string{}, PrimaryTheme: new("")},
			nil,
			[]knowledge.ID{},
			nil,
			[]knowledge.ID{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := &knowledge.LessonLearnt{EntryCore: knowledge.EntryCore{
				ThemeIDs: []knowledge.ID{theme("old")}, PrimaryThemeID: new(theme("old")), TargetGroupIDs: []knowledge.ID{group("old")},
			}}
			expect(t, (&knowledge.LessonChanges{EntryChanges: test.changes}).Apply(l, "en", finder), test.want...)
			got := knowledge.EntryCore{ThemeIDs: l.ThemeIDs, PrimaryThemeID: l.PrimaryThemeID, TargetGroupIDs: l.TargetGroupIDs}
			want := knowledge.EntryCore{ThemeIDs: test.themes, PrimaryThemeID: test.primary, TargetGroupIDs: test.groups}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("terms (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTermsOfNouns(t *testing.T) {
	t.Parallel()
	group := knowledgetest.TargetGroup("roma", "Roma")
	expect(t, (&knowledge.ConceptChanges{
		Broader: new("no"), ReplacedBy: new("no"), Related: []string{"sinti", "no"},
	}).Apply(group, "", finder), "related.1 UNKNOWN", "broader UNKNOWN", "replacedBy UNKNOWN")
	expect(t, (&knowledge.ConceptChanges{Broader: new("people"), ReplacedBy: new("travellers")}).Apply(group, "", finder))
	for _, r := range group.References() {
		if r.Target.Kind() != knowledge.KindTargetGroup {
			t.Errorf("%s of a target group points at a %s", r.Relation, r.Target.Kind().Noun())
		}
	}
	if len(group.References()) != 3 {
		t.Errorf("references = %v, want broader, related and replacedBy", group.References())
	}
	expect(t, (&knowledge.EventChanges{Themes: []string{"no"}}).Apply(knowledgetest.Event("e", "E"), "", finder), "themes.0 UNKNOWN")
	expect(t, (&knowledge.StudyChanges{Themes: []string{"no"}}).Apply(knowledgetest.Study("s", "S"), "", finder), "themes.0 UNKNOWN")
}

func TestYearIsShortForAPeriod(t *testing.T) {
	t.Parallel()
	old := &knowledge.Period{Start: "1999-05-01", Precision: knowledge.PrecisionMonth}
	period := &knowledge.Period{Start: "2001-02-03", Precision: knowledge.PrecisionDay}
	tests := []struct {
		name    string
		changes knowledge.EntryChanges
		want    *knowledge.Period
		problem []string
	}{
		{"a year", knowledge.EntryChanges{Year: new(2012)}, &knowledge.Period{Start: "2012-01-01", Precision: knowledge.PrecisionYear}, nil},
		{"the first year", knowledge.EntryChanges{Year: new(1000)}, &knowledge.Period{Start: "1000-01-01", Precision: knowledge.PrecisionYear}, nil},
		{"the last year", knowledge.EntryChanges{Year: new(2200)}, &knowledge.Period{Start: "2200-01-01", Precision: knowledge.PrecisionYear}, nil},
		{"a period beside it counts", knowledge.EntryChanges{Year: new(2012), Period: period}, period, nil},
		{"too early", knowledge.EntryChanges{Year: new(999)}, old, []string{"year OUT_OF_RANGE"}},
		{"too late", knowledge.EntryChanges{Year: new(2201)}, old, []string{"year OUT_OF_RANGE"}},
		{"negative", knowledge.EntryChanges{Year: new(-1)}, old, []string{"year OUT_OF_RANGE"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := knowledgetest.Practice("iris")
			p.Period = old
			expect(t, (&knowledge.PracticeChanges{EntryChanges: test.changes}).Apply(p, "en", finder), test.problem...)
			if diff := cmp.Diff(test.want, p.Period); diff != "" {
				t.Errorf("period (-want +got):\n%s", diff)
			}
			expect(t, p.Problems())
		})
	}
}

func TestCountriesAreInCapitalsAndOnce(t *testing.T) {
	t.Parallel()
	given, want := []knowledge.CountryCode{"es", "ES", "ro"}, []knowledge.CountryCode{"ES", "RO"}
	p, e, s := knowledgetest.Practice("iris"), knowledgetest.Event("e", "E"), knowledgetest.Study("s", "S")
	expect(t, (&knowledge.PracticeChanges{EntryChanges: knowledge.EntryChanges{Countries: given}}).Apply(p, "en", finder))
	expect(t, (&knowledge.EventChanges{Countries: given}).Apply(e, "", finder))
	expect(t, (&knowledge.StudyChanges{Countries: given}).Apply(s, "", finder))
	for name, got := range map[string][]knowledge.CountryCode{"practice": p.CountryCodes, "event": e.CountryCodes, "study": s.CountryCodes} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("countries of the %s (-want +got):\n%s", name, diff)
		}
	}
}

// Only a reviewer accepts a level of evidence: an author can neither claim that nor undo it.
func TestAuthorsDoNotAcceptEvidence(t *testing.T) {
	t.Parallel()
	study := func(slug string) knowledge.ID { return knowledgetest.ID(knowledge.KindStudy, slug) }
	p := knowledgetest.Practice("iris")
	p.Evidence = []knowledge.Evidence{
		{StudyID: study("accepted"), Level: "LEVEL_3", Accepted: true},
		{StudyID: study("raised"), Level: "LEVEL_1", Accepted: true},
		{StudyID: study("removed"), Level: "LEVEL_1", Accepted: true},
	}
	given := []knowledge.Evidence{
		{StudyID: study("claimed"), Level: "LEVEL_5", Accepted: true},
		{StudyID: study("accepted"), Level: "LEVEL_3"},
		{StudyID: study("raised"), Level: "LEVEL_5"},
	}
	expect(t, (&knowledge.PracticeChanges{EntryChanges: knowledge.EntryChanges{Evidence: given}}).Apply(p, "en", finder))
	want := []knowledge.Evidence{
		{StudyID: study("claimed"), Level: "LEVEL_5"},
		{StudyID: study("accepted"), Level: "LEVEL_3", Accepted: true},
		{StudyID: study("raised"), Level: "LEVEL_5"},
	}
	if diff := cmp.Diff(want, p.Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
	if got := p.EvidenceLevel(); got != "LEVEL_3" {
		t.Errorf("EvidenceLevel() = %s, want the accepted LEVEL_3", got)
	}
	if !given[0].Accepted {
		t.Error("the changes themselves have changed")
	}
}

func TestTransferredCannotBeClaimed(t *testing.T) {
	t.Parallel()
	for _, level := range knowledge.EnumValues("TransferabilityLevel") {
		p := knowledgetest.Practice("iris")
		c := &knowledge.PracticeChanges{PracticeFacts: knowledge.PracticeFacts{
			Transfer: &knowledge.Transferability{Level: knowledge.TransferabilityLevel(level)},
		}}
		got := told(c.Apply(p, "en", finder))
		if want := strings.HasPrefix(level, "TRANSFERRED"); want != (len(got) == 1 && got[0] == "transfer.level FORBIDDEN") {
			t.Errorf("%s: problems = %v", level, got)
		}
	}
}

func TestChangesGoIntoTheLanguageGiven(t *testing.T) {
	t.Parallel()
	for _, kind := range []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation} {
		e, ok := knowledgetest.Fill(kind, 1).(knowledge.Entry)
		if !ok {
			t.Fatal(kind)
		}
		title := e.Blocks()[0].Title
		text := knowledge.EntryTextChanges{Title: new("Нови наслов"), Learnt: new("")}
		var c knowledge.Changes
		switch kind {
		case knowledge.KindLesson:
			c = &knowledge.LessonChanges{LessonTextChanges: knowledge.LessonTextChanges{EntryTextChanges: text}}
		case knowledge.KindRecommendation:
			c = &knowledge.RecommendationChanges{RecommendationTextChanges: knowledge.RecommendationTextChanges{EntryTextChanges: text}}
		default:
			c = &knowledge.PracticeChanges{PracticeTextChanges: knowledge.PracticeTextChanges{EntryTextChanges: text}}
		}
		expect(t, c.Apply(e, "sr-Cyrl", finder))
		if b := e.Blocks(); b[0].Title != title || b[1].Title != "Нови наслов" || b[1].Learnt != "" || b[1].Summary == "" {
			t.Errorf("%s: titles are %q and %q, learnt is %q", kind, b[0].Title, b[1].Title, b[1].Learnt)
		}
	}
}

func TestRequestIsDryRun(t *testing.T) {
	t.Parallel()
	if (knowledge.Request{}).IsDryRun() || (knowledge.Request{DryRun: new(false)}).IsDryRun() || !(knowledge.Request{DryRun: new(true)}).IsDryRun() {
		t.Error("a request is a dry run exactly where it says so")
	}
}
