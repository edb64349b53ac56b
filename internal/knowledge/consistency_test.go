package knowledge_test

import (
	"encoding/base64"
	"math"
	"regexp"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
)

func TestConsistencyTokensAreReadAsWritten(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	for _, kind := range knowledge.Kinds() {
		for _, revision := range []knowledge.Revision{1, 9, 10, 4711, math.MaxInt32} {
			want := knowledge.ConsistencyToken{ID: knowledge.NewID(kind), Revision: revision}
			text := want.String()
			got, err := knowledge.ParseConsistencyToken(text)
			if err != nil || got != want || !form.MatchString(text) {
				t.Errorf("%+v is written %q and read %+v, %v", want, text, got, err)
			}
			if strings.Contains(text, string(want.ID)) {
				t.Errorf("%q shows what it is made of", text)
			}
		}
	}
}

func TestNoConsistencyToken(t *testing.T) {
	t.Parallel()
	if text := (knowledge.ConsistencyToken{}).String(); text != "" {
		t.Errorf("no token is written %q", text)
	}
	if got, err := knowledge.ParseConsistencyToken(""); err != nil || got != (knowledge.ConsistencyToken{}) {
		t.Errorf("an empty text is read as %+v, %v", got, err)
	}
}

func TestGarbledConsistencyTokens(t *testing.T) {
	t.Parallel()
	good := knowledge.ConsistencyToken{ID: knowledge.NewID(knowledge.KindPractice), Revision: 3}
	write := func(plain string) string { return base64.RawURLEncoding.EncodeToString([]byte(plain)) }
	for name, text := range map[string]string{
		"a word":               "token",
		"a blank":              " ",
		"one letter less":      good.String()[:len(good.String())-1],
		"one letter more":      good.String() + "A",
		"a blank before":       " " + good.String(),
		"padding":              good.String() + "==",
		"a line break inside":  good.String()[:8] + "\n" + good.String()[8:],
		"the id alone":         write(string(good.ID)),
		"no revision":          write(string(good.ID) + "."),
		"revision 0":           write(string(good.ID) + ".0"),
		"a negative revision":  write(string(good.ID) + ".-1"),
		"a revision with plus": write(string(good.ID) + ".+3"),
		"a revision with 0":    write(string(good.ID) + ".03"),
		"a huge revision":      write(string(good.ID) + ".2147483648"),
		"no id":                write(".3"),
		"another id":           write("PR_x.3"),
		"very long":            strings.Repeat("A", 1<<20),
	} {
		got, err := knowledge.ParseConsistencyToken(text)
		if !knowledge.IsKind(err, knowledge.Invalid) || got != (knowledge.ConsistencyToken{}) {
			t.Errorf("%s is read as %+v, %v", name, got, err)
		}
	}
}

func FuzzParseConsistencyToken(f *testing.F) {
	f.Add("")
	f.Add(knowledge.ConsistencyToken{ID: knowledge.CountryID("ES"), Revision: 12}.String())
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := knowledge.ParseConsistencyToken(text); err == nil && got.String() != text {
			t.Errorf("%q is read as %q", text, got)
		}
	})
}
