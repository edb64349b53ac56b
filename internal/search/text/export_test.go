package text

// Tokens gives the words of a text as the rules of Unicode cut them, and as EachWord does.
func Tokens(text string) (unicode, fast []Token) {
	for _, t := range tokens(text) {
		unicode = append(unicode, Token{string(t.Term), t.Start, t.End})
	}
	EachWord(text, func(t Token) { fast = append(fast, t) })
	return unicode, fast
}

// Folded gives a text folded by the table and folded by the rules of Unicode.
func Folded(text string) (table, unicode string) { return Fold(text), foldRare(text) }
