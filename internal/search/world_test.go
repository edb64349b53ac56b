package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

// bilingual are practices in several languages, with groups under an umbrella and a town of several names.
func bilingual() []knowledge.Entity {
	roma := kt.TargetGroup("roma", "Roma", "es:Gitanos", "fr:Roms")
	sinti := kt.TargetGroup("sinti", "Sinti", "fr:Manouches", "de:Sinti und Manusch")
	sinti.HiddenLabels = []knowledge.Label{{Language: "en", Text: "syntee"}}
	sinti.BroaderID = new(roma.ID)
	travellers := kt.TargetGroup("travellers", "Travellers", "fr:Gens du voyage")
	travellers.BroaderID = new(roma.ID)
	turin := kt.Authority("turin", "Turin", "IT")
	turin.Names = append(turin.Names,
		knowledge.Label{Language: "it", Kind: knowledge.LabelPreferred, Text: "Torino"},
		knowledge.Label{Language: "en", Kind: knowledge.LabelAlternative, Text: "Taurinum"})
	return []knowledge.Entity{
		roma, sinti, travellers, turin, kt.Country("IT", "Italy", "it:Italia"),
		practice("umbrella", "en", "Health fair", "Nurses measured blood pressure on a market day.", kt.For("roma")),
		practice("of-sinti", "de", "Musikschule", "Die Kinder lernen Geige und Gitarre.", kt.For("sinti")),
		practice("of-travellers", "fr", "Aires d’accueil", "Des aires avec eau et électricité.", kt.For("travellers")),
		practice("in-turin", "en", "Job mentors", "Mentors found work for young adults.", kt.By("turin"), kt.In("IT")),
		practice("es-health", "es", "Salud en el barrio", "Las enfermeras visitaron a las familias del barrio."),
	}
}

// topics are words that come together, in three topics.
func topics() [][]string {
	return [][]string{
		strings.Fields("flats rent landlord tenants social housing renovation heating roof shacks settlement evictions contract council families move"),
		strings.Fields("school pupils teachers mediators homework reading attendance classroom kindergarten parents language lessons exam library scholarship"),
		strings.Fields("nurses vaccination clinic doctors hospital midwives patients medicine screening insurance mothers babies check-ups ambulance diet"),
	}
}

// topical are n practices in English, each about one of the topics in turn: the slug begins with its number.
func topical(n int, seed uint64) []knowledge.Entity {
	rng := rand.New(rand.NewPCG(seed, 1))
	all := topics()
	var out []knowledge.Entity
	for i := range n {
		topic := all[i%len(all)]
		sentence := func() string {
			var b strings.Builder
			for range 3 {
				fmt.Fprintf(&b, "the %s and ", topic[rng.IntN(len(topic))])
			}
			return "In the city there were " + b.String() + "that was all of it. "
		}
		out = append(out, practice(fmt.Sprintf("%d-%d-%d", i%len(all), seed, i), "en", topic[rng.IntN(len(topic))]+" and "+topic[rng.IntN(len(topic))],
			sentence()+sentence(), kt.From(2000+rng.IntN(20))))
	}
	return out
}

// abroad are practices in other languages than English.
func abroad() []knowledge.Entity {
	var out []knowledge.Entity
	for language, sentences := range map[knowledge.LanguageTag][]string{
		"de": {
			"Die Stadt hat mit den Familien neue Wohnungen gebaut und die Mieten gesenkt.",
			"Für die Kinder gibt es in der Schule eine Begleitung, die beide Sprachen spricht.",
			"Das Krankenhaus und die Ärzte arbeiten mit den Vermittlerinnen aus der Siedlung zusammen.",
			"Eine Genossenschaft vermietet kleine Häuser mit Garten an junge Leute ohne festes Einkommen.",
			"Nach zwei Jahren hatten fast alle Erwachsenen wieder Arbeit, weil Betriebe im Viertel Lehrstellen anboten.",
			"Der Verein berät bei Anträgen, übersetzt Briefe vom Amt und begleitet Menschen zum Gericht.",
		},
		"es": {
			"Las familias del barrio recibieron viviendas nuevas y el ayuntamiento pagó el alquiler.",
			"En la escuela hay mediadores que hablan con los niños y con sus padres todos los días.",
			"El hospital y las enfermeras visitan a las madres del asentamiento cada semana.",
			"Una cooperativa alquila casas pequeñas con jardín a jóvenes sin ingresos fijos.",
			"Después de dos años casi todos los adultos tenían trabajo porque las empresas ofrecieron contratos de aprendizaje.",
			"La asociación ayuda con las solicitudes, traduce cartas y acompaña a la gente al juzgado.",
		},
		"sr-Cyrl": {
			"Град је са породицама изградио нове станове и смањио кирију за становнике насеља.",
			"У школи раде медијатори који говоре са децом и са њиховим родитељима.",
			"Болница и лекари раде заједно са здравственим медијаторкама из насеља.",
			"Задруга изнајмљује мале куће са баштом младима који немају стална примања.",
			"После две године скоро сви одрасли су имали посао јер су предузећа нудила обуку.",
			"Удружење помаже око захтева, преводи писма и прати људе на суд.",
		},
		"tr": {
			"Belediye ailelerle birlikte yeni konutlar yaptı ve kiraları düşürdü.",
			"Okulda çocuklarla ve anne babalarıyla konuşan arabulucular vardır.",
			"Hastane ve doktorlar mahalledeki sağlık arabulucularıyla birlikte çalışıyor.",
			"Bir kooperatif düzenli geliri olmayan gençlere bahçeli küçük evler kiralıyor.",
			"İki yıl sonra yetişkinlerin neredeyse hepsinin işi vardı, çünkü şirketler eğitim verdi.",
			"Dernek başvurularda yardım ediyor, mektupları çeviriyor ve insanlara mahkemede eşlik ediyor.",
			"Kadınlar için her hafta ücretsiz kurslar ve toplantılar düzenleniyor, çay da ikram ediliyor.",
		},
	} {
		for i, s := range sentences {
			for j := range 2 {
				title := strings.Join(strings.Fields(s)[:4], " ")
				out = append(out, practice(fmt.Sprintf("%s-%d-%d", strings.ToLower(string(language)), i, j), language, title, s))
			}
		}
	}
	return out
}
