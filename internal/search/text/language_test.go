package text_test

import (
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

func TestTheTableHasTheLanguagesOfTheMembers(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	members := "az bg bs ca cnr cs da de el en es et eu fi fr ga gl hr hu hy is it ka lt lv mk mt nl no pl pt ro rom ru sk sl sq sr sv tr uk"
	for tag := range strings.FieldsSeq(members) {
		x := table.Of(knowledge.LanguageTag(tag))
		if x.Tag != tag {
			t.Errorf("%s is %s", tag, x.Tag)
		}
		stops := 0
		for _, s := range declaration(t) {
			if string(s.language) == tag {
				for _, w := range lowers(s.text) {
					if x.IsStop(text.Fold(w)) {
						stops++
					}
				}
			}
		}
		if stops < 15 {
			t.Errorf("two articles of the declaration in %s have %d words without meaning", tag, stops)
		}
	}
	all := table.All()
	if len(all) != len(strings.Fields(members)) || len(all) > 64 || all[0].Tag != "en" {
		t.Errorf("%d languages, the first is %s", len(all), all[0].Tag)
	}
	all[0] = nil
	if table.All()[0] == nil {
		t.Error("a caller can change the table")
	}
}

func TestOfTakesAnyFormOfATag(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for tag, want := range map[knowledge.LanguageTag]string{
		"en-GB": "en", "EN": "en", "nb": "no", "nn-NO": "no", "sr-Cyrl": "sr", "sr-Latn-RS": "sr", "sh": "sr", "rmy": "rom", "mo": "ro",
		"": "und", "und": "und", "xx": "und",
	} {
		if got := table.Of(tag).Tag; got != want {
			t.Errorf("%q is %s, want %s", tag, got, want)
		}
	}
	if table.Of("xx") != table.Other() {
		t.Error("an unknown language is not Other")
	}
}

func TestEachSuffixIsThereOnce(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	var suffixes []string
	for _, x := range table.Fields() {
		suffixes = append(suffixes, x.Suffix())
	}
	if last := table.Fields()[len(suffixes)-1]; last != table.Other() || last.Suffix() != text.Undetermined {
		t.Errorf("the last one is %s", last.Tag)
	}
	for _, x := range table.All() {
		n := 0
		for _, s := range suffixes {
			if s == x.Suffix() {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the suffix of %s is there %d times", x.Tag, n)
		}
	}
	slices.Sort(suffixes)
	if len(slices.Compact(suffixes)) != len(table.Fields()) {
		t.Error("a suffix is there twice")
	}
	for _, tag := range []knowledge.LanguageTag{"hr", "bs", "cnr"} {
		if table.Of(tag).Suffix() != table.Of("sr").Suffix() {
			t.Errorf("%s and sr do not share their fields", tag)
		}
	}
}

// Each line has words with the same term; the next line of a language has another one.
func TestTermsMeet(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for _, test := range []struct {
		tag   knowledge.LanguageTag
		words string
	}{
		{"en", "house houses housing"},
		{"en", "school schools"},
		{"es", "vivienda viviendas"},
		{"fr", "logement logements"},
		{"it", "abitazione abitazioni"},
		{"pt", "habitação habitações"},
		{"ro", "locuință locuințe"},
		{"de", "wohnung wohnungen"},
		{"nl", "woning woningen"},
		{"hu", "lakás lakások"},
		{"sv", "flicka flickor flickorna"},
		{"da", "bolig boliger"},
		{"nb", "bolig boliger"},
		{"fi", "talo talot talossa"},
		{"tr", "konut konutlar"},
		{"ga", "fear bhfear fhear"},
		{"ru", "семья семьи семьям"},
		{"ru", "школа школы школе"},
		{"sr", "stanovanje stanovanja становање становања"},
		{"sr", "škola škole школа школама skola"},
		{"hr", "stanovanje stanovanjem"},
		{"sr", "rom romi roma"},
		{"bs", "općina općine"},
		{"cnr", "opština opštini општина"},
		{"cs", "škola školy školou školách"},
		{"cs", "město města městem městech"},
		{"cs", "český české čeští"},
		{"cs", "domek domku"},
		{"cs", "stůl stolu"},
		{"cs", "matčin matka"},
		{"bg", "училище училища училището"},
		{"bg", "град градът градове градовете"},
		{"bg", "жилище жилища жилищата"},
		{"bg", "програма програми програмите"},
		{"bg", "дете детето"},
		{"bg", "ромски ромския"},
		{"bg", "театър театри"},
		{"bg", "образован образовани"},
		{"mk", "училиште училишта училиштето"},
		{"uk", "здоров'я здоров’я"},
		{"el", "κατοικία κατοικίες κατοικιών"},
		{"sq", "banesa banesat banesave"},
		{"sk", "bývanie bývania"},
		{"sl", "stanovanje stanovanja"},
		{"pl", "mieszkanie mieszkania mieszkań"},
		{"xx", "stanovanje становања"},
	} {
		x := table.Of(test.tag)
		terms := map[string]bool{}
		for _, word := range lowers(test.words) {
			terms[x.Term(word)] = true
		}
		if len(terms) != 1 || terms[""] {
			t.Errorf("%s: %s have the terms %v", test.tag, test.words, terms)
		}
	}
}

func TestDifferentWordsStayApart(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for tag, words := range map[knowledge.LanguageTag]string{
		"sr": "rom romantika grad gradnja stan stanica", "cs": "město místo škola školka", "bg": "град гора жена живот",
		"cnr": "dijete djed", "ru": "школа жильё",
	} {
		seen := map[string]string{}
		for word := range strings.FieldsSeq(words) {
			term := table.Of(tag).Term(word)
			if other, isThere := seen[term]; isThere {
				t.Errorf("%s: %s and %s are both %s", tag, word, other, term)
			}
			seen[term] = word
		}
	}
}

func TestWordsWithoutMeaningHaveNoTerm(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for tag, words := range map[knowledge.LanguageTag]string{
		"en": "the of", "sr": "је су али za", "hr": "tko što", "bg": "и на", "ru": "и в на", "cs": "a v že", "ga": "agus", "tr": "ve ile",
	} {
		x := table.Of(tag)
		for word := range strings.FieldsSeq(words) {
			if term := x.Term(word); term != "" || !x.IsStop(text.Fold(word)) {
				t.Errorf("%s: %s has the term %q", tag, word, term)
			}
		}
	}
	// Languages that share the fields for those without a stemmer keep them: they are words elsewhere.
	if table.Of("sq").Term("dhe") == "" || !table.Of("sq").IsStop("dhe") {
		t.Error("an Albanian word without meaning is not in the shared fields")
	}
}

func TestTheFingerprintIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	a, b := text.NewLanguages().Fingerprint(), text.NewLanguages().Fingerprint()
	if a != b || len(a) != 64 {
		t.Errorf("fingerprints %s and %s", a, b)
	}
}
