package spelling

import "unicode/utf8"

const (
	// partLetters is the fewest letters of a part. Parts of two letters restore no more words, and take
	// twice as many other words apart; parts of four restore a third fewer.
	partLetters = 3

	// partDocuments is the fewest documents that have a part, so that no misspelling is one. Written as one
	// word, 52 to 97 % of the pairs of words in the queries of four judged collections are found (100 % with
	// 1 document, 18 to 88 % with 10). Of correct words that a collection has not, 2 to 10 % are taken apart,
	// mostly where they have a seam: "head way", "water sheds", "non methylated".
	partDocuments = 3

	// compoundLetters is the fewest letters of the parts of a compound. In a language that writes compounds as one word, most
	// of them are in no document, whatever they are made of; so a part is enough that one document in the language has.
	compoundLetters = 4

	// wholeDocuments is the fewest documents that have a word written as two, so that no two words run
	// together by mistake are one. With parts of three letters, nearly all that the queries of four judged
	// collections give are one word: "life span", "free stream", "kiwi fruit". With shorter parts, "in to", "as a"
	// and "se ven" are most of it.
	wholeDocuments = 2
)

// Split finds the two words that were written as one: "city hall" for "cityhall". Each has three letters
// or more and is in three documents or more, those in other languages than the query's counting less. In a
// language that writes compounds as one word, four letters and one document in the language are enough: "Winter
// Platz" for "Winterplatz". It is false for a word that the vocabulary has.
//
// A word that is one edit away is more likely than two words, and two words are more likely than a word
// that is two edits away.
func (v *Vocabulary) Split(word, language string) (left, right string, ok bool) {
	if lettersOf(word) < 2*partLetters {
		return "", "", false
	}
	if _, known := v.find(word); known {
		return "", "", false
	}
	preferred := v.languages[language]
	compounds := preferred != 0 && JoinsWords(language)
	likeliest := 0.0
	for at := range word {
		// As if the words were strewn over the documents without regard to each other.
		if both := v.partWeight(word[:at], preferred, compounds) * v.partWeight(word[at:], preferred, compounds); both > likeliest {
			left, right, likeliest = word[:at], word[at:], both
		}
	}
	return left, right, likeliest > 0
}

// partWeight is the weight of a word that may be part of another; 0 where it may not.
func (v *Vocabulary) partWeight(word string, preferred uint8, compounds bool) float64 {
	letters := utf8.RuneCountInString(word)
	if letters < partLetters {
		return 0
	}
	n, ok := v.find(word)
	if !ok {
		return 0
	}
	weight := v.weight(n, preferred)
	isOfCompound := compounds && letters >= compoundLetters && v.isIn(n, preferred)
	if weight >= partDocuments || isOfCompound {
		return weight
	}
	return 0
}

// JoinsWords tells whether a language writes compounds of any two words as one.
func JoinsWords(language string) bool {
	switch language {
	case "de", "nl", "da", "sv", "no", "is", "fi", "et", "hu":
		return true
	default:
		return false
	}
}

// Join finds the word that was written as two: "substandard" for "sub" and "standard". Both parts have
// three letters or more, and two documents or more have the word. Whether one has the parts does not
// matter, so the joined word is something to search beside them, not in their place.
func (v *Vocabulary) Join(left, right string) (string, bool) {
	if utf8.RuneCountInString(left) < partLetters || utf8.RuneCountInString(right) < partLetters {
		return "", false
	}
	n, ok := v.find(left + right)
	if !ok || v.documents(n) < wholeDocuments {
		return "", false
	}
	return v.word(n), true
}
