package query_test

import (
	"fmt"
	"slices"
	"testing"

	"goodpractice/internal/search/query"
)

func TestCanonicalText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                    "",
		"  Roma,  housing ":                   "Roma housing",
		"„social  housing“ «a \"b\"":          "\"social  housing\" “a \"b\"”",
		"(a OR (b c)) -(d) -(e OR f)":         "a OR (b c) -d -(e OR f)",
		"(a b) OR c OR":                       "(a b) OR c or",
		"Country:es,\"ro\" CITY:\"new town\"": `country:es,ro city:"new town"`,
		"city:\"a,b\",\"x*\",“a\"b”":          "city:\"a,b\",\"x*\",“a\"b”",
		"year:2020..2012,0800 year:2015..":    "year:2012..2020,0800 year:2015..",
		"Year:..1999 year:2015..2015":         "year:..1999 year:2015",
		"hous** ho* -wi/fi":                   "hous* ho -(wi fi)",
		"-(-(a OR b)) c":                      "a OR b c",
	} {
		if got := query.Parse(text).String(); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	text := `é -"b c" OR year:2012,..2015 city:"Łódź",x (dogs* -(e f)) g OR h OR`
	var got []string
	everyNode(query.Parse(text).Nodes, func(n query.Node) {
		at := n.At()
		got = append(got, fmt.Sprintf("%T %s", n, text[at.Start:at.End]))
		switch n := n.(type) {
		case query.Phrase:
			got = append(got, text[n.Inner.Start:n.Inner.End])
		case query.Field:
			for _, v := range n.Values {
				got = append(got, text[v.Start:v.End])
			}
		}
	})
	want := []string{
		"query.Word é",
		`query.Or -"b c" OR year:2012,..2015`, `query.Not -"b c"`, `query.Phrase "b c"`, "b c", "query.Years year:2012,..2015",
		`query.Field city:"Łódź",x`, "Łódź", "x",
		"query.Prefix dogs*", "query.Not -(e f)", "query.Group (e f)", "query.Word e", "query.Word f",
		"query.Or g OR h", "query.Word g", "query.Word h", "query.Word OR",
	}
	if !slices.Equal(got, want) {
		t.Errorf("The places are\n%q, want\n%q", got, want)
	}
}

func TestWhatAnEngineAsksFor(t *testing.T) {
	t.Parallel()
	q := query.Parse(`a (bus* OR -c OR ("d e" theme:t)) -f -country:es year:2015 city:gent -(g -h)`)
	texts := func(nodes []query.Node) string { return query.Query{Nodes: nodes}.String() }
	if got, want := texts(slices.Collect(q.Positive())), `a bus* "d e"`; got != want {
		t.Errorf("Records are found by %q, want %q", got, want)
	}
	var excluded []query.Node
	for _, n := range q.Excluded() {
		excluded = append(excluded, n.Node)
	}
	if got, want := texts(excluded), "f country:es (g -h)"; got != want {
		t.Errorf("%q is excluded, want %q", got, want)
	}
	if got, want := texts(q.Filters()), "year:2015 city:gent"; got != want {
		t.Errorf("The filters are %q, want %q", got, want)
	}
	for range q.Positive() {
		break // Stopping at the first is no error, at any depth.
	}
	for n := range q.Positive() {
		if _, isPrefix := n.(query.Prefix); isPrefix {
			break
		}
	}
}

func TestRewriteKeepsTheRestAsTyped(t *testing.T) {
	t.Parallel()
	q := query.Parse(`  housng,  "scial  housing"  -(Rmoa) city:Trin `)
	at := map[string]query.Place{}
	everyNode(q.Nodes, func(n query.Node) {
		switch n := n.(type) {
		case query.Word:
			at[n.Text] = n.Place
		case query.Phrase:
			at["scial"] = query.Place{Start: n.Inner.Start, End: n.Inner.Start + len("scial")}
		case query.Field:
			at[n.Values[0].Text] = n.Values[0].Place
		}
	})
	for name, c := range map[string]struct {
		words map[query.Place]string
		want  string
	}{
		"nothing": {nil, `  housng,  "scial  housing"  -(Rmoa) city:Trin `},
		"all": {
			map[query.Place]string{at["housng"]: "housing", at["scial"]: "social", at["Rmoa"]: "roma", at["Trin"]: "Torino"},
			`  housing,  "social  housing"  -(roma) city:Torino `,
		},
		"places that are none": {
			map[query.Place]string{
				{Start: -1, End: 3}: "x", {Start: 5, End: 4}: "x", {Start: 40, End: 400}: "x",
				at["housng"]: "housing", {Start: at["housng"].Start + 1, End: at["housng"].End}: "x",
			},
			`  housing,  "scial  housing"  -(Rmoa) city:Trin `,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := q.Rewrite(c.words); got != c.want {
				t.Errorf("The text is %q, want %q", got, c.want)
			}
		})
	}
}
