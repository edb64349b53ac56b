package text_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// Every field of the records in turn is kept from the detector, and told by the others.
func TestDetectOnRecords(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	fields := seed(t)
	total, right := 0, 0
	for held, texts := range fields {
		var others []spoken
		for name, more := range fields {
			if name != held {
				others = append(others, more...)
			}
		}
		d := table.NewDetector(counted(others...))
		for _, s := range texts {
			words := lowers(s.text)
			got, _ := d.Detect(words[:min(10, len(words))], nil)
			total++
			switch got {
			case s.language:
				right++
			case "":
			default:
				t.Errorf("%s is taken for %s: %s", s.language, got, s.text)
			}
		}
	}
	if float64(right) < 0.995*float64(total) || total < 800 {
		t.Errorf("%d of %d are told", right, total)
	}
}

func TestDetectOnQuestions(t *testing.T) {
	t.Parallel()
	texts, asked := paragraphs(t), questions(t)
	d := text.NewLanguages().NewDetector(counted(texts...))
	right := 0
	for _, q := range asked {
		if got, likely := d.Detect(lowers(q.text), nil); got == q.language && likely > 0.8 && likely <= 1 {
			right++
		}
	}
	t.Logf("%d of %d questions are told", right, len(asked))
	if float64(right) < 0.995*float64(len(asked)) {
		t.Errorf("%d of %d questions are told", right, len(asked))
	}
	for query, want := range map[string]knowledge.LanguageTag{
		"vivienda": "es", "housing": "en", "konut": "tr", "energia": "es", "viviendas sociales": "es", "shanty towns": "en", "ışık": "tr",
		"tesla": "", "madrid": "", "martin luther king": "", "plan": "", "social": "", "2015": "", "xqzwv": "", "как живут люди": "", "": "",
	} {
		if got, _ := d.Detect(lowers(query), nil); got != want {
			t.Errorf("%q is taken for %q, want %q", query, got, want)
		}
	}
}

// small is a corpus in which a word is in English and Spanish alike.
func small(tb testing.TB, more ...spoken) *text.Detector {
	tb.Helper()
	texts := more
	for _, s := range declaration(tb) {
		if s.language == "en" || s.language == "es" || s.language == "bg" {
			texts = append(texts, s, spoken{s.language, "plan social Madrid"})
		}
	}
	return text.NewLanguages().NewDetector(counted(texts...))
}

func TestTheReaderTipsTheBalance(t *testing.T) {
	t.Parallel()
	d := small(t, spoken{"es", strings.Repeat("social ", 30)})
	detect := func(query string, preferred ...knowledge.LanguageTag) knowledge.LanguageTag {
		got, _ := d.Detect(lowers(query), preferred)
		return got
	}
	for _, test := range []struct {
		got, want knowledge.LanguageTag
		what      string
	}{
		{detect("Madrid"), "", "a name"},
		{detect("Madrid", "es"), "", "a name, for a Spanish reader"},
		{detect("plan social", "es-MX"), "es", "a word that Spanish has more often, for a reader in Mexico"},
		{detect("education everyone", "es"), "en", "English, for a Spanish reader"},
		{detect("Всеки човек"), "bg", "Bulgarian"},
		{detect("ωστόσο"), "", "Greek, which the corpus does not have"},
		{detect("Madrid 2015!", "de"), "", "a name, for a reader of a language that is not there"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
}

func TestDetectTakesLanguagesWithTheSameFieldsTogether(t *testing.T) {
	t.Parallel()
	var texts []spoken
	for _, s := range declaration(t) {
		if slices.Contains([]knowledge.LanguageTag{"sr", "hr", "bs", "cnr", "en"}, s.language) {
			texts = append(texts, s)
		}
	}
	table := text.NewLanguages()
	d := table.NewDetector(counted(texts...))
	for _, query := range []string{"pravo na obrazovanje", "право на образовање", "svrha obrazovanja"} {
		if got, likely := d.Detect(lowers(query), nil); table.Of(got).Suffix() != "sh" || likely < 0.9 {
			t.Errorf("%s is taken for %q by %.2f", query, got, likely)
		}
	}
}

func TestADetectorKnowsOnlyItsCorpus(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	if got, likely := table.NewDetector(counted()).Detect([]string{"housing"}, nil); got != "" || likely != 0 {
		t.Errorf("without a corpus, housing is %q", got)
	}
	english := declaration(t)[0]
	few := spoken{"fr", "trop peu de mots pour une langue"}
	unknown := spoken{"xx-Latn", strings.Join(invented(200), " ")}
	d := table.NewDetector(counted(english, few, unknown, spoken{"", unknown.text}, spoken{"und", unknown.text}))
	if got, _ := d.Detect(lowers("trop peu de mots"), nil); got == "fr" {
		t.Error("a language of seven words is told")
	}
	if got, _ := d.Detect(invented(5), nil); got != "xx" {
		t.Errorf("words of a language without a row are taken for %q", got)
	}
}

// invented is words that no language has.
func invented(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%cq%cx%ck", 'a'+i%26, 'a'+i/26%26, 'a'+i/7%26))
	}
	return out
}

func TestADetectorStaysSmall(t *testing.T) {
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	table := text.NewLanguages()
	var tags []knowledge.LanguageTag
	for _, x := range table.All()[:20] {
		tags = append(tags, knowledge.LanguageTag(x.Tag))
	}
	before := heap()
	d := table.NewDetector(func(visit func(text.WordCount) bool) {
		for i := range 20*8_500 + 52_000 { // Words of random letters have more trigrams than any language has.
			x := uint64(i) * 0x9E3779B97F4A7C15
			var word []byte
			for range 7 {
				word = append(word, byte('a'+x%24))
				x /= 24
			}
			tag := tags[0] // which has more words than are counted at a time
			if i < 20*8_500 {
				tag = tags[i%20]
			}
			if !visit(text.WordCount{Language: tag, Folded: string(word), Count: 1 + i%3}) {
				return
			}
		}
	})
	size := int64(heap()) - int64(before)
	t.Logf("%d KB", size>>10)
	if size > 8<<20 {
		t.Errorf("a detector of 20 languages takes %d KB", size>>10)
	}
	runtime.KeepAlive(d)
}
