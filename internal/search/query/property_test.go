package query_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"goodpractice/internal/search/query"
	"goodpractice/internal/search/text"
	"goodpractice/internal/stopwatch"
)

// everyNode visits nodes before what is in them.
func everyNode(nodes []query.Node, visit func(query.Node)) {
	for _, n := range nodes {
		visit(n)
		switch n := n.(type) {
		case query.Not:
			everyNode([]query.Node{n.Node}, visit)
		case query.Or:
			everyNode(n.Nodes, visit)
		case query.Group:
			everyNode(n.Nodes, visit)
		}
	}
}

// meaning writes all of the nodes but their places. It tells queries apart much faster than cmp.
func meaning(nodes []query.Node) string {
	var b strings.Builder
	writeMeaning(&b, nodes)
	return b.String()
}

func writeMeaning(b *strings.Builder, nodes []query.Node) {
	for _, n := range nodes {
		switch n := n.(type) {
		case query.Word:
			fmt.Fprintf(b, "word %q\n", n.Text)
		case query.Prefix:
			fmt.Fprintf(b, "prefix %q\n", n.Text)
		case query.Phrase:
			fmt.Fprintf(b, "phrase %q\n", n.Text)
		case query.Field:
			fmt.Fprintf(b, "field %s", n.Name)
			for _, v := range n.Values {
				fmt.Fprintf(b, " %q", v.Text)
			}
			b.WriteByte('\n')
		case query.Years:
			fmt.Fprintf(b, "years %v\n", n.Ranges)
		case query.Not:
			b.WriteString("not\n")
			writeMeaning(b, []query.Node{n.Node})
		case query.Or:
			fmt.Fprintf(b, "%d alternatives\n", len(n.Nodes))
			writeMeaning(b, n.Nodes)
		case query.Group:
			fmt.Fprintf(b, "%d together\n", len(n.Nodes))
			writeMeaning(b, n.Nodes)
		}
	}
}

type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// sound checks what holds for every text.
func sound(t failer, s string) {
	t.Helper()
	q := query.Parse(s)
	if q.Text != s {
		t.Errorf("%q became %q", s, q.Text)
	}
	canonical := q.String()
	again := query.Parse(canonical)
	if got, want := meaning(again.Nodes), meaning(q.Nodes); got != want {
		t.Errorf("%q is written as %q, which is another query:\n%swant\n%s", s, canonical, got, want)
	}
	if twice := again.String(); twice != canonical {
		t.Errorf("%q is written as %q, and then as %q", s, canonical, twice)
	}
	inOrder(t, s, q.Nodes, query.Place{End: len(s)})
	everyNode(q.Nodes, func(n query.Node) { shaped(t, s, n) })
	if got := q.Rewrite(nil); got != s {
		t.Errorf("%q is rewritten as %q", s, got)
	}
	plain := query.ParseFunc(s, func(query.Node) bool { return false })
	everyNode(plain.Nodes, func(n query.Node) {
		switch n.(type) {
		case query.Field, query.Years:
			t.Errorf("%q has the filter %v, which was refused", s, n)
		}
	})
	if got, want := meaning(query.Parse(plain.String()).Nodes), meaning(plain.Nodes); got != want {
		t.Errorf("%q without filters is written as %q, which is another query:\n%swant\n%s", s, plain, got, want)
	}
}

// inOrder checks that nodes stand one after the other in the place that they are a part of.
func inOrder(t failer, s string, nodes []query.Node, within query.Place) {
	t.Helper()
	last := within.Start
	for _, n := range nodes {
		at := n.At()
		if at.Start < last || at.End <= at.Start || at.End > within.End {
			t.Errorf("%q has %T %v at %v, after %d and in %v", s, n, n, at, last, within)
		}
		last = at.End
		switch n := n.(type) {
		case query.Not:
			inOrder(t, s, []query.Node{n.Node}, at)
		case query.Or:
			inOrder(t, s, n.Nodes, at)
		case query.Group:
			inOrder(t, s, n.Nodes, at)
		case query.Field:
			from := at.Start
			for _, v := range n.Values {
				if v.Start < from || v.End > at.End || s[v.Start:v.End] != v.Text {
					t.Errorf("%q has the value %q at %v", s, v.Text, v.Place)
				}
				from = v.End
			}
		}
	}
}

// shaped checks what the documentation of the nodes promises.
func shaped(t failer, s string, n query.Node) {
	t.Helper()
	ok := true
	at := n.At()
	switch n := n.(type) {
	case query.Word:
		typed := s[at.Start:at.End]
		ok = n.Text != "" && n.Text != "OR" && (n.Text == typed || typed == "OR" && n.Text == "or")
	case query.Prefix:
		ok = strings.HasPrefix(s[at.Start:at.End], n.Text+"*") && len(n.Text) >= query.MinPrefix
	case query.Phrase:
		ok = n.Text != "" && s[n.Inner.Start:n.Inner.End] == n.Text && n.Inner.Start > at.Start && n.Inner.End <= at.End
	case query.Field:
		ok = len(n.Values) > 0 && n.Name != "" && strings.EqualFold(s[at.Start:at.Start+len(n.Name)+1], n.Name+":")
	case query.Years:
		ok = len(n.Ranges) > 0
		for _, r := range n.Ranges {
			ok = ok && (r.From != 0 || r.To != 0) && (r.From <= r.To || r.To == 0) && r.To <= 9999
		}
	case query.Not:
		_, isNot := n.Node.(query.Not)
		ok = !isNot
	case query.Or:
		ok = len(n.Nodes) > 1
		for _, x := range n.Nodes {
			_, isOr := x.(query.Or)
			ok = ok && !isOr
		}
	case query.Group:
		ok = len(n.Nodes) > 1
		for _, x := range n.Nodes {
			_, isGroup := x.(query.Group)
			ok = ok && !isGroup
		}
	}
	if !ok {
		t.Errorf("%q has %#v, which is not as it should be", s, n)
	}
}

// pieces are what means something, what looks like it, and what is hard to cut.
func pieces() []string {
	return strings.Split(`a|é|ж|語|7|housing|2015|hous*|ab*|cluj-napoca|l'eau|OR|or|-|--|(|)|-(|"|-"|„|“|”|«|»|*|:|,|.|..|;|'|’|&|@|/|+|~|^|?|\|_|`+
		`theme:|CITY:|country:es,ro|year:|year:2012..2020|year:..2020|kind:|kind:lesson|kind:essay|-theme:x|foo:|EU:n|http://x|10:30| |  | OR |`+
		"\t|\n|\x00|\xff|\xe2\x80|\u0301|\u00ad|\u200b|\u200f|\u202f|\u00a0|🏠|❤️|עברית|ﷺ|"+strings.Repeat("(", 20)+"|"+strings.Repeat(")", 20), "|")
}

func TestEveryTextIsAQuery(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sound(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces()), 0, 30).Draw(t, "pieces"), ""))
	})
	rapid.Check(t, func(t *rapid.T) { sound(t, rapid.String().Draw(t, "text")) })
	rapid.Check(t, func(t *rapid.T) { sound(t, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))) })
}

// TestNoWordOfTheIndexIsCut compares with the words of the tokenizer. It joins more in two cases: letters at
// both sides of a colon, which has a meaning here, and Hebrew letters at both sides of a quotation mark.
func TestNoWordOfTheIndexIsCut(t *testing.T) {
	t.Parallel()
	of := func(s string) []string {
		var list []string
		text.EachWord(s, func(w text.Token) { list = append(list, w.Lower) })
		return list
	}
	check := func(t failer, s string) {
		t.Helper()
		var got []string
		for n := range query.Parse(s).Positive() {
			got = append(got, of(n.(query.Word).Text)...)
		}
		if diff := cmp.Diff(of(s), got); diff != "" {
			t.Errorf("%q has other words (-tokenizer +query):\n%s", s, diff)
		}
	}
	for _, s := range []string{
		"The city's housing, since 2012: 3.5 million, R&D/ICT; v1.2a, 1,000 or 1.000,50 at 10:30!", "EU:n 1990-luku l’habitat col·legi hou\u00adsing",
		"Ţigăneşti İSTANBUL naïve Straße ﬁ ﷺ", "mail info@example.org, www.example.org/a_b?c=d#e", "Ք՛ա ա՟բ a\u2024b 1\u066c000 x\u203fy",
	} {
		check(t, s)
	}
	signs := strings.Split("a|B|é|Ж|日|カ|5|_|'|’|.|,|;|/|&|!|?|@|#|%|+|=|~|–|…|\u200b|\u202f|\u00a0| |housing|l'eau|3.5|1,000|a_b|🏠|·|٬|५|৳|ʼ", "|")
	rapid.Check(t, func(t *rapid.T) {
		check(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(signs), 0, 20).Draw(t, "text"), ""))
	})
}

// hostile are pieces that make long texts hard to read when they are repeated.
func hostile() map[string]string {
	return map[string]string{
		"opening": "(", "closing": ")", "both": "()", "nested exclusion": "-(", "words in groups": "a(b", "quotes": `"`, "quoted": `"a"`,
		"typographic quotes": "„a", "guillemets": "»«", "words": "a ", "one word": "a", "or": "OR ", "alternatives": "a OR ", "groups or": "(a OR ",
		"minus": "-", "exclusions": "-a ", "stars": "*", "prefixes": "abc* ", "fields": "theme:", "values": "theme:a,", "one field": "a,", "quoted values": `city:"a`,
		"kinds": `kind:"a",`, "years": "year:2012,", "ranges": "2012..", "colons": "A:", "joints": "a-", "invisible": "\u00ad", "invisible after words": "a\u00ad\u00ad+",
		"control": "\x00", "broken": "\xe2\x80", "marks": "\u0301", "right to left": "\u200fש(", "emoji": "🏠",
	}
}

// TestTimeIsLinear compares the processor time with that of plain words of the same length, because a slow machine is slow
// with both. Time that grows with the square of the length would be hundreds of times as much; the slowest of these takes a
// few times.
func TestTimeIsLinear(t *testing.T) {
	t.Parallel()
	const size, tooSlow = 1 << 15, 50
	took := func(s string) time.Duration {
		return stopwatch.Processor(func() { _ = query.Parse(s).String() })
	}
	plain := strings.Repeat("a ", size/2)
	for name, piece := range hostile() {
		for _, start := range []string{"", "kind:x,", "year:2012,"} { // The latter two are read again as words.
			s := start + strings.Repeat(piece, size/len(piece))
			attempts := 0
			for took(s) > tooSlow*took(plain) {
				if attempts++; attempts == 3 {
					t.Errorf("%s after %q takes more than %d times as long as words", name, start, tooSlow)
					break
				}
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for name, s := range map[string]string{
		"ordinary":    `"social mix" housing OR logement -camps country:es,ro year:2012.. hous* cluj-napoca`,
		"hostile_1MB": strings.Repeat("(a OR -b* x", 1<<20/11),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				query.Parse(s)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", `housing "social mix" -camps (roma OR sinti) theme:housing country:es,ro year:2012..2020 hous*`,
		`"unclosed phrase -x OR`, "„so“ “like” ”this” «and» »that«", "-(-(a b)) OR -(c OR d) OR", "((((a OR b) c) OR d", "OR )(a-", "year:2020..2012,.. kind:essay,lesson",
		`city:"a,b","x*",“a"b” -kind:"p q"`, "http://x 10:30 EU:n theme: a\xff\x00b \u202e\u00ad🏠", "-wi/fi OR a+b*", strings.Repeat("-(x ", 20) + strings.Repeat(")", 20),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { sound(t, s) })
}
