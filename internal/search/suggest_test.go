package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

func suggest(t *testing.T, x *search.Index, prefix string, languages ...knowledge.LanguageTag) []knowledge.Suggestion {
	t.Helper()
	out, err := x.Suggest(t.Context(), prefix, knowledge.MaxSuggestions, languages)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// suggested joins suggestions; a star marks those that are corrected.
func suggested(list []knowledge.Suggestion) string {
	var out []string
	for _, s := range list {
		if s.IsCorrected {
			s.Text += "*"
		}
		out = append(out, s.Text)
	}
	return strings.Join(out, ", ")
}

// suggestWorld has names in several scripts, and words in one record and in more.
func suggestWorld() []knowledge.Entity {
	housing := kt.Theme("housing", "Housing", "es:Vivienda", "sr-Cyrl:Становање")
	housing.HiddenLabels = []knowledge.Label{{Language: "en", Text: "slurword homes"}}
	return []knowledge.Entity{
		housing, kt.Theme("schools", "Schooling"), kt.TargetGroup("households", "Households"),
		kt.Authority("beyoglu", "tr:Beyoğlu", "TR"), kt.Authority("athens", "el:Αθήνα", "GR"), kt.Authority("cluj", "ro:Cluj-Napoca", "RO"),
		kt.Authority("madrid", "es:Comunidad de Madrid", "ES"), kt.Country("HU", "Hungary", "hu:Magyarország"),
		practice("a", "en", "Housing for families", "Mentors and more mentors.", kt.Themed("housing"), kt.By("madrid")),
		practice("b", "en", "A house of music", "The mentors sang. Mentions of once.", kt.Themed("housing")),
		practice("c", "es", "Łódź y Ávila", "Mentores.", kt.Themed("schools")),
	}
}

func TestSuggestCompletesNamesAndWords(t *testing.T) {
	t.Parallel()
	x := filled(t, suggestWorld()...)
	tests := []struct{ prefix, want string }{
		{"housi", "Housing, Housing for families"}, // the theme, then the entry
		{"HOUSI", "Housing, Housing for families"},
		{"house", "Households, A house of music"}, // any word of a name begins like it
		{"Beyoğ", "Beyoğlu"},
		{"beyog", "Beyoğlu"},
		{"αθ", "Αθήνα"},
		{"ΑΘΉ", "Αθήνα"},
		{"стан", "Становање"},
		{"cluj-n", "Cluj-Napoca"},
		{"cluj nap", "Cluj-Napoca"},
		{"Cluj\u2011Nap", "Cluj-Napoca"},
		{"napo", "Cluj-Napoca"},
		{"madr", "Comunidad de Madrid"},
		{"de ma", "Comunidad de Madrid"},
		{"lodz", "Łódź y Ávila"},
		{"avil", "Łódź y Ávila"},
		{"magyar", "Magyarország"},
		{"mentor", "mentors"}, // in two records; mentores is in one
		{"mentions", ""},      // in one record
		{"hosing", "Housing*, Housing for families*"},
		{"houzin", "Housing*, Housing for families*"},
		{"huosing", "Housing*, Housing for families*"},
		{"beyyog", "Beyoğlu*"},
		{"slurw", "Housing"}, // by a hidden label
		{"hxx", ""},
		{"", ""},
		{"  ", ""},
		{"  housing f", "Housing for families"},
		{"\x00\xff", ""},
		{"housing for families and more", ""},
	}
	for _, test := range tests {
		got := suggested(suggest(t, x, test.prefix))
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.prefix, got, test.want)
		}
	}
}

func TestSuggestionsSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	x := filled(t, suggestWorld()...)
	tests := []struct {
		prefix string
		want   knowledge.Suggestion
	}{
		{"vivienda", knowledge.Suggestion{Text: "Vivienda", Kind: knowledge.SuggestTheme, ID: kt.ID(knowledge.KindTheme, "housing")}},
		{"househ", knowledge.Suggestion{Text: "Households", Kind: knowledge.SuggestTargetGroup, ID: kt.ID(knowledge.KindTargetGroup, "households")}},
		{"madrid", knowledge.Suggestion{Text: "Comunidad de Madrid", Kind: knowledge.SuggestAuthority, ID: kt.ID(knowledge.KindAuthority, "madrid")}},
		{"hungary", knowledge.Suggestion{Text: "Hungary", Kind: knowledge.SuggestCountry, ID: knowledge.CountryID("HU")}},
		{"housing for", knowledge.Suggestion{Text: "Housing for families", Kind: knowledge.SuggestEntry, ID: kt.ID(knowledge.KindPractice, "a")}},
		{"mentors", knowledge.Suggestion{Text: "mentors", Kind: knowledge.SuggestWord}},
	}
	for _, test := range tests {
		if got := suggest(t, x, test.prefix); len(got) != 1 || got[0] != test.want {
			t.Errorf("%q: %+v, want %+v", test.prefix, got, test.want)
		}
	}
	for _, language := range []knowledge.LanguageTag{"es", "fr"} {
		want := map[knowledge.LanguageTag]string{"es": "Vivienda", "fr": "Housing"}[language]
		if got := suggested(suggest(t, x, "slurword", language)); got != want {
			t.Errorf("for a reader of %s: %s, want %s", language, got, want)
		}
	}
}

func TestSuggestionsAreBounded(t *testing.T) {
	t.Parallel()
	var entities []knowledge.Entity
	for i := range 600 {
		entities = append(entities, kt.Theme(fmt.Sprintf("theme-%d", i), fmt.Sprintf("Housing %03d", i)))
	}
	entities = append(entities, practice("used", "en", "Flats", "Flats.", kt.Themed("theme-417")))
	x := filled(t, entities...)
	for _, n := range []int{1, 7, 20} {
		got, err := x.Suggest(t.Context(), "housing ", n, nil)
		if err != nil || len(got) != n || got[0].Text != "Housing 417" {
			t.Errorf("%d suggestions of %d: %s, %v, want the one that is used first", len(got), n, suggested(got), err)
		}
		again, err := x.Suggest(t.Context(), "housing ", n, nil)
		if err != nil || !slices.Equal(got, again) {
			t.Errorf("the order changes: %v, then %v", got, again)
		}
	}
	for _, n := range []int{0, -1, knowledge.MaxSuggestions + 1} {
		_, err := x.Suggest(t.Context(), "hous", n, nil)
		wantInvalid(t, err, "first")
	}
	_, err := x.Suggest(t.Context(), strings.Repeat("é", knowledge.MaxPrefix+1), 5, nil)
	wantInvalid(t, err, "prefix")
	if _, err := x.Suggest(t.Context(), strings.Repeat("é", knowledge.MaxPrefix), 5, nil); err != nil {
		t.Errorf("the longest beginning: %v", err)
	}
}

func TestWhatIsNotPublicIsNeverSuggested(t *testing.T) {
	t.Parallel()
	var entities []knowledge.Entity
	for i, status := range []knowledge.EditorialStatus{
		knowledge.StatusDraft, knowledge.StatusSubmitted, knowledge.StatusInReview, knowledge.StatusRejected, knowledge.StatusWithdrawn,
	} {
		entities = append(entities, practice(fmt.Sprintf("p%d", i), "en", "Quixotic plan", "Zephyrs and zephyrs.", kt.Standing(status)))
	}
	retired := kt.Theme("retired", "Quartz")
	retired.Status = knowledge.StatusArchived
	token := kt.Token("quokka", knowledge.RoleEditor)
	token.Name = "Quokka"
	public := []knowledge.Entity{practice("x", "en", "Jazz evenings", "Vortex vortex."), practice("y", "en", "Jazz mornings", "Vortex.")}
	x := filled(t, append(append(entities, retired, token), public...)...)
	learn(t, x)
	for _, prefix := range []string{"qui", "zeph", "plan", "quar", "quo", "quixotik", "zephyrz"} {
		if got := suggest(t, x, prefix); len(got) > 0 {
			t.Errorf("%q: %+v", prefix, got)
		}
	}
	if got := suggested(suggest(t, x, "vort")) + " " + suggested(suggest(t, x, "jazz")); got != "vortex jazz, Jazz evenings, Jazz mornings" &&
		got != "vortex Jazz evenings, Jazz mornings, jazz" {
		t.Errorf("of what is public: %s", got)
	}
	withdrawn := kt.Revised(public[0].(*knowledge.Practice), func(p *knowledge.Practice) { p.Status = knowledge.StatusWithdrawn }) //nolint:forcetypeassert // It is one.
	apply(t, x.Current(), "2", withdrawn, kt.Deleted(public[1].(*knowledge.Practice)))                                             //nolint:forcetypeassert // It is one.
	learn(t, x)
	for _, prefix := range []string{"jaz", "vort", "even", "jozz"} {
		if got := suggest(t, x, prefix); len(got) > 0 {
			t.Errorf("after the withdrawal, %q: %+v", prefix, got)
		}
	}
	if found := find(t, x, knowledge.Listing{Text: "vortx jaz"}); len(found.Interpretation.Corrections) > 0 {
		t.Errorf("a word that was withdrawn is a correction: %+v", found.Interpretation)
	}
}

func TestSuggestEndsWithTheContextAndTheIndex(t *testing.T) {
	t.Parallel()
	x := filled(t, suggestWorld()...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Suggest(ctx, "hous", 5, nil); err == nil {
		t.Error("Suggest goes on after the end of the context")
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Suggest(t.Context(), "hous", 5, nil); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("Suggest of a closed index: %v", err)
	}
	if _, err := x.Similar(t.Context(), "PR_x", 5, knowledge.Actor{}); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("Similar of a closed index: %v", err)
	}
	if err := x.Current().Learn(t.Context()); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("Learn of a closed index: %v", err)
	}
}

func TestEveryEditOfABeginningIsMended(t *testing.T) {
	t.Parallel()
	names := []string{"Obsidian", "Становање", "Αθήνα", "Quartzite", "Ljubljana", "Basalt"}
	var entities []knowledge.Entity
	for i, name := range names {
		entities = append(entities, kt.Theme(fmt.Sprintf("theme-%d", i), name))
	}
	x := filled(t, entities...)
	learn(t, x)
	for _, name := range names {
		letters := []rune(strings.ToLower(name))[:5]
		for i := 1; i < len(letters); i++ {
			edits := map[string]string{
				"without":    string(letters[:i]) + string(letters[i+1:]),
				"with more":  string(letters[:i]) + "w" + string(letters[i:]),
				"with other": string(letters[:i]) + "w" + string(letters[i+1:]),
			}
			if i+1 < len(letters) && letters[i] != letters[i+1] {
				edits["swapped"] = string(letters[:i]) + string([]rune{letters[i+1], letters[i]}) + string(letters[i+2:])
			}
			for edit, typed := range edits {
				if len([]rune(typed)) < 4 {
					continue
				}
				if got := suggested(suggest(t, x, typed)); got != name+"*" && got != name {
					t.Errorf("%q (%s at %d): %q, want %s", typed, edit, i, got, name)
				}
			}
		}
	}
	for _, typed := range []string{"obw", "wbsidian", "owwidian", "qqqq"} {
		if got := suggested(suggest(t, x, typed)); got != "" {
			t.Errorf("%q: %s, want nothing", typed, got)
		}
	}
}
