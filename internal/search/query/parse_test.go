package query_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"goodpractice/internal/search/query"
)

// ignorePlaces compares what queries mean.
func ignorePlaces() cmp.Option { return cmpopts.IgnoreTypes(query.Place{}) }

func word(text string) query.Node           { return query.Word{Text: text} }
func prefix(text string) query.Node         { return query.Prefix{Text: text} }
func phrase(text string) query.Node         { return query.Phrase{Text: text} }
func not(n query.Node) query.Node           { return query.Not{Node: n} }
func either(nodes ...query.Node) query.Node { return query.Or{Nodes: nodes} }
func group(nodes ...query.Node) query.Node  { return query.Group{Nodes: nodes} }

func field(name string, values ...string) query.Node {
	f := query.Field{Name: name}
	for _, v := range values {
		f.Values = append(f.Values, query.Value{Text: v})
	}
	return f
}

func years(bounds ...int) query.Node {
	var y query.Years
	for i := 0; i < len(bounds); i += 2 {
		y.Ranges = append(y.Ranges, query.YearRange{From: bounds[i], To: bounds[i+1]})
	}
	return y
}

func words(list string) []query.Node {
	var nodes []query.Node
	for w := range strings.FieldsSeq(list) {
		nodes = append(nodes, word(w))
	}
	return nodes
}

type example struct {
	text string
	want []query.Node
}

func list(nodes ...query.Node) []query.Node { return nodes }

func check(t *testing.T, examples map[string][]example) {
	t.Helper()
	for name, group := range examples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, e := range group {
				q := query.Parse(e.text)
				if diff := cmp.Diff(e.want, q.Nodes, ignorePlaces()); diff != "" {
					t.Errorf("%q is read as %q (-want +got):\n%s", e.text, q, diff)
				}
				sound(t, e.text)
			}
		})
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"nothing": {{"", nil}, {" \t\n", nil}, {"?", nil}, {"- -- ...", nil}, {"\x00\x7f", nil}},
		"side by side": {
			{"housing", words("housing")},
			{"  Roma housing\u00a0in\u202fTurin\n", words("Roma housing in Turin")},
			{"Țigănești Beyoğlu Łódź Αθήνα", words("Țigănești Beyoğlu Łódź Αθήνα")},
			{"стамбено 日本語 لغة עברית", words("стамбено 日本語 لغة עברית")},
		},
		"punctuation is left out": {
			{"housing, schools; and health.", words("housing schools and health")},
			{"¿Qué? ¡Vivienda!", words("Qué Vivienda")},
			{"'housing' ‘schools’ ‚Wohnen‘ – …", words("housing schools Wohnen")},
			{"a,b a;b a--b 2012..2020", words("a b a b a b 2012 2020")},
		},
		"signs hold a word together": {
			{"cluj-napoca non\u2011formal l'habitat d’accueil col·legi", words("cluj-napoca non\u2011formal l'habitat d’accueil col·legi")},
			{"1,000 3.5 10:30 info@example.org R&D a_b", words("1,000 3.5 10:30 info@example.org R&D a_b")},
			{"EU:n hou\u00adsing", words("EU:n hou\u00adsing")},
		},
		"signs of other languages are literal": {
			{"wi/fi a+b a~2 a^3 a\\b x=y [a] {b} /c.*d/ what?", words("wi fi a b a 2 a 3 a b x y a b c d what")},
			{"<b>bold</b> 100% #tag $5 a|b a&&b !c", words("b bold b 100 tag 5 a b a b c")},
		},
		"nothing is lost": {
			{"🏠 a🏠b ❤️", words("🏠 a🏠b ❤️")},
			{"a\xffb \xe2\x80", words("a\xffb \xe2\x80")},
			{"a\x00b a\u200bb", words("a b a b")},
			{"e\u0301cole \u0301x", words("e\u0301cole \u0301x")},
		},
	})
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"quotation marks of many languages": {
			{`"social housing" roma`, list(phrase("social housing"), word("roma"))},
			{"„social housing“", list(phrase("social housing"))},
			{"„social housing” roma", list(phrase("social housing"), word("roma"))},
			{"“social housing” roma", list(phrase("social housing"), word("roma"))},
			{"”social housing” roma", list(phrase("social housing"), word("roma"))},
			{"«\u00a0social housing\u00a0» roma", list(phrase("social housing"), word("roma"))},
			{"»social housing« roma", list(phrase("social housing"), word("roma"))},
			{"»social housing» roma", list(phrase("social housing"), word("roma"))},
		},
		"unclosed ones go to the end": {
			{`roma "social housing`, list(word("roma"), phrase("social housing"))},
			{"roma „social (housing OR -x", list(word("roma"), phrase("social (housing OR -x"))},
			{`"`, nil},
		},
		"everything in them is literal": {
			{`"a OR -b* (c) theme:x"`, list(phrase("a OR -b* (c) theme:x"))},
			{"“say \"hello\" there” x", list(phrase(`say "hello" there`), word("x"))},
			{"«say “hello” there»", list(phrase("say “hello” there"))},
			{"“«\"”", nil},
			{"“«a\"”", list(phrase("«a\""))},
		},
		"empty ones are left out": {{`"" " " "?!" a`, words("a")}},
		"they need no space":      {{`a"b c"d`, list(word("a"), phrase("b c"), word("d"))}},
	})
}

func TestPrefixes(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"three letters or more": {
			{"hous*", list(prefix("hous"))},
			{"жил* hou** 201*", list(prefix("жил"), prefix("hou"), prefix("201"))},
			{"l'hab* cluj-nap*", list(prefix("l'hab"), prefix("cluj-nap"))},
			{"hous*, -hous*", list(prefix("hous"), not(prefix("hous")))},
		},
		"fewer":         {{"ho* * *a l'ho* cluj-n* e\u0301\u0301\u0301* OR*", words("ho a l'ho cluj-n e\u0301\u0301\u0301 or")}},
		"within a word": {{"hous*ing *es", words("hous ing es")}},
	})
}

func TestExclusion(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"a minus before": {
			{"a -b", list(word("a"), not(word("b")))},
			{`-"b c"`, list(not(phrase("b c")))},
			{"-(b c) (-d)", list(not(group(word("b"), word("c"))), not(word("d")))},
			{"-(b OR c)", list(not(either(word("b"), word("c"))))},
			{"-country:es -year:2012..", list(not(field("country", "es")), not(years(2012, 0)))},
			{"-(b) -((c))", list(not(word("b")), not(word("c")))},
			{"-OR", list(not(word("or")))},
		},
		"what is typed together": {
			{"-wi/fi", list(not(group(word("wi"), word("fi"))))},
			{"-http://x", list(not(group(word("http"), word("x"))))},
			{`-kind:"a b"`, list(not(group(word("kind"), phrase("a b"))))},
			{`-a"b"`, list(not(word("a")), phrase("b"))},
		},
		"twice is not at all": {
			{"-(-a) -(-(b c))", words("a b c")},
			{"-(-(a b)) OR c", list(either(group(word("a"), word("b")), word("c")))},
		},
		"a literal minus": {
			{"a - b --c a-b -?d -/e", words("a b c a-b d e")},
			{`(a)-b "c"-d`, list(word("a"), word("b"), phrase("c"), word("d"))},
			{"–a −b", words("a b")},
		},
		"with nothing to exclude": {{`-() -"" -( a`, words("a")}},
	})
}

func TestAlternatives(t *testing.T) {
	t.Parallel()
	a, b, c, d := word("a"), word("b"), word("c"), word("d")
	check(t, map[string][]example{
		"between two operands": {
			{"a OR b", list(either(a, b))},
			{"a b OR c d", list(a, either(b, c), d)},
			{"a OR b OR c d", list(either(a, b, c), d)},
			{"a OR -b", list(either(a, not(b)))},
			{`"a"OR"b"`, list(either(phrase("a"), phrase("b")))},
			{"theme:x OR year:2015", list(either(field("theme", "x"), years(2015, 2015)))},
			{"a OR wi/fi", list(either(a, group(word("wi"), word("fi"))))},
		},
		"between groups": {
			{"(a b) OR c", list(either(group(a, b), c))},
			{"a OR (b c)", list(either(a, group(b, c)))},
			{"(a OR b) OR (c OR d)", list(either(a, b, c, d))},
			{"(a OR b) (c OR d)", list(either(a, b), either(c, d))},
			{"a OR (b (c d))", list(either(a, group(b, c, d)))},
			{"a OR (b (c OR d))", list(either(a, group(b, either(c, d))))},
		},
		"a dangling one is a word": {
			{"OR", words("or")},
			{"OR a", words("or a")},
			{"a OR", words("a or")},
			{"(a OR) b (OR c)", words("a or b or c")},
			{"OR OR a OR OR", words("or a or")}, //nolint:dupword // the words are what is tested
			{"a OR ()", words("a or")},
		},
		"a repeated one counts once": {
			{"a OR OR b", list(either(a, b))}, //nolint:dupword // the words are what is tested
			{`a OR "" OR b`, list(either(a, b))},
		},
		"only in capitals and alone": {{"a or b Or c OR, d oR e a-OR-b", words("a or b Or c or d oR e a-OR-b")}},
	})
}

func TestGroups(t *testing.T) {
	t.Parallel()
	check(t, map[string][]example{
		"make no difference by themselves": {{"(a b) c ((d))", words("a b c d")}, {"f(x)", words("f x")}},
		"without a partner":                {{"(a b", words("a b")}, {"a) b", words("a b")}, {")(", nil}, {"-(a b", words("a b")}},
		"within a phrase":                  {{`(a "b) c" d)`, list(word("a"), phrase("b) c"), word("d"))}},
		"empty":                            {{"() (()) a", words("a")}},
		"too deep": {
			{strings.Repeat("-(x ", query.MaxDepth) + "-(a b)" + strings.Repeat(")", query.MaxDepth), tooDeep()},
			{strings.Repeat("(", 1000) + "a OR b" + strings.Repeat(")", 1000), list(either(word("a"), word("b")))},
		},
	})
}

// tooDeep is the deepest query, with two words for the group that was one too many.
func tooDeep() []query.Node {
	nodes := words("x a b")
	for range query.MaxDepth - 1 {
		nodes = list(word("x"), not(group(nodes...)))
	}
	return list(not(group(nodes...)))
}
