package spelling

// When a word that documents have is still likely a mistake. Of 996 random edits in the queries of four judged
// collections that made another word of the vocabulary, these catch 276, one of them with the wrong word; of
// 23,218 words in the queries as they were, they doubt 7. With 20 times it is 320 and 39, with 10 times 328
// and 127. Up to 5 documents instead of 2 makes no difference that counts.
const (
	rareDocuments = 2
	rareTimes     = 50

	// rareLetters is the fewest letters: shorter words are one edit away from too many.
	rareLetters = 5
)

// Rare is the word that was likely meant by one that so many documents have: for words in two documents
// or fewer with a neighbour, one edit away, in 50 times as many. That is something to ask about
// ("did you mean"), not to do: the word may well be right. Words of fewer than five letters are never doubted.
func (v *Vocabulary) Rare(word, language string, documents int) (Correction, bool) {
	if documents > rareDocuments || lettersOf(word) < rareLetters {
		return Correction{}, false
	}
	better, ok := first(v.near(word, language, 1, 1))
	if !ok || better.Documents < rareTimes*max(documents, 1) {
		return Correction{}, false
	}
	return better, true
}
