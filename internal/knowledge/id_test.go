package knowledge_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodpractice/internal/knowledge"
)

func TestKindOfID(t *testing.T) {
	t.Parallel()
	body := strings.Repeat("a", 26)
	tests := []struct {
		name string
		id   knowledge.ID
		want knowledge.Kind
	}{
		{"a practice", knowledge.ID("PR_" + body), knowledge.KindPractice},
		{"a lesson", knowledge.ID("LE_" + body), knowledge.KindLesson},
		{"a recommendation", knowledge.ID("RE_" + body), knowledge.KindRecommendation},
		{"an authority", knowledge.ID("AU_" + body), knowledge.KindAuthority},
		{"a country", knowledge.ID("CO_" + body), knowledge.KindCountry},
		{"a theme", knowledge.ID("TH_" + body), knowledge.KindTheme},
		{"a target group", knowledge.ID("TG_" + body), knowledge.KindTargetGroup},
		{"an event", knowledge.ID("EV_" + body), knowledge.KindEvent},
		{"a study", knowledge.ID("ST_" + body), knowledge.KindStudy},
		{"an organisation", knowledge.ID("OR_" + body), knowledge.KindOrganisation},
		{"a token", knowledge.ID("TK_" + body), knowledge.KindToken},
		{"every letter and digit", "PR_abcdefghijklmnopqrstuvwxy4", knowledge.KindPractice},
		{"empty", "", ""},
		{"a slug", "iris-madrid", ""},
		{"prefix only", "PR_", ""},
		{"too short", knowledge.ID("PR_" + body[1:]), ""},
		{"too long", knowledge.ID("PR_" + body + "a"), ""},
		{"unknown prefix", knowledge.ID("XX_" + body), ""},
		{"empty prefix", knowledge.ID("__" + body + "a"), ""},
		{"prefix in lower case", knowledge.ID("pr_" + body), ""},
		{"body in upper case", knowledge.ID("PR_" + strings.ToUpper(body)), ""},
		{"hyphen for underscore", knowledge.ID("PR-" + body), ""},
		{"a digit that base 32 has not", knowledge.ID("PR_" + body[1:] + "1"), ""},
		{"padding", knowledge.ID("PR_" + body[6:] + "======"), ""},
		{"line breaks, which the decoder skips", knowledge.ID("PR_" + body[2:] + "\n\n"), ""},
		{"last two bits set, which the decoder ignores", knowledge.ID("PR_" + body[1:] + "b"), ""},
		{"control characters", knowledge.ID("PR_" + body[1:] + "\x00"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := test.id.Kind(); got != test.want {
				t.Errorf("ID(%q).Kind() = %q, want %q", test.id, got, test.want)
			}
		})
	}
}

// The derived ids are in every store and in links that people have kept: they must never change.
func TestDerivedIDsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	tests := []struct {
		got, want knowledge.ID
	}{
		{knowledge.DeriveID(knowledge.KindPractice, "seed", "iris-madrid"), "PR_mehprm4g2s2ipjcnpkkhauxdai"},
		{knowledge.DeriveID(knowledge.KindLesson, "seed", "iris-madrid"), "LE_mehprm4g2s2ipjcnpkkhauxdai"},
		{knowledge.CountryID("ES"), "CO_uei4qot6ezssqtnvtxxhprdnli"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("derived id = %s, want %s", test.got, test.want)
		}
	}
}

func TestDerivedIDsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[knowledge.ID]string{}
	for name, id := range map[string]knowledge.ID{
		"one part":      knowledge.DeriveID(knowledge.KindPractice, "ab"),
		"two parts":     knowledge.DeriveID(knowledge.KindPractice, "a", "b"),
		"an empty part": knowledge.DeriveID(knowledge.KindPractice, "ab", ""),
		"no part":       knowledge.DeriveID(knowledge.KindPractice),
		"another order": knowledge.DeriveID(knowledge.KindPractice, "b", "a"),
		"another kind":  knowledge.DeriveID(knowledge.KindLesson, "ab"),
	} {
		if other, ok := seen[id]; ok {
			t.Errorf("%s and %s have the same id %s", name, other, id)
		}
		seen[id] = name
	}
}

func TestCountryIDIgnoresCase(t *testing.T) {
	t.Parallel()
	if knowledge.CountryID("es") != knowledge.CountryID("ES") {
		t.Error("es and ES are different countries")
	}
	if knowledge.CountryID("ES") == knowledge.CountryID("RO") {
		t.Error("ES and RO are the same country")
	}
}

func TestNewIDsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[knowledge.ID]bool{}
	for _, kind := range knowledge.Kinds() {
		for range 100 {
			id := knowledge.NewID(kind)
			if seen[id] || id.Kind() != kind {
				t.Fatalf("NewID(%s) = %s: seen before, or of kind %q", kind, id, id.Kind())
			}
			seen[id] = true
		}
	}
}

func TestEveryDerivedIDIsOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(knowledge.Kinds()).Draw(t, "kind")
		parts := rapid.SliceOf(rapid.String()).Draw(t, "parts")
		if id := knowledge.DeriveID(kind, parts...); id.Kind() != kind || id != knowledge.DeriveID(kind, parts...) {
			t.Fatalf("DeriveID(%s, %q) = %s", kind, parts, id)
		}
	})
}

func TestKinds(t *testing.T) {
	t.Parallel()
	nouns := map[knowledge.Kind]string{
		knowledge.KindPractice: "practice", knowledge.KindLesson: "lesson", knowledge.KindRecommendation: "recommendation",
		knowledge.KindAuthority: "authority", knowledge.KindCountry: "country", knowledge.KindTheme: "theme",
		knowledge.KindTargetGroup: "target group", knowledge.KindEvent: "event", knowledge.KindStudy: "study",
		knowledge.KindOrganisation: "organisation", knowledge.KindPartner: "partner", knowledge.KindToken: "token",
	}
	if len(knowledge.Kinds()) != len(nouns) {
		t.Errorf("Kinds() has %d kinds, want %d", len(knowledge.Kinds()), len(nouns))
	}
	for _, kind := range knowledge.Kinds() {
		e := knowledge.New(kind)
		if e == nil || e.Kind() != kind || e.Head() == nil {
			t.Fatalf("New(%s) is no such entity", kind)
		}
		if _, isEntry := e.(knowledge.Entry); isEntry != kind.IsEntry() {
			t.Errorf("%s: IsEntry() = %v, and its type says %v", kind, kind.IsEntry(), isEntry)
		}
		if kind.Noun() != nouns[kind] {
			t.Errorf("%s: Noun() = %q, want %q", kind, kind.Noun(), nouns[kind])
		}
	}
	if e := knowledge.New("WATCH"); e != nil {
		t.Errorf("New of an unknown kind = %v, want nil", e)
	}
}
