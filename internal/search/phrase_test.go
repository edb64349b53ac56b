package search_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// babble are practices with titles and summaries of a few words again and again, in several batches, with updates
// and deletions. It returns what is left.
func babble(t *testing.T, n int, seed uint64) (*search.Index, []*knowledge.Practice) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	say := func(n int) string {
		var out []string
		for range n {
			out = append(out, []string{"kolo", "drom", "bahto", "kher", "mursh"}[rng.IntN(5)])
		}
		return strings.Join(out, " ")
	}
	x := open(t)
	left := map[knowledge.ID]*knowledge.Practice{}
	for batch := range 6 {
		var items []knowledge.Entity
		for i := range n / 4 {
			p := practice(fmt.Sprintf("p%d", rng.IntN(n)), "en", say(2+rng.IntN(3)), say(rng.IntN(12)+1)+". ", kt.From(1990+rng.IntN(30)))
			if i%5 == 0 {
				p = kt.Deleted(p)
				delete(left, p.ID)
			} else {
				left[p.ID] = p
			}
			items = append(items, p)
		}
		apply(t, x.Current(), knowledge.Cursor(strconv.Itoa(batch)), items...)
	}
	var out []*knowledge.Practice
	for _, p := range left {
		out = append(out, p)
	}
	return x, out
}

// says tells whether a practice has the words side by side in one of its texts.
func says(p *knowledge.Practice, words string) bool {
	return strings.Contains(" "+p.Texts[0].Title+" ", " "+words+" ") ||
		strings.Contains(" "+strings.TrimSuffix(p.Texts[0].Summary, ". ")+" ", " "+words+" ")
}

func TestPhrasesEqualARecount(t *testing.T) {
	t.Parallel()
	x, practices := babble(t, 120, 7)
	for _, words := range []string{
		"kolo", "kolo drom", "drom kolo", strings.Repeat(" kolo", 2)[1:], strings.Repeat(" kolo", 3)[1:], "bahto kher mursh", "kher bahto kher", "mursh drom kolo bahto", "kolo nothing",
	} {
		for _, from := range []int{0, 2005} {
			l := knowledge.Listing{Text: `"` + words + `"`, Reading: knowledge.Reading{NoCorrections: true}}
			if from > 0 {
				l.Filter.YearFrom = &from
			}
			var want []knowledge.ID
			for _, p := range practices {
				if says(p, words) && *p.Year() >= from {
					want = append(want, p.ID)
				}
			}
			slices.Sort(want)
			found := find(t, x, l)
			if got := slices.Sorted(slices.Values(ids(found.Hits))); !slices.Equal(got, want) || found.Total != len(want) {
				t.Errorf("%q from %d: %d records, want %d", words, from, len(got), len(want))
			}
			not := l
			not.Text = "kolo -" + l.Text
			found = find(t, x, not)
			for _, h := range found.Hits {
				if slices.Contains(want, h.ID) {
					t.Errorf("%q: %s says it", not.Text, h.ID)
				}
			}
		}
	}
}

// Of more texts than may be read, those of whole phrases are read, and of the other phrases all words must be there.
func TestPhrasesReadSoManyTextsAtMost(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("exact", "en", "Red flags", "A green door. A white wall."),
		practice("apart", "en", "Flags are red", "The door is green and the wall is white."),
		practice("more", "en", "Green doors", "Each door is green."),
		practice("other", "en", "Saxophone", "A red roof."),
	}
	x := filled(t, entities...)
	tests := []struct {
		text  string
		texts int
		want  string
	}{
		{`"green door"`, 3, "exact"},
		{`"green door"`, 2, "apart exact more"},
		{`"white wall" "green door"`, 5, "exact"},
		{`"green door" "white wall"`, 4, "exact"}, // The one with fewer texts is read in any case.
		{`"green door" "white wall"`, 2, "exact"},
		{`"green door" OR "white wall"`, 2, "apart exact more"},
		{`("white wall" OR "red roof") -"green door"`, 6, "other"},
		{`red -"green door"`, 0, "other"},
		{`"red"`, 0, "apart exact other"}, // One word has no place to look at.
		{`"white wall"`, 0, "apart exact"},
	}
	for _, test := range tests {
		found, err := x.FindReading(t.Context(), knowledge.Listing{Text: test.text, Page: knowledge.Page{First: 10}}, test.texts)
		if err != nil {
			t.Fatal(err)
		}
		if got := sorted(slugs(found, entities)); got != test.want {
			t.Errorf("%s in %d texts: %s, want %s", test.text, test.texts, got, test.want)
		}
	}
}

// At most three different phrases are looked for by the places of their words, wherever they stand; of others, all
// words must be there.
func TestPhrasesCountWhereverTheyStand(t *testing.T) {
	t.Parallel()
	var entities []knowledge.Entity
	colours, things := strings.Fields("red green white black"), strings.Fields("flag door wall roof")
	for i, colour := range colours {
		entities = append(entities,
			practice("exact-"+colour, "en", "Cities", fmt.Sprintf("There is a %s %s.", colour, things[i])),
			practice("apart-"+colour, "en", "Towns", fmt.Sprintf("There the %s was %s.", things[i], colour)))
	}
	x := filled(t, entities...)
	tests := []struct{ text, want string }{
		{`"black roof"`, "exact-black"},
		{`"red flag" OR "green door" OR "white wall"`, "exact-green exact-red exact-white"},
		{`"red flag" OR "green door" OR "white wall" OR "black roof"`, "apart-black exact-black exact-green exact-red exact-white"},
		{`("red flag") OR (there "green door") OR (there ("white wall" OR "black roof"))`, "apart-black exact-black exact-green exact-red exact-white"},
		{`"red flag" OR "red flag" OR "red flag" OR "black roof"`, "exact-black exact-red"}, // The same is no other.
		{`there -("red flag" OR "green door" OR "white wall" OR "black roof")`, "apart-green apart-red apart-white"},
	}
	for _, test := range tests {
		if got := sorted(slugs(find(t, x, knowledge.Listing{Text: test.text}), entities)); got != test.want {
			t.Errorf("%s: %s, want %s", test.text, got, test.want)
		}
	}
}

// However much is in a text, its filters hold.
func TestFiltersAreNeverLeftOut(t *testing.T) {
	t.Parallel()
	var entities []knowledge.Entity
	var themes strings.Builder
	for i := range 45 {
		slug := fmt.Sprintf("t%d", i)
		entities = append(entities, kt.Theme(slug), practice("p"+slug, "en", "Flats", "Flats.", kt.Themed(slug), kt.From(1950+i)))
		if i > 0 {
			themes.WriteString(" OR ")
		}
		fmt.Fprintf(&themes, "theme:%s", slug)
	}
	x := filled(t, entities...)
	var exclusions, years strings.Builder
	for i := range 300 { // More than there may be constraints.
		fmt.Fprintf(&exclusions, "-a%c%c ", 'a'+i/20, 'a'+i%20)
	}
	for year := 1900; year < 1940; year++ {
		fmt.Fprintf(&years, "year:%d.. ", year)
	}
	tests := []struct {
		name, text string
		want       int
	}{
		{"behind exclusions", "flats " + exclusions.String() + "year:1994", 1},
		{"excluded behind exclusions", "flats " + exclusions.String() + "-year:1994", 44},
		{"behind filters", "flats " + years.String() + "year:1994", 1},
		{"in a group", "flats (" + years.String() + "year:1994)", 1},
		{"excluded in a group", "(flats " + years.String() + "-year:1994)", 44},
		{"as alternatives", "flats (" + themes.String() + ")", 45},
		{"as an exclusion of alternatives", "flats -(" + themes.String() + ")", 0},
		{"as alternatives behind words", "flats (" + strings.Repeat("xa OR xb OR ", 30) + "year:1994)", 1},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Kinds: knowledge.EntryKinds(), Text: test.text, Reading: knowledge.Reading{NoCorrections: true}})
		if found.Total != test.want {
			t.Errorf("%s: %d records, want %d", test.name, found.Total, test.want)
		}
	}
}

func TestManyRangesOfYearsAreOneSet(t *testing.T) {
	t.Parallel()
	x, practices := babble(t, 120, 9)
	rng := rand.New(rand.NewPCG(4, 4))
	for range 30 {
		var text []string
		var limits [][2]int
		for range 1 + rng.IntN(80) {
			from := 1980 + rng.IntN(50)
			to := from + rng.IntN(3)
			text = append(text, fmt.Sprintf("%d..%d", from, to))
			limits = append(limits, [2]int{from, to})
		}
		for _, sign := range []string{"", "-"} {
			want := 0
			for _, p := range practices {
				isIn := slices.ContainsFunc(limits, func(l [2]int) bool { return l[0] <= *p.Year() && *p.Year() <= l[1] })
				if isIn == (sign == "") {
					want++
				}
			}
			if found := find(t, x, knowledge.Listing{Text: sign + "year:" + strings.Join(text, ",")}); found.Total != want {
				t.Errorf("%s%v: %d records, want %d", sign, text, found.Total, want)
			}
		}
	}
}

// Names of linked records have no places in the index: phrases in them are found by the records that they are of.
func TestPhrasesInNamesOfLinkedRecords(t *testing.T) {
	t.Parallel()
	broad, narrow, draft := kt.Theme("broad", "Fair policy of flats"), kt.Theme("narrow", "Social housing"), kt.Theme("draft", "Secret garden")
	narrow.BroaderID = &broad.ID
	narrow.HiddenLabels = []knowledge.Label{{Language: "en", Text: "council flat estate"}}
	draft.Status = knowledge.StatusDraft
	entities := []knowledge.Entity{
		broad, narrow, draft, kt.Theme("social", "Social"), kt.Theme("housing", "housing"),
		practice("p-broad", "en", "One", "Text.", kt.Themed("broad")),
		practice("p-narrow", "en", "Two", "Text.", kt.Themed("narrow")),
		practice("p-draft", "en", "Three", "Text.", kt.Themed("draft")),
		practice("p-apart", "en", "Four", "Text.", kt.Themed("social", "housing")),
		practice("p-text", "en", "Five", "A secret garden, and a council flat."),
	}
	x := filled(t, entities...)
	tests := []struct{ text, entries, nouns string }{
		{`"social housing"`, "p-narrow", "narrow"},
		{`"housing social"`, "", ""},
		{`"flat estate"`, "p-narrow", "narrow"},
		{`"council flat"`, "p-narrow p-text", "narrow"},
		{`"policy of flats"`, "p-broad p-narrow", "broad narrow"},
		{`"secret garden"`, "p-text", ""},
		{`"estate social"`, "", ""},
		{`text -"social housing"`, "p-apart p-broad p-draft", ""},
	}
	check := func(text string, kinds []knowledge.Kind, want string) {
		t.Helper()
		l := knowledge.Listing{Text: text, Kinds: kinds, Reading: knowledge.Reading{NoCorrections: true, NoSynonyms: true}}
		if got := sorted(slugs(find(t, x, l), entities)); got != want {
			t.Errorf("%s among %s: %q, want %q", text, kinds, got, want)
		}
	}
	for _, test := range tests {
		check(test.text, knowledge.EntryKinds(), test.entries)
		check(test.text, []knowledge.Kind{knowledge.KindTheme}, test.nouns)
	}
	narrow.Labels[0].Text = "Dwellings"
	apply(t, x.Current(), "2", entities...)
	check(`"social housing"`, knowledge.EntryKinds(), "")
	check(`text -"social housing"`, knowledge.EntryKinds(), "p-apart p-broad p-draft p-narrow")
}

// The noun may be in another segment than what is filed under it, and lends its name only as long as everyone may read it.
func TestPhrasesInNamesOfOtherSegments(t *testing.T) {
	t.Parallel()
	x := open(t)
	theme, entry := kt.Theme("narrow", "Social housing"), practice("p", "en", "Two", "Text.", kt.Themed("narrow"))
	apply(t, x.Current(), "1", theme)
	item := indexables(theme, entry)[1]
	if err := x.Current().Apply(t.Context(), []knowledge.Indexable{item}, "2"); err != nil {
		t.Fatal(err)
	}
	l := knowledge.Listing{Text: `"social housing"`, Kinds: knowledge.EntryKinds()}
	if found := find(t, x, l); found.Total != 1 {
		t.Errorf("%d found, want what is filed under it", found.Total)
	}
	theme.Status = knowledge.StatusArchived
	apply(t, x.Current(), "3", theme)
	if found := find(t, x, l); found.Total != 0 {
		t.Errorf("%d found by an archived name", found.Total)
	}
}

// A phrase that very many nouns have stands for its words in names.
func TestPhrasesInVeryManyNames(t *testing.T) {
	t.Parallel()
	x := open(t)
	var nouns []knowledge.Entity
	for i := range 501 {
		nouns = append(nouns, kt.Theme(fmt.Sprintf("t%d", i), fmt.Sprintf("The quarter of town %d", i)))
	}
	entry, apart := practice("p", "en", "Two", "Text.", kt.Themed("t7")), practice("apart", "en", "A quarter", "It is of stone.")
	all := append(slices.Clone(nouns), entry, apart)
	for i, part := range [][]knowledge.Entity{all, {nouns[500]}} {
		apply(t, x.Current(), knowledge.Cursor(strconv.Itoa(i)), part...)
	}
	l := knowledge.Listing{Text: `"of quarter"`, Kinds: knowledge.EntryKinds(), Reading: knowledge.Reading{NoCorrections: true}}
	if got := sorted(slugs(find(t, x, l), all)); got != "p" {
		t.Errorf("in any order, in names alone: %q, want p", got)
	}
	nouns[500].Head().Deleted = true
	apply(t, x.Current(), "3", nouns[500])
	if found := find(t, x, l); found.Total != 0 {
		t.Errorf("%d found, where few enough nouns have the words", found.Total)
	}
}
