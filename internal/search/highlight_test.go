package search_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

func TestHighlightShowsWhyARecordMatches(t *testing.T) {
	t.Parallel()
	housing := kt.Theme("housing", "Housing", "es:Vivienda", "es:Alojamiento")
	housing.HiddenLabels = []knowledge.Label{{Language: "en", Text: "shantytown-word"}}
	p := practice("p", "en", "Flats for <b>families</b>", "A city & its families moved into houses.",
		kt.Themed("slum-exit"), kt.By("madrid"), kt.In("ES"), kt.For("women"))
	p.Partnerships = []knowledge.Partnership{{OrganisationID: kt.ID(knowledge.KindOrganisation, "iris")}}
	p.Texts[0].BuildingBlocks = []knowledge.BuildingBlock{{Name: "Mediators", Purpose: "They translate."}}
	p.Texts = append(p.Texts, knowledge.PracticeText{EntryText: knowledge.EntryText{Language: "es", Title: "Pisos para familias"}})
	entities := []knowledge.Entity{
		p, housing, belowHousing(kt.Theme("slum-exit", "Leaving slums", "es:Salida del chabolismo")),
		kt.Authority("madrid", "es:Comunidad de Madrid", "ES"), kt.Country("ES", "Spain", "es:España"),
		kt.TargetGroup("women", "Women"), kt.Organisation("iris", "IRIS agency"),
	}
	x := filled(t, entities...)
	item := indexables(entities...)[0]
	tests := []struct {
		name, text string
		languages  []knowledge.LanguageTag
		want       []knowledge.Highlight
	}{
		{"title and summary, escaped", "family", nil, []knowledge.Highlight{
			{Path: []string{"title"}, Language: "en", Fragments: []string{"Flats for &lt;b&gt;<mark>families</mark>&lt;/b&gt;"}},
			{Path: []string{"summary"}, Language: "en", Fragments: []string{"A city &amp; its <mark>families</mark> moved into houses."}},
		}},
		{"the reader's language", "familias families", []knowledge.LanguageTag{"es"}, []knowledge.Highlight{
			{Path: []string{"title"}, Language: "es", Fragments: []string{"Pisos para <mark>familias</mark>"}},
			{Path: []string{"summary"}, Language: "en", Fragments: []string{"A city &amp; its <mark>families</mark> moved into houses."}},
		}},
		{"an inner text", "mediator", nil, []knowledge.Highlight{
			{Path: []string{"buildingBlocks", "name"}, Language: "en", Fragments: []string{"<mark>Mediators</mark>"}},
		}},
		{"a label", "slums", nil, []knowledge.Highlight{
			{Path: []string{"themes", "label"}, Language: "en", Fragments: []string{"Leaving <mark>slums</mark>"}},
		}},
		{"a label of an ancestor", "alojamiento", []knowledge.LanguageTag{"es"}, []knowledge.Highlight{
			{Path: []string{"themes", "label"}, Language: "es", Fragments: []string{"<mark>Vivienda</mark>"}},
			// In the thesaurus it is a word for housing as well.
			{Path: []string{"summary"}, Language: "en", Fragments: []string{"A city &amp; its families moved into <mark>houses</mark>."}},
		}},
		{"a hidden label", "shantytown", []knowledge.LanguageTag{"en"}, []knowledge.Highlight{
			{Path: []string{"themes", "label"}, Language: "en", Fragments: []string{"<mark>Housing</mark>"}},
		}},
		{"an authority", "comunidad", nil, []knowledge.Highlight{
			{Path: []string{"authorities", "name"}, Language: "es", Fragments: []string{"<mark>Comunidad</mark> de Madrid"}},
		}},
		{"a country", "espana", nil, []knowledge.Highlight{
			{Path: []string{"countries", "name"}, Language: "es", Fragments: []string{"<mark>España</mark>"}},
		}},
		{"a group", "women", nil, []knowledge.Highlight{
			{Path: []string{"targetGroups", "label"}, Language: "en", Fragments: []string{"<mark>Women</mark>"}},
		}},
		{"a partner", "iris", nil, []knowledge.Highlight{
			{Path: []string{"partnerships", "name"}, Language: "en", Fragments: []string{"<mark>IRIS</mark> agency"}},
		}},
		{"stop words are not marked", "the families and its houses", nil, []knowledge.Highlight{
			{Path: []string{"title"}, Language: "en", Fragments: []string{"Flats for &lt;b&gt;<mark>families</mark>&lt;/b&gt;"}},
			{Path: []string{"summary"}, Language: "en", Fragments: []string{"A city &amp; its <mark>families</mark> moved into <mark>houses</mark>."}},
		}},
		{"no match", "zebra", nil, nil},
		{"no words", " ? ", nil, nil},
		{"too long", strings.Repeat("families ", 300), nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := highlight(t, x, test.text, test.languages, item)
			slices.SortStableFunc(got, func(a, b knowledge.Highlight) int { return len(b.Path[0]) - len(a.Path[0]) })
			slices.SortStableFunc(test.want, func(a, b knowledge.Highlight) int { return len(b.Path[0]) - len(a.Path[0]) })
			if !slices.EqualFunc(got, test.want, func(a, b knowledge.Highlight) bool {
				return slices.Equal(a.Path, b.Path) && a.Language == b.Language && slices.Equal(a.Fragments, b.Fragments)
			}) {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestHighlightPutsTheBestFieldFirst(t *testing.T) {
	t.Parallel()
	p := practice("p", "en", "Housing", "Housing and school.")
	x := filled(t, p)
	got := highlight(t, x, "housing", nil, knowledge.Indexable{Entity: p})
	if len(got) != 2 || got[0].Path[0] != "title" || got[1].Path[0] != "summary" {
		t.Errorf("paths = %+v, want title, then summary", got)
	}
}

// What was typed is shown, and not what stands for it, where a record has both.
func TestHighlightPrefersTheWordsOfTheQuery(t *testing.T) {
	t.Parallel()
	both := practice("both", "es", "Vivienda", "Housing, habitação, vivienda.")
	other := practice("other", "en", "Flats", "Better housing and more schools.")
	x := filled(t, both, other)
	tests := []struct {
		entity knowledge.Entity
		text   string
		want   string
	}{
		{both, "vivienda", "title <mark>Vivienda</mark>; summary Housing, habitação, <mark>vivienda</mark>.; "},
		{both, "viviendas", "title <mark>Vivienda</mark>; summary Housing, habitação, <mark>vivienda</mark>.; "},
		{other, "vivienda", "summary Better <mark>housing</mark> and more schools.; "},
		{other, "Vivienda escuelas", "summary Better <mark>housing</mark> and more <mark>schools</mark>.; "},
	}
	for _, test := range tests {
		var got strings.Builder
		for _, h := range highlight(t, x, test.text, nil, knowledge.Indexable{Entity: test.entity}) {
			got.WriteString(strings.Join(h.Path, ".") + " " + strings.Join(h.Fragments, " … ") + "; ")
		}
		if got.String() != test.want {
			t.Errorf("%q: %s, want %s", test.text, got.String(), test.want)
		}
	}
}

// The places in passages are those of the marks, in characters.
func TestPassagesAreTheFragmentsInPlainText(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("Łódź & Αθήνα wrote “very” much about 🙂 <everything>. ", 8)
	p := practice("p", "en", "🙂 Housing — école", filler+"Housing, housing! "+filler+"housing", kt.Themed("housing"))
	x := filled(t, p, kt.Theme("housing", "Housing & homes"))
	marks := highlight(t, x, "housing everything", nil, indexables(p, kt.Theme("housing", "Housing & homes"))[0])
	if len(marks) < 3 {
		t.Fatalf("highlights = %+v", marks)
	}
	for _, h := range marks {
		if len(h.Passages) != len(h.Fragments) {
			t.Fatalf("%v has %d fragments and %d passages", h.Path, len(h.Fragments), len(h.Passages))
		}
		for i, passage := range h.Passages {
			letters, at := []rune(passage.Text), 0
			var b strings.Builder
			for _, m := range passage.Marks {
				if m.Start < at || m.End <= m.Start || m.End > len(letters) {
					t.Fatalf("%q has the marks %+v", passage.Text, passage.Marks)
				}
				b.WriteString(html.EscapeString(string(letters[at:m.Start])) + "<mark>" + html.EscapeString(string(letters[m.Start:m.End])) + "</mark>")
				at = m.End
			}
			if b.WriteString(html.EscapeString(string(letters[at:]))); b.String() != h.Fragments[i] {
				t.Errorf("passage %+v is %q, the fragment is %q", passage, b.String(), h.Fragments[i])
			}
		}
	}
}

func TestHighlightCutsLongTexts(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("Łódź and Αθήνα wrote very much about <everything> there is. ", 12)
	text := filler + "Then the housing office opened. " + filler + "Housing again. " + filler + "More housing. " + filler + "Last housing."
	p := practice("p", "en", "Title", text)
	x := filled(t, p)
	got := highlight(t, x, "housing", nil, knowledge.Indexable{Entity: p})
	if len(got) != 1 || len(got[0].Fragments) != 3 {
		t.Fatalf("highlights = %+v, want three fragments", got)
	}
	for _, f := range got[0].Fragments {
		plain := plainText(t, f)
		if n := utf8.RuneCountInString(plain); n > 200 || n < 30 || !utf8.ValidString(f) {
			t.Errorf("fragment of %d letters: %q", n, f)
		}
		i := strings.Index(text, plain)
		if i < 0 {
			t.Fatalf("%q is not in the text", plain)
		}
		if i > 0 && text[i-1] != ' ' || i+len(plain) < len(text) && text[i+len(plain)] != ' ' {
			t.Errorf("%q is cut inside a word", plain)
		}
		if !strings.Contains(f, "<mark>housing</mark>") && !strings.Contains(f, "<mark>Housing</mark>") {
			t.Errorf("%q has no mark", f)
		}
	}
}

// onlyMark matches the only tags that a fragment may hold.
var onlyMark = regexp.MustCompile(`</?mark>`)

// plainText undoes the marking, and fails the test where anything is not escaped.
func plainText(tb testing.TB, fragment string) string {
	tb.Helper()
	bare := onlyMark.ReplaceAllString(fragment, "")
	if strings.ContainsAny(bare, `<>"'`) {
		tb.Errorf("%q is not escaped", fragment)
	}
	if strings.Count(fragment, "<mark>") != strings.Count(fragment, "</mark>") {
		tb.Errorf("%q has an open mark", fragment)
	}
	return html.UnescapeString(bare)
}

func TestHighlightEscapesEverything(t *testing.T) {
	t.Parallel()
	evil := `<script>alert("housing")</script><img src=x onerror='housing'>&lt;mark&gt;housing`
	theme := kt.Theme("t", evil)
	p := practice("p", "en", evil, evil+strings.Repeat(" filler", 100)+evil, kt.Themed("t"))
	entities := []knowledge.Entity{p, theme}
	x := filled(t, entities...)
	for _, item := range indexables(entities...) {
		got := highlight(t, x, "housing script alert mark img", nil, item)
		if len(got) == 0 {
			t.Fatal("no highlights")
		}
		for _, h := range got {
			for _, f := range h.Fragments {
				plainText(t, f)
			}
		}
	}
}

func TestEveryHitHasAHighlight(t *testing.T) {
	t.Parallel()
	entities := everyKind()
	x := filled(t, entities...)
	items := map[knowledge.ID]knowledge.Indexable{}
	for _, item := range indexables(entities...) {
		items[item.Entity.Head().ID] = item
	}
	hits := 0
	for _, query := range []string{
		"housing", "the", "the of", "vivienda", "howsing", "madrid", "mediators school", "spain families", "l'habitation", "2014",
		"seminar participants", "annual report", "clause 3", "maria rossi", "wohnungen", "of the housing in Madrid for families",
	} {
		for _, h := range find(t, x, knowledge.Listing{Text: query}).Hits {
			hits++
			got := highlight(t, x, query, []knowledge.LanguageTag{"en"}, items[h.ID])
			if len(got) == 0 || len(got) > 5 {
				t.Errorf("%q: %s has %d highlights", query, h.ID, len(got))
			}
			for _, one := range got {
				if len(one.Path) == 0 || one.Language == "" || len(one.Fragments) == 0 || len(one.Fragments) > 3 {
					t.Errorf("%q: %+v", query, one)
				}
			}
		}
	}
	if hits < 30 {
		t.Errorf("%d hits: the queries find too little to show anything", hits)
	}
}

// everyKind are records of every kind with texts in all places.
func everyKind() []knowledge.Entity {
	text := func(s string) *string { return &s }
	housing := kt.Theme("housing", "Housing", "es:Vivienda")
	housing.HiddenLabels = []knowledge.Label{{Language: "en", Text: "howsing"}}
	housing.Definitions = []knowledge.Note{{Language: "en", Text: "The homes of people."}}
	housing.HistoryNotes = []knowledge.Note{{Language: "en", Text: "Since 1996 the city speaks of housing rights."}}
	event := kt.Event("seminar", "Seminar on housing")
	event.ThemeIDs = []knowledge.ID{housing.ID}
	event.Participants = []knowledge.Participant{{Label: "Maria Rossi, Madrid"}}
	study := kt.Study("study", "Annual report")
	study.Authors = []string{"Maria Rossi"}
	recommendation := kt.Recommendation("r", kt.Titled("Housing for all"))
	recommendation.Reference = text("Recommendation 315 (2014)")
	recommendation.Texts[0].Clauses = []knowledge.Clause{{Number: "3", Text: "The members of the council build homes."}}
	place := practice("place", "de", "Wohnungen", "Die Stadt baut.")
	place.Places = []knowledge.Place{{Label: text("Madrid, San Cristóbal")}}
	return []knowledge.Entity{
		housing, belowHousing(kt.Theme("slum-exit", "Leaving slums")), kt.TargetGroup("families", "Families"),
		kt.Authority("madrid", "Madrid", "ES"), kt.Country("ES", "Spain", "es:España"), kt.Organisation("iris", "IRIS of Madrid"),
		event, study, recommendation, place,
		practice("a", "en", "The housing of families", "Of the city.", kt.Themed("slum-exit"), kt.By("madrid"), kt.In("ES"), kt.For("families")),
		practice("b", "fr", "L’habitation", "Logement à Madrid.", kt.Themed("housing")),
		kt.Lesson("l", kt.Titled("School mediators"), kt.Summed("Mediators of the school."), kt.In("ES"), kt.For("families")),
	}
}
