package query_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/search/query"
)

func TestFields(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"with a word": {
			{"theme:housing GROUP:roma City:cluj-napoca", list(field("theme", "housing"), field("group", "roma"), field("city", "cluj-napoca"))},
			{"country:ES language:sr-Latn kind:Lesson", list(field("country", "ES"), field("language", "sr-Latn"), field("kind", "Lesson"))},
			{"city:l'hospitalet.", list(field("city", "l'hospitalet"))},
			{"theme:hous* (theme:a)", list(field("theme", "hous"), field("theme", "a"))},
			{"theme:housing/self-build theme:a/b/c,d/e", list(field("theme", "housing/self-build"), field("theme", "a/b/c", "d/e"))},
			{"-theme:a/b theme:a/ theme:a//b theme:a/,b", list(not(field("theme", "a/b")), field("theme", "a"), field("theme", "a"), word("b"), field("theme", "a"), word("b"))},
		},
		"with a phrase": {
			{`city:"Cluj Napoca" a`, list(field("city", "Cluj Napoca"), word("a"))},
			{"city:„Cluj Napoca”", list(field("city", "Cluj Napoca"))},
			{`city:"Cluj Napoca`, list(field("city", "Cluj Napoca"))},
			{`city:"turin"`, list(field("city", "turin"))},
			{"city:“the \"new\" town”", list(field("city", `the "new" town`))},
		},
		"with several values": {
			{"country:es,ro", list(field("country", "es", "ro"))},
			{`city:turin,"San Sebastián",Gent`, list(field("city", "turin", "San Sebastián", "Gent"))},
			{"theme:1,2", list(field("theme", "1", "2"))},
			{"kind:practice,LESSON,recommendation", list(field("kind", "practice", "LESSON", "recommendation"))},
			{"country:es, ro", list(field("country", "es"), word("ro"))},
			{"country:es,,ro", list(group(field("country", "es"), word("ro")).(query.Group).Nodes...)},
			{`city:"",gent`, list(field("city", "gent"))},
		},
		"without a value": {
			{`housing: theme: group:? theme:-a country:,es city:"" country:(es)`, words("housing theme group theme a country es city country es")},
		},
		"of another name": {
			{"http://x 10:30 topic:housing status:DRAFT xtheme:a a-theme:b", words("http x 10:30 topic housing status DRAFT xtheme a a-theme b")},
			{`topic:"a b"`, list(word("topic"), phrase("a b"))},
			{"kind:essay kind:practice,essay", words("kind essay kind practice essay")},
		},
		"not at the beginning of a token": {
			{`?theme:a (b)theme:c --theme:d CITY:e/theme:f`, list(append(words("theme a b theme c theme d"), field("city", "e/theme"), word("f"))...)},
		},
	})
}

func TestYears(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"one":                {{"year:2015 Year:2016.", list(years(2015, 2015), years(2016, 2016))}, {`year:"2015"`, list(years(2015, 2015))}},
		"a range":            {{"year:2012..2020 year:2012.. year:..2020, (year:2015)", list(years(2012, 2020), years(2012, 0), years(0, 2020), years(2015, 2015))}},
		"several":            {{"year:2012,2015..2017,..1999", list(years(2012, 2012, 2015, 2017, 0, 1999))}},
		"in the wrong order": {{"year:2020..2012", list(years(2012, 2020))}},
		"of long ago":        {{"year:0800..1492", list(years(800, 1492))}},
		"malformed": {
			{"year: a year:.. b year:12 year:20155 year:abc year:2015x year:0000", words("year a year b year 12 year 20155 year abc year 2015x year 0000")},
			{"year:2012-2020 year:2012/2020 year:2012..20", words("year 2012-2020 year 2012 2020 year 2012 20")},
			{"year:2012,x year:2012...2020 year:2012,..", words("year 2012 x year 2012 2020 year 2012")},
			{`year:"a b"`, list(word("year"), phrase("a b"))},
		},
	})
}

func TestFiltersAreRefused(t *testing.T) {
	t.Parallel()
	text := `theme:housing CITY:"Cluj Napoca",turin -year:2012..2020 country:es`
	var asked []string
	q := query.ParseFunc(text, func(n query.Node) bool {
		asked = append(asked, text[n.At().Start:n.At().End])
		f, isField := n.(query.Field)
		return isField && f.Name == query.FieldCountry
	})
	want := list(
		word("theme"), word("housing"), word("CITY"), phrase("Cluj Napoca"), word("turin"),
		not(group(words("year 2012 2020")...)), field("country", "es"),
	)
	if diff := cmp.Diff(want, q.Nodes, ignorePlaces()); diff != "" {
		t.Errorf("The query differs (-want +got):\n%s", diff)
	}
	if want := []string{"theme:housing", `CITY:"Cluj Napoca",turin`, "year:2012..2020", "country:es"}; !slices.Equal(asked, want) {
		t.Errorf("Asked about %q, want %q", asked, want)
	}
	again := query.Parse(q.String())
	if diff := cmp.Diff(q.Nodes, again.Nodes, ignorePlaces()); diff != "" {
		t.Errorf("%q is read as another query (-first +again):\n%s", q, diff)
	}
}

func TestKindsAreValues(t *testing.T) {
	t.Parallel()
	for _, k := range query.Kinds() {
		if diff := cmp.Diff(list(field(query.FieldKind, k)), query.Parse("kind:"+k).Nodes, ignorePlaces()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", k, diff)
		}
	}
}
