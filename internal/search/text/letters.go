package text

// plainLetters writes a letter that Unicode does not decompose with plain ones; "" where it stays.
// The comma and cedilla of ș, ş, ț and ţ are marks, which fold drops.
func plainLetters(r rune) string {
	switch r {
	case 'ı':
		return "i"
	case 'ł', 'ŀ':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ə':
		return "e"
	case 'ς':
		return "σ"
	}
	return latinOf(r)
}

// latinOf writes a Cyrillic letter of a Slavic language in Latin ones; "" for any other, and for the soft
// sign. It is one table for all languages, since the language of a query is often not known.
//
// It is the Latin alphabet of Serbian, in which both scripts are in daily use, without its marks, as fold
// leaves it: ш and š are both "s". So стамбено meets stambeno, and for Russian, Bulgarian, Macedonian and
// Ukrainian it is the scientific transliteration (ISO 9) without marks, but that є, э and ё are "e" and ъ is
// "a", as Bulgarian has it. Spellings by the English ear ("Shumen", "Kyiv") do not meet it.
func latinOf(r rune) string {
	const first = 'а'
	letters := [...]string{
		"a", "b", "v", "g", "d", "e", "z", "z", "i", "j", "k", "l", "m", "n", "o", "p",
		"r", "s", "t", "u", "f", "h", "c", "c", "s", "st", "a", "y", "", "e", "ju", "ja",
	}
	if r >= first && r < first+rune(len(letters)) {
		return letters[r-first]
	}
	switch r {
	case 'ђ':
		return "d"
	case 'є':
		return "e"
	case 'ѕ', 'џ':
		return "dz"
	case 'і':
		return "i"
	case 'ј':
		return "j"
	case 'љ':
		return "lj"
	case 'њ':
		return "nj"
	case 'ћ':
		return "c"
	case 'ґ':
		return "g"
	}
	return ""
}

// gajica writes a Serbian word in the Latin alphabet of Serbian, with its marks, which stemmers need. Letters
// of no Serbian alphabet stay.
func gajica(lower string) string {
	if isASCII(lower) {
		return lower
	}
	b := make([]byte, 0, len(lower)+8)
	for _, r := range lower {
		switch r {
		case 'ж':
			b = append(b, "ž"...)
		case 'ч':
			b = append(b, "č"...)
		case 'ш':
			b = append(b, "š"...)
		case 'ћ':
			b = append(b, "ć"...)
		case 'ђ':
			b = append(b, "đ"...)
		case 'џ':
			b = append(b, "dž"...)
		default:
			if plain := latinOf(r); plain != "" {
				b = append(b, plain...)
			} else {
				b = append(b, string(r)...)
			}
		}
	}
	return string(b)
}
