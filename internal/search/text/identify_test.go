package text_test

import (
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

func TestIdentifyKnowsEveryLanguageOfTheTable(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for _, s := range declaration(t) {
		got, ok := table.Identify(s.text)
		if table.Of(s.language).Suffix() == "sh" { // Whole articles are the same in these.
			if !ok || table.Of(got).Suffix() != "sh" {
				t.Errorf("%s is taken for %q", s.language, got)
			}
			continue
		}
		if !ok || got != s.language {
			t.Errorf("%s is taken for %q: %.60s", s.language, got, s.text)
		}
	}
}

func TestIdentifyTellsSouthSlavicLanguagesByTheirOwnWords(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for _, s := range []spoken{
		{"sr", "Gde su deca pre škole? Opština je posle toga svima dala mesto, a takođe i prevoz, i sve to uvek besplatno."},
		{"sr", "Где су деца пре школе? Општина је после тога свима дала место, а такође и превоз, и све то увек бесплатно."},
		{"hr", "Tko je prije živio u naselju, dobio je stan, što je tijekom godine svatko mogao vidjeti. Također je sve besplatno."},
		{"bs", "Ko je prije živio u naselju, dobio je stan, i to je tokom godine svako mogao vidjeti. Također je uopće sve besplatno."},
		{"cnr", "Ko je prije živio u naselju nijesu znali, i to je tokom godine svako mogao vidjeti. Takođe je sve uopšte besplatno."},
	} {
		if got, ok := table.Identify(s.text); !ok || got != s.language {
			t.Errorf("%s is taken for %q: %s", s.language, got, s.text)
		}
	}
}

func TestIdentifyReadsTextsTypedWithoutMarks(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for _, s := range []spoken{
		{"ro", "Primaria a dat locuinte sociale pentru familiile care au fost evacuate si nu mai aveau unde sa stea."},
		{"es", "La ciudad dio viviendas a las familias que no tenian donde vivir y las acompano durante tres anos con apoyo social."},
		{"tr", "Belediye, evi olmayan aileler icin yeni konutlar yapti ve daha sonra cocuklar ile ilgili bir program da baslatti."},
	} {
		if got, ok := table.Identify(s.text); !ok || got != s.language {
			t.Errorf("%s is taken for %q: %s", s.language, got, s.text)
		}
	}
}

func TestIdentifyRefusesWhatSaysTooLittle(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	for _, s := range []string{
		"", "2015", "Madrid", "...", "日本語の文章です", "IRIS", "Los Angeles Rams, San Diego Chargers, Los Angeles Lakers, Los Angeles Clippers",
		"Madrid, Barcelona, Cluj-Napoca, Toulouse, Skopje, Podgorica", "housing school mediators", "xqz wvk pfft",
	} {
		if got, ok := table.Identify(s); ok || got != "" {
			t.Errorf("%q is taken for %s", s, got)
		}
	}
}

func TestIdentifyLooksAtTheBeginningOnly(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	english, spanish := "the house of the people and of their city ", "la casa de las personas y de su ciudad que no es "
	if got, _ := table.Identify(strings.Repeat(english, 80) + strings.Repeat(spanish, 800)); got != "en" {
		t.Errorf("the text is taken for %q", got)
	}
}

func TestIdentifyOnRecords(t *testing.T) {
	t.Parallel()
	table := text.NewLanguages()
	languages := map[knowledge.LanguageTag]bool{}
	fields := seed(t)
	for i := range fields["title"] {
		language := fields["title"][i].language
		var texts []string
		for _, name := range []string{"title", "summary", "context"} {
			texts = append(texts, fields[name][i].text)
		}
		whole := strings.Join(texts, "\n")
		if got, ok := table.Identify(whole); !ok || got != language {
			t.Errorf("%s is taken for %q: %.80s", language, got, whole)
		}
		languages[language] = true
	}
	if len(languages) < 10 {
		t.Errorf("the records have %d languages", len(languages))
	}
}

func TestIdentifyOnParagraphs(t *testing.T) {
	t.Parallel()
	texts := paragraphs(t)
	table := text.NewLanguages()
	right, wrong := 0, 0
	for _, s := range texts {
		switch got, ok := table.Identify(s.text); {
		case ok && got == s.language:
			right++
		case ok:
			wrong++
		}
	}
	t.Logf("%d of %d are told, %d wrongly", right, len(texts), wrong)
	if float64(right) < 0.99*float64(len(texts)) || wrong > 0 {
		t.Errorf("%d of %d are told, %d wrongly", right, len(texts), wrong)
	}
}
