package search

import "goodpractice/internal/knowledge"

// Specimen is a record of the kind by which a changed mapping is noticed.
func Specimen(kind, linked knowledge.Kind) knowledge.Entity { return specimen(kind, linked) }

// FieldsOf lists the fields that the index has of a record.
func FieldsOf(item knowledge.Indexable) []string {
	var out []string
	for _, f := range newLinguist().document(item).Fields {
		out = append(out, f.Name())
	}
	return out
}

// Tokens gives the words of a text as the rules of Unicode cut them, and as eachWord does.
func Tokens(text string) (unicode, fast []Word) {
	for _, t := range tokens(text) {
		unicode = append(unicode, Word{string(t.Term), t.Start, t.End})
	}
	eachWord(text, func(t token) { fast = append(fast, Word{t.lower, t.start, t.end}) })
	return unicode, fast
}

// Word is a word of a text in lower case, with its place.
type Word struct {
	Lower      string
	Start, End int
}

// Folded gives a text folded by the table and folded by the rules of Unicode.
func Folded(text string) (table, unicode string) { return fold(text), foldRare(text) }
