package bundle

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// special are letters that Unicode does not take apart into a base letter and a mark.
var special = strings.NewReplacer(
	"ı", "i", "ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ħ", "h",
)

// slugify keeps the letters a to z and digits of a name, without accents, and puts hyphens between its
// words. Names that differ in accents or case only have the same slug. A name without any such letter
// has the slug "".
func slugify(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(special.Replace(strings.ToLower(name))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	return b.String()
}

// fold is what two spellings of a name have in common: its slug or, in a script without one, the name
// in lower case.
func fold(name string) string {
	if s := slugify(name); s != "" {
		return s
	}
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(name)))
}
