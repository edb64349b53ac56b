package spelling_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"goodpractice/internal/search/spelling"
)

func vocabulary(words ...spelling.Word) *spelling.Vocabulary {
	return spelling.New(slices.Values(words))
}

// field is a small vocabulary in several languages and scripts.
func field() *spelling.Vocabulary {
	return vocabulary([]spelling.Word{
		{"housing", "en", 120},
		{"house", "en", 80},
		{"hosting", "en", 2},
		{"refugees", "en", 40},
		{"city", "en", 90},
		{"hall", "en", 12},
		{"substandard", "en", 3},
		{"standard", "en", 30},
		{"integration", "en", 60},
		{"integracion", "es", 55},
		{"integracao", "pt", 1},
		{"vivienda", "es", 44},
		{"casa", "es", 70},
		{"case", "en", 50},
		{"caso", "es", 70},
		{"κατοικια", "el", 9},
		{"стамбено", "sr", 7},
		{"საცხოვრებელი", "ka", 4},
		{"բնակարան", "hy", 4},
		{"weeks", "en", 100},
		{"weeds", "en", 2},
		{"the", "en", 300},
		{"covid19", "en", 300},
		{"tha", "en", 2},
	}...)
}

func TestCorrect(t *testing.T) {
	t.Parallel()
	v := field()
	tests := []struct {
		name, word, language string
		want                 string
		edits                int
	}{
		{"a letter left out", "housng", "en", "housing", 1},
		{"a letter too many", "houssing", "en", "housing", 1},
		{"a wrong letter", "houzing", "en", "housing", 1},
		{"two letters swapped", "huosing", "en", "housing", 1},
		{"the first letter wrong", "jousing", "en", "housing", 1},
		{"two edits in eight letters", "intgratoin", "en", "integration", 2},
		{"two edits in seven letters", "refgeee", "en", "", 0},
		{"three edits", "intgrtin", "en", "", 0},
		{"a known word", "hosting", "en", "", 0},
		{"three letters", "thx", "en", "", 0},
		{"four letters", "thee", "en", "the", 1},
		{"the query's language: Spanish", "integraciom", "es", "integracion", 1},
		{"the language decides: English", "casx", "en", "case", 1},
		{"an equal score goes by the bytes", "casx", "es", "casa", 1},
		{"the language unknown", "vivenda", "xx", "vivienda", 1},
		{"Greek", "κατικια", "el", "κατοικια", 1},
		{"four Greek letters have one edit, not two", "κατο", "el", "", 0},
		{"Cyrillic", "стамбно", "sr", "стамбено", 1},
		{"Georgian", "საცხოვრებლი", "ka", "საცხოვრებელი", 1},
		{"Armenian", "բնակրան", "", "բնակարան", 1},
		{"a digit", "hous1ng", "en", "", 0},
		{"a word with digits is none", "covidd", "en", "", 0},
		{"no word", "", "en", "", 0},
		{"invalid UTF-8", "hous\xffng", "en", "", 0},
		{"too long", strings.Repeat("a", 65), "en", "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, ok := v.Correct(test.word, test.language)
			if got.Text != test.want || got.Edits != test.edits || ok != (test.want != "") {
				t.Errorf("Correct(%q) = %q, %d edits, %v; want %q, %d", test.word, got.Text, got.Edits, ok, test.want, test.edits)
			}
		})
	}
}

func TestCandidates(t *testing.T) {
	t.Parallel()
	v := field()
	var got []string
	for _, c := range v.Candidates("casx", "es", 10) {
		got = append(got, fmt.Sprintf("%s %d %d", c.Text, c.Edits, c.Documents))
	}
	if want := []string{"casa 1 70", "caso 1 70", "case 1 50"}; !slices.Equal(got, want) {
		t.Errorf("Candidates = %q, want %q", got, want)
	}
	if got := v.Candidates("weeks", "en", 3); len(got) != 1 || got[0].Text != "weeds" {
		t.Errorf("Candidates of a known word = %v, want weeds alone", got)
	}
	for _, n := range []int{0, -1} {
		if got := v.Candidates("casx", "es", n); got != nil {
			t.Errorf("Candidates of %d = %v", n, got)
		}
	}
}

func TestSplitAndJoin(t *testing.T) {
	t.Parallel()
	v := field()
	if left, right, ok := v.Split("cityhall", "en"); left != "city" || right != "hall" || !ok {
		t.Errorf("Split = %q, %q, %v, want city hall", left, right, ok)
	}
	for name, word := range map[string]string{
		"a part is rare": "cityhosting", "a part is in another language": "cityvivienda",
		"a part is unknown": "citydesk", "a known word": "housing", "nothing": "", "a digit": "city1hall",
	} {
		if left, right, ok := v.Split(word, "en"); ok {
			t.Errorf("%s: Split(%q) = %q, %q", name, word, left, right)
		}
	}
	if got, ok := v.Join("sub", "standard"); got != "substandard" || !ok {
		t.Errorf("Join = %q, %v, want substandard", got, ok)
	}
	for _, parts := range [][2]string{{"ho", "using"}, {"integra", "cao"}, {"city", "hall"}, {"", "housing"}} {
		if got, ok := v.Join(parts[0], parts[1]); ok {
			t.Errorf("Join(%q) = %q", parts, got)
		}
	}
}

// TestCompounds takes words apart that a language writes as one, by parts that a single document has.
func TestCompounds(t *testing.T) {
	t.Parallel()
	v := spelling.New(slices.Values([]spelling.Word{
		{Text: "winter", Language: "de", Documents: 1},
		{Text: "platz", Language: "de", Documents: 1},
		{Text: "tag", Language: "de", Documents: 1},
		{Text: "ville", Language: "fr", Documents: 1},
		{Text: "winter", Language: "en", Documents: 1},
		{Text: "park", Language: "en", Documents: 1},
	}))
	for _, test := range []struct{ word, language, want string }{
		{"winterplatz", "de", "winter platz"},
		{"winterplatz", "nl", ""}, // no document is in the language
		{"winterplatz", "", ""},   // nor told
		{"winterpark", "en", ""},  // not a language that joins words
		{"winterpark", "de", ""},  // a part is in another language
		{"winterville", "de", ""},
		{"wintertag", "de", ""}, // a part is too short
	} {
		left, right, _ := v.Split(test.word, test.language)
		if got := strings.TrimSpace(left + " " + right); got != test.want {
			t.Errorf("Split(%q) in %q is %q, want %q", test.word, test.language, got, test.want)
		}
	}
}

func TestRare(t *testing.T) {
	t.Parallel()
	v := field()
	if got, ok := v.Rare("weeds", "en", 2); got.Text != "weeks" || !ok {
		t.Errorf("Rare = %q, %v, want weeks", got.Text, ok)
	}
	if got, ok := v.Rare("weeds", "en", 3); ok {
		t.Errorf("a word in three documents is doubted: %q", got.Text)
	}
	if got, ok := v.Rare("tha", "en", 1); ok {
		t.Errorf("a word of three letters is doubted: %q", got.Text)
	}
	if got, ok := v.Rare("substandart", "en", 1); ok {
		t.Errorf("a word is doubted for one in three documents: %q", got.Text)
	}
}

func TestNewAddsUpAndKeepsTheMostFrequent(t *testing.T) {
	t.Parallel()
	words := []spelling.Word{{"casa", "es", 2}, {"casa", "it", 3}, {"casa", "es", 4}, {"nichts", "de", 0}, {"minus", "de", -1}}
	v := vocabulary(words...)
	if got, _ := v.Correct("cas", ""); got.Text != "" || v.Len() != 1 {
		t.Errorf("%d words, correction %q", v.Len(), got.Text)
	}
	if got, _ := v.Correct("casaa", "es"); got.Documents != 9 {
		t.Errorf("casa is in %d documents, want 9", got.Documents)
	}
	const all = 2*spelling.MaxWords + 1000
	many := func(yield func(spelling.Word) bool) {
		for i := range all {
			if !yield(spelling.Word{Text: numbered(i), Documents: 1 + i}) {
				return
			}
		}
	}
	big := spelling.New(many)
	if big.Len() != spelling.MaxWords {
		t.Errorf("%d words are kept, want %d", big.Len(), spelling.MaxWords)
	}
	if got, ok := big.Correct("qq"+numbered(all-1), ""); !ok || got.Documents != all {
		t.Errorf("the most frequent word is not kept: %v", got)
	}
}

// numbered is a word of eight letters for a number.
func numbered(n int) string {
	b := []byte("aaaaaaaa")
	for i := range b {
		b[len(b)-1-i] = byte('a' + n%26)
		n /= 26
	}
	return string(b)
}

func TestFarIsNeverFiltered(t *testing.T) {
	t.Parallel()
	const alphabet = "abcαжq" // Few letters, so that many words are near; some share a class.
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() string {
		w := make([]rune, 4+r.IntN(8))
		for i := range w {
			w[i] = []rune(alphabet)[r.IntN(6)]
		}
		return string(w)
	}
	var words []spelling.Word
	for range 1500 {
		words = append(words, spelling.Word{Text: draw(), Documents: 1})
	}
	v := vocabulary(words...)
	for range 60 {
		typed := draw()
		allowed := 1
		if len([]rune(typed)) >= 8 {
			allowed = 2
		}
		want := map[string]bool{}
		for _, w := range words {
			if d := distance([]rune(typed), []rune(w.Text)); 0 < d && d <= allowed {
				want[w.Text] = true
			}
		}
		got := v.Candidates(typed, "", len(words))
		if len(got) != len(want) {
			t.Fatalf("%q has %d candidates, want %d", typed, len(got), len(want))
		}
		for _, c := range got {
			if !want[c.Text] || c.Edits != distance([]rune(typed), []rune(c.Text)) {
				t.Errorf("%q -> %q with %d edits", typed, c.Text, c.Edits)
			}
		}
	}
}

func TestManyAtTheSameTime(t *testing.T) {
	t.Parallel()
	v := field()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				if got, _ := v.Correct("housng", "en"); got.Text != "housing" {
					t.Errorf("Correct = %q", got.Text)
				}
			}
		})
	}
	group.Wait()
}

func Example() {
	v := spelling.New(slices.Values([]spelling.Word{
		{Text: "housing", Language: "en", Documents: 120},
		{Text: "hosting", Language: "en", Documents: 3},
		{Text: "city", Language: "en", Documents: 90},
		{Text: "hall", Language: "en", Documents: 12},
	}))
	correction, _ := v.Correct("housng", "en")
	left, right, _ := v.Split("cityhall", "en")
	fmt.Println(correction.Text, left, right)
	// Output: housing city hall
}
