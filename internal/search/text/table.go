package text

import (
	"github.com/blevesearch/bleve/v2/analysis/lang/bg"
	"github.com/blevesearch/bleve/v2/analysis/lang/ca"
	"github.com/blevesearch/bleve/v2/analysis/lang/cs"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/el"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/eu"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/ga"
	"github.com/blevesearch/bleve/v2/analysis/lang/gl"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/hy"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// row is a language of the table.
type row struct {
	tag     string
	stem    func(lower string) string // nil: a word is folded and cut
	stop    []byte                    // words without meaning
	scripts script                    // zero: Latin
	letters string                    // of the alphabet beyond a to z; "": not told, where the script says enough
	suffix  string                    // of the fields; "": the tag
}

// language makes of a row what others see of it.
func (r row) language() *Language {
	x := &Language{Tag: r.tag, suffix: r.suffix, stem: r.stem, stop: map[string]bool{}, scripts: r.scripts}
	for word := range stopWords(r.stop) {
		x.stop[FoldAny(word)] = true
	}
	if x.scripts == 0 {
		x.scripts = latinScript
	}
	switch {
	case x.stem == nil:
		x.suffix = Undetermined
	case x.suffix == "":
		x.suffix = x.Tag
	}
	if x.stem != nil {
		x.terms = newTermCache()
	}
	return x
}

// table lists the languages. To add one, add a row: nothing else names a language. English comes first:
// where a text could be in several languages, the earlier one is taken.
//
// Most have a stemmer of Snowball, which for Spanish and Italian does better than Bleve's light ones. Where
// none is at hand, words are cut: the one for Polish in Bleve is a table of 2 MB.
func table() []row {
	south := southSlavic()
	both := latinScript | cyrillicScript
	return []row{
		{tag: "en", stem: snowball(english.Stem), stop: en.EnglishStopWords},
		{tag: "es", stem: snowball(spanish.Stem), stop: es.SpanishStopWords, letters: "áéíóúñü"},
		{tag: "fr", stem: snowball(french.Stem), stop: fr.FrenchStopWords, letters: "àâçéèêëîïôùûüœæÿ"},
		{tag: "it", stem: snowball(italian.Stem), stop: it.ItalianStopWords, letters: "àèéìíîòóùú"},
		{tag: "pt", stem: snowball(portuguese.Stem), stop: pt.PortugueseStopWords, letters: "áâãàçéêíóôõúü"},
		{tag: "ro", stem: snowball(romanian.Stem), stop: ro.RomanianStopWords, letters: "ăâîșțşţ"},
		{tag: "de", stem: snowball(german.Stem), stop: de.GermanStopWords, letters: "äöüß"},
		{tag: "nl", stem: snowball(dutch.Stem), stop: nl.DutchStopWords, letters: "áéëïíóöüèê"},
		{tag: "hu", stem: snowball(hungarian.Stem), stop: hu.HungarianStopWords, letters: "áéíóöőúüű"},
		{tag: "sv", stem: snowball(swedish.Stem), stop: sv.SwedishStopWords, letters: "åäöéà"},
		{tag: "da", stem: snowball(danish.Stem), stop: with(da.DanishStopWords, moreDanish), letters: "æøåé"},
		{tag: "no", stem: snowball(norwegian.Stem), stop: no.NorwegianStopWords, letters: "æøåéèêóòôâ"},
		{tag: "fi", stem: snowball(finnish.Stem), stop: with(fi.FinnishStopWords, moreFinnish), letters: "äöåšž"},
		{tag: "tr", stem: snowball(turkish.Stem), stop: with(tr.TurkishStopWords, moreTurkish), letters: "çğıöşüâîû"},
		{tag: "ru", stem: snowball(russian.Stem), stop: ru.RussianStopWords, scripts: cyrillicScript, letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"},
		{tag: "ga", stem: snowball(irish.Stem), stop: ga.IrishStopWords, letters: "áéíóú"},
		{tag: "sr", stem: south, stop: []byte(serbianStopWords), scripts: both, suffix: "sh", letters: "čćđšžабвгдђежзијклљмнњопрстћуфхцчџш"},
		{tag: "hr", stem: south, stop: []byte(croatianStopWords), suffix: "sh", letters: "čćđšž"},
		{tag: "bs", stem: south, stop: []byte(bosnianStopWords), scripts: both, suffix: "sh", letters: "čćđšžабвгдђежзијклљмнњопрстћуфхцчџш"},
		{tag: "cnr", stem: south, stop: []byte(montenegrinStopWords), scripts: both, suffix: "sh", letters: "čćđšžабвгдђежзијклљмнњопрстћуфхцчџшźś"},
		{tag: "cs", stem: czech, stop: cs.CzechStopWords, letters: "áčďéěíňóřšťúůýž"},
		{tag: "bg", stem: bulgarian, stop: bg.BulgarianStopWords, scripts: cyrillicScript, letters: "абвгдежзийклмнопрстуфхцчшщъьюяѝ"},
		{tag: "el", stop: el.GreekStopWords, scripts: greekScript, letters: "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"},
		{tag: "sq", stop: []byte(albanianStopWords), letters: "çëâ"},
		{tag: "mk", stop: []byte(macedonianStopWords), scripts: cyrillicScript, letters: "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ"},
		{tag: "uk", stop: []byte(ukrainianStopWords), scripts: cyrillicScript, letters: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"},
		{tag: "sk", stop: []byte(slovakStopWords), letters: "áäčďéíĺľňóôŕšťúýž"},
		{tag: "sl", stop: []byte(sloveneStopWords), letters: "čšž"},
		{tag: "pl", stop: []byte(polishStopWords), letters: "ąćęłńóśźż"},
		{tag: "lt", stop: []byte(lithuanianStopWords), letters: "ąčęėįšųūž"},
		{tag: "lv", stop: []byte(latvianStopWords), letters: "āčēģīķļņšūž"},
		{tag: "et", stop: []byte(estonianStopWords), letters: "äöõüšž"},
		{tag: "rom", stop: []byte(romaniStopWords), letters: "áäåćčêëéíïǒšśžźřâșțǎ"},
		{tag: "mt", stop: []byte(malteseStopWords), letters: "ċġħżàèìòù"},
		{tag: "is", stop: []byte(icelandicStopWords), letters: "áðéíóúýþæö"},
		{tag: "ka", stop: []byte(georgianStopWords), scripts: georgianScript},
		{tag: "hy", stop: with(hy.ArmenianStopWords, armenianStopWords), scripts: armenianScript},
		{tag: "az", stop: []byte(azerbaijaniStopWords), letters: "əçğıöşü"},
		{tag: "ca", stop: ca.CatalanStopWords, letters: "àçéèíïóòúü·"},
		{tag: "gl", stop: gl.GalicianStopWords, letters: "áéíóúñüï"},
		{tag: "eu", stop: eu.BasqueStopWords, letters: "ñçü"},
	}
}

// with adds words to a list.
func with(list []byte, more string) []byte { return append([]byte(more+"\n"), list...) }
