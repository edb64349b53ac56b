package thesaurus_test

import (
	"testing"

	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// passage is what the benchmarks look for mentions in: plain text with a few words of the field.
const passage = `In 2014 the municipality began to move forty families from an informal settlement at the edge of the
town to flats in ordinary neighbourhoods. Each family signed a contract with the housing company and had a mediator
for two years, who helped with the rent, with the papers and with finding a school near the new home. Of the forty
families thirty-six still lived in their flats when the programme was evaluated by the university five years later, and
most of the children went to the same schools as their neighbours. The costs were lower than those of the temporary
shelters that the town had paid for before, which is why the council decided to go on without further grants.`

func BenchmarkEachMention(b *testing.B) {
	th := given(b)
	list := words(passage)
	found := 0
	count := func(*thesaurus.Concept, int, int) { found++ }
	th.EachMention(list, "en", count)
	b.ReportAllocs()
	for b.Loop() {
		th.EachMention(list, "en", count)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(list)), "ns/word")
	if found == 0 {
		b.Error("found nothing")
	}
}

func BenchmarkEachMentionAnywhere(b *testing.B) {
	th := given(b)
	list := words("alojamiento familles roms hébergement zzzz")
	visit := func(thesaurus.Mention) {}
	th.EachMentionAnywhere(list, "fr", visit)
	b.ReportAllocs()
	for b.Loop() {
		th.EachMentionAnywhere(list, "fr", visit)
	}
}

func BenchmarkNew(b *testing.B) {
	languages := text.NewLanguages()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := thesaurus.New(languages); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewAndPrepare(b *testing.B) {
	languages := text.NewLanguages()
	for b.Loop() {
		th, err := thesaurus.New(languages)
		if err != nil {
			b.Fatal(err)
		}
		th.Prepare()
	}
}
