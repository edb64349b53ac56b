package text

import "slices"

// czech is the light stemmer of L. Dolamic and J. Savoy, "Indexing and stemming approaches for the Czech
// language", Information Processing & Management 45 (2009): it takes off the endings of cases and of
// possessives, and undoes the palatalisation before them.
func czech(lower string) string {
	word, _ := replaceEnding(lower, czechCases)
	word, _ = replaceEnding(word, czechPossessives)
	if palatal, ok := replaceEnding(word, czechPalatals); ok {
		return palatal
	}
	letters := []rune(word)
	n := len(letters)
	switch {
	case n > 1 && letters[n-2] == 'e': // It comes and goes: "domek", "domku".
		return string(append(letters[:n-2], letters[n-1]))
	case n > 2 && letters[n-2] == 'ů':
		letters[n-2] = 'o'
		return string(letters)
	}
	return word
}

// The endings are tried in this order.
var (
	czechCases = slices.Concat(
		cutOff(8, "atech"),
		cutOff(7, "ětem etem atům"),
		cutOff(6, "ech ich ích ého ěmi emi ému ěte ete ěti eti ího iho ími ímu imu ách ata aty ých ama ami ové ovi ými"),
		cutOff(5, "em es ém ím ům at ám os us ým mi ou"),
		cutOff(4, "a e i o u ů y á é í ý ě"),
	)
	czechPossessives = cutOff(6, "ov in ův")
	czechPalatals    = []ending{
		{"čt", "ck", 2},
		{"št", "sk", 2},
		{"c", "k", 1},
		{"č", "k", 1},
		{"z", "h", 1},
		{"ž", "h", 1},
	}
)
