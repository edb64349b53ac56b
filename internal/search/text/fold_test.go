package text_test

import (
	"strings"
	"testing"

	"goodpractice/internal/search/text"
)

func TestFoldMakesScriptsAndMarksMeet(t *testing.T) {
	t.Parallel()
	for folded, spellings := range map[string]string{
		"stambeno":   "стамбено Стамбено stambeno STAMBENO",
		"sabac":      "Шабац Šabac Sabac",
		"dorde":      "Ђорђе Đorđe",
		"njegos":     "Његош Njegoš Ǌegoš NJEGOŠ",
		"ljubljana":  "Љубљана Ljubljana",
		"dzamija":    "џамија džamija",
		"sofia":      "София Sofia",
		"sofija":     "Софија Sofija",
		"rossia":     "Россия росси\u0301я",
		"skopje":     "Скопје Skopje",
		"jambol":     "Ямбол Jambol",
		"jordan":     "Йордан И\u0306ордан Jordan",
		"evropa":     "Европа Эвропа Європа evropa",
		"ukraina":    "Україна Украина Ukraina",
		"targoviste": "Търговище Tărgovište",
		"gorce":      "Ѓорче Ǵorče",
		"kosarka":    "кошарка košarka",
		"simja":      "сім'я сім’я сімʼя сімя",
		"den":        "день день",
		"αθηνα":      "Αθήνα ΑΘΗΝΑ",
		"strasse":    "Straße STRASSE strasse",
		"tm":         "™ TM",
		"beyoglu":    "Beyoğlu BEYOĞLU",
	} {
		for s := range strings.FieldsSeq(spellings) {
			text.EachWord(s+".", func(w text.Token) {
				if got := text.Fold(w.Lower); got != folded {
					t.Errorf("%s is folded to %q, want %q", s, got, folded)
				}
			})
			if !strings.ContainsAny(s, "'’ʼ") && text.FoldAny(s) != folded {
				t.Errorf("FoldAny of %s is %q, want %q", s, text.FoldAny(s), folded)
			}
			if got := string(text.AppendFolded([]byte("is "), s)); got != "is "+folded {
				t.Errorf("AppendFolded of %s gives %q", s, got)
			}
		}
	}
}

func TestFoldKeepsOtherScripts(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"თბილისი", "երևան", "θεσσαλονικη", "日本", "қазақ"} {
		if got := text.Fold(s); strings.ContainsAny(got, "abcdefghijklmnopqrstuvwxyz") && s != "қазақ" {
			t.Errorf("%s is folded to %q", s, got)
		}
	}
	if got := text.Fold("қазақ"); got != "қazaқ" {
		t.Errorf("a letter that is in no Slavic alphabet: %q", got)
	}
}

func TestAnApostropheIsAPartOfACyrillicWord(t *testing.T) {
	t.Parallel()
	const s = "Здоров'я! сім’я l'été 'слово' п'ять-об'єкт"
	var got []string
	text.EachWord(s, func(w text.Token) { got = append(got, w.Lower+"="+s[w.Start:w.End]) })
	want := "здоровя=Здоров'я сімя=сім’я été=été слово=слово пять=п'ять обєкт=об'єкт"
	if strings.Join(got, " ") != want {
		t.Errorf("words = %q, want %s", got, want)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		s    string
		n    int
		want string
	}{{"жизнь", 3, "жиз"}, {"ab", 3, "ab"}, {"", 3, ""}, {"abc", 0, ""}} {
		if got := text.Cut(test.s, test.n); got != test.want {
			t.Errorf("Cut(%q, %d) = %q", test.s, test.n, got)
		}
	}
}
