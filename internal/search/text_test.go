package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

func TestFindFoldsLetters(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, query string }{
		{"Málaga", "malaga"},
		{"Beyoğlu", "beyoglu"},
		{"Ţigăneşti", "tiganesti"},
		{"Țigănești", "tiganesti"},
		{"Łódź", "lodz"},
		{"habitação", "habitacao"},
		{"Straße", "strasse"},
		{"STRASSE", "straße"},
		{"Iğdır", "igdir"},
		{"IĞDIR", "ığdır"},
		{"Αθήνα", "αθηνα"},
		{"ΔΡΟΜΟΣ", "δρόμος"},
		{"Tromsø", "tromso"},
		{"cœur", "coeur"},
		{"Đakovo", "dakovo"},
		{"l’habitation", "habitation"},
		{"l'habitation", "l'habitation"},
		{"the city's plan", "city"},
		{"x" + strings.Repeat("ß", 3000), "X" + strings.Repeat("SS", 100)},
	}
	for _, test := range tests {
		t.Run(test.text+" "+test.query, func(t *testing.T) {
			t.Parallel()
			p := practice("p", "sq", "Title", "Before "+test.text+" after.")
			x := filled(t, p, practice("other", "sq", "Another", "Something else."))
			found := find(t, x, knowledge.Listing{Text: test.query})
			if len(found.Hits) != 1 || found.Hits[0].ID != p.ID {
				t.Fatalf("hits = %v, want the one record", found.Hits)
			}
			marks := highlight(t, x, test.query, nil, knowledge.Indexable{Entity: p})
			if len(marks) != 1 || !strings.Contains(marks[0].Fragments[0], "<mark>") {
				t.Errorf("highlights = %+v, want one with a mark", marks)
			}
		})
	}
}

func TestFindMatchesEachLanguageByItsStems(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("en", "en", "Closing settlements", "Families moved into ordinary houses."),
		practice("es", "es", "Viviendas dignas", "Las familias recibieron viviendas nuevas."),
		practice("de", "de", "Wohnungen für Familien", "Die Stadt hat Wohnungen gebaut."),
		practice("ro", "ro", "Locuințe sociale", "Familiile au primit locuințe."),
		practice("sq", "sq", "Banesa sociale", "Familjet morën banesat e reja."),
		practice("el", "el", "Κατοικίες", "Οικογένειες σε κατοικίες."),
	}
	x := filled(t, entities...)
	tests := []struct{ query, want string }{
		{"house", "en"},
		{"settlement closed", "en"},
		{"vivienda", "es"},
		{"wohnung", "de"},
		{"locuința", "ro"},
		{"banesave", "sq"},
		{"κατοικιών", "el"},
	}
	for _, test := range tests {
		words := find(t, x, knowledge.Listing{Text: test.query, Reading: knowledge.Reading{NoSynonyms: true}})
		if got := slugs(words, entities); !slices.Equal(got, []string{test.want}) {
			t.Errorf("%q finds %v by its words, want %s alone", test.query, got, test.want)
		}
		// The thesaurus carries it to texts in other languages, which come after those in the words of the query.
		if got := slugs(find(t, x, knowledge.Listing{Text: test.query}), entities); len(got) == 0 || got[0] != test.want {
			t.Errorf("%q finds %v, want %s first", test.query, got, test.want)
		}
	}
}

func TestFindMatchesLabels(t *testing.T) {
	t.Parallel()
	housing := kt.Theme("housing", "Housing", "es:Vivienda", "es:Alojamiento")
	housing.HiddenLabels = []knowledge.Label{{Language: "en", Text: "howsing"}}
	entities := []knowledge.Entity{
		housing,
		belowHousing(kt.Theme("slum-exit", "Leaving slums")),
		kt.Authority("madrid", "es:Comunidad de Madrid", "ES"),
		kt.Country("ES", "Spain", "es:España"),
		practice("direct", "en", "Flats for all", "Families moved.", kt.Themed("housing")),
		practice("narrower", "en", "Shacks closed", "A street was closed.", kt.Themed("slum-exit")),
		practice("of-madrid", "en", "Jobs", "Work was found.", kt.By("madrid"), kt.In("ES")),
		practice("apart", "en", "Music lessons", "Children sang."),
	}
	x := filled(t, entities...)
	entriesOnly := []knowledge.Kind{knowledge.KindPractice}
	tests := []struct {
		query string
		want  []string
	}{
		{"vivienda", []string{"direct", "narrower"}},
		{"Alojamiento", []string{"direct", "narrower"}},
		{"howsing", []string{"direct", "narrower"}},
		{"slums", []string{"narrower"}},
		{"leaving slums", []string{"direct", "narrower"}}, // What is under the broader theme comes as well.
		{"espana", []string{"of-madrid"}},
		{"jobs madrid", []string{"of-madrid"}},
	}
	for _, test := range tests {
		got := slugs(find(t, x, knowledge.Listing{Kinds: entriesOnly, Text: test.query}), entities)
		if test.query == "leaving slums" && got[0] != "narrower" {
			t.Errorf("%q finds %v, want the narrower one first", test.query, got)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q finds %v, want %v", test.query, got, test.want)
		}
	}
}

func TestFindTakesNoNameFromWhatIsNotPublic(t *testing.T) {
	t.Parallel()
	retired := kt.Theme("housing", "Housing", "es:Vivienda")
	retired.Status = knowledge.StatusArchived
	x := filled(t, retired, practice("p", "en", "Flats", "Families moved.", kt.Themed("housing")))
	if got := find(t, x, knowledge.Listing{Text: "vivienda"}); got.Total != 0 {
		t.Errorf("an archived theme still lends its name: %v", got.Hits)
	}
}

// A record need not have all words, but more than a tenth of what they tell: a word that nearly all records have
// tells a fiftieth of what one tells that few have.
func TestFindWantsEnoughWords(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("all", "en", "Saxophone mediators at school", "Music."),
		practice("half", "en", "Mediators at school", "Work."),
		practice("stop", "en", "The and of", "Of and for."),
	}
	for i := range 40 {
		entities = append(entities, practice(fmt.Sprintf("common-%d", i), "en", "School", "School."))
	}
	x := filled(t, entities...)
	tests := []struct {
		query   string
		all     string // records with all words, which come first
		enough  string // records with enough of them
		unknown string
	}{
		{"saxophone mediators", "all", "half", ""},
		{"school saxophone mediators", "all", "half", ""},
		{"mediators school", "all half", "", ""},
		{"mediators school mediators", "all half", "", ""},
		{"zzzz saxophone", "all", "", "zzzz"}, // what no record has is left out
		{"school zzzz saxophone mediators qqqq", "all", "half", "zzzz qqqq"},
		{"zzzz qqqq", "", "", "zzzz qqqq"},
		{"the of", "stop", "", ""}, // nothing but words without meaning: taken at its word
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query, Reading: knowledge.Reading{NoSynonyms: true}})
		got, all, enough := slugs(found, entities), strings.Fields(test.all), strings.Fields(test.enough)
		if n := len(all); len(got) < n || sorted(got[:n]) != sorted(all) || sorted(got[n:]) != sorted(enough) {
			t.Errorf("%q finds %v, want %v, then %v", test.query, got, all, enough)
		}
		if unknown := strings.Join(found.Interpretation.Unknown, " "); unknown != test.unknown {
			t.Errorf("%q: unknown are %q, want %q", test.query, unknown, test.unknown)
		}
	}
	if got := find(t, x, knowledge.Listing{Text: "school"}); got.Total != 42 {
		t.Errorf("the common word alone finds %d, want all 42 that have it", got.Total)
	}
}

func TestFindPutsTitlesFirst(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("body", "en", "Families", "Something was done. It was about mediators once."),
		practice("title", "en", "Mediators", "Something was done. It was about schools once."),
	}
	x := filled(t, entities...)
	if got := slugs(find(t, x, knowledge.Listing{Text: "mediators"}), entities); !slices.Equal(got, []string{"title", "body"}) {
		t.Errorf("order = %v", got)
	}
}

func TestFindTakesAPastedParagraph(t *testing.T) {
	t.Parallel()
	paragraph := "The regional agency moved about ten thousand people out of shanty settlements into ordinary flats " +
		"and paired every move with social and job support, while town halls watched for new shacks, schools took in " +
		"children, neighbours met in assemblies, labour programmes trained adults, and independent observers reviewed " +
		"budgets yearly, published findings openly, compared results with earlier decades and advised ministries."
	entities := []knowledge.Entity{practice("p", "en", "IRIS", paragraph), practice("q", "en", "Music", "Children sang in schools.")}
	x := filled(t, entities...)
	long := strings.Repeat(paragraph+" ", 4)
	if got := slugs(find(t, x, knowledge.Listing{Text: long}), entities); !slices.Equal(got, []string{"p"}) {
		t.Errorf("the paragraph finds %v", got)
	}
	_, err := x.Find(t.Context(), knowledge.Listing{
		Text: strings.Repeat("é", knowledge.MaxSearchText+1), Page: knowledge.Page{First: 1},
	})
	wantInvalid(t, err, "text")
	if _, err := x.Find(t.Context(), knowledge.Listing{
		Text: strings.Repeat("é", knowledge.MaxSearchText), Page: knowledge.Page{First: 1},
	}); err != nil {
		t.Errorf("a text of the greatest length: %v", err)
	}
}
