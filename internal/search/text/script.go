package text

import "unicode"

// script is a set of scripts, as bits.
type script uint8

const (
	latinScript script = 1 << iota
	cyrillicScript
	greekScript
	armenianScript
	georgianScript
	anotherScript

	anyScript script = 1<<iota - 1
)

// scriptOf is the script of the first letter in a word; none of them where it has no letter, as in a
// number.
func scriptOf(word string) script {
	for _, r := range word {
		switch {
		case r < unicode.MaxASCII && !isLetter(byte(r)):
		case r < 0x250 || unicode.Is(unicode.Latin, r):
			return latinScript
		case unicode.Is(unicode.Cyrillic, r):
			return cyrillicScript
		case unicode.Is(unicode.Greek, r):
			return greekScript
		case unicode.Is(unicode.Armenian, r):
			return armenianScript
		case unicode.Is(unicode.Georgian, r):
			return georgianScript
		case unicode.IsLetter(r):
			return anotherScript
		}
	}
	return 0
}
