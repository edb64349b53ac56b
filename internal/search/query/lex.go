package query

// A token is a leaf of the query, a parenthesis, or an OR.
type token struct {
	Place

	kind    kind
	isNot   bool // a minus stands before it
	partner int  // of a parenthesis: the index of the other one; -1 where it is ignored
	node    Node // of a leaf
}

type kind uint8

const (
	leaf kind = iota
	opening
	closing
	or
)

// lexer cuts a text into tokens.
type lexer struct {
	text     string
	isFilter func(Node) bool
	at       int
	isFresh  bool // a token may begin here with a minus or the name of a filter
	tokens   []token
}

func (l *lexer) all() []token {
	l.isFresh = true
	for l.at < len(l.text) {
		r, n := runeAt(l.text, l.at)
		switch {
		case isBlank(r):
			l.at += n
			l.isFresh = true
		case r == '-' && l.isFresh && l.excludes():
			l.at++
			l.operand(true)
		default:
			l.operand(false)
		}
	}
	return l.tokens
}

// excludes tells whether something that can be excluded follows the minus.
func (l *lexer) excludes() bool {
	r, _ := runeAt(l.text, l.at+1)
	return r == '(' || isQuote(r) || isCore(r)
}

// operand reads what stands at the lexer's place: a parenthesis, a phrase, or a run.
func (l *lexer) operand(isNot bool) {
	start := l.at
	if isNot {
		start--
	}
	r, n := runeAt(l.text, l.at)
	switch {
	case r == '(':
		l.at += n
		l.isFresh = true
		l.add(token{Place: Place{start, l.at}, kind: opening, isNot: isNot, partner: -1})
	case r == ')':
		l.at += n
		l.isFresh = false
		l.add(token{Place: Place{start, l.at}, kind: closing, partner: -1})
	case isQuote(r):
		p, end := phraseAt(l.text, l.at)
		l.at = end
		l.isFresh = false
		if p.Text != "" {
			l.add(token{Place: Place{start, end}, kind: leaf, isNot: isNot, node: p})
		}
	default:
		l.run(start, isNot)
	}
}

// run reads what is typed without a space, parenthesis or quotation mark between. Signs may part it into
// several leaves, which belong together: a minus before wi/fi excludes both words, an OR joins both.
func (l *lexer) run(start int, isNot bool) {
	leaves := l.leaves()
	switch {
	case l.text[start:l.at] == "OR":
		l.add(token{Place: Place{start, l.at}, kind: or})
	case len(leaves) == 1:
		l.add(token{Place: Place{start, leaves[0].At().End}, kind: leaf, isNot: isNot, node: leaves[0]})
	case len(leaves) > 1:
		l.add(token{Place: Place{start, l.at}, kind: opening, isNot: isNot, partner: -1})
		for _, n := range leaves {
			l.add(token{Place: n.At(), kind: leaf, node: n})
		}
		l.add(token{Place: Place{l.at, l.at}, kind: closing, partner: -1})
	}
}

// leaves reads a run, which may be a filter. What looked like one and is none is read to its end, with
// its quotation marks.
func (l *lexer) leaves() []Node {
	var nodes []Node
	until := l.at
	if l.isFresh {
		n, end := filterAt(l.text, l.at)
		if n != nil && l.isFilter(n) {
			nodes = append(nodes, n)
			l.at = end
		}
		until = end
	}
	l.isFresh = false
	for {
		r, size := runeAt(l.text, l.at)
		switch {
		case isCore(r):
			n, end := leafAt(l.text, l.at)
			nodes = append(nodes, n)
			l.at = end
		case isQuote(r) && l.at < until:
			p, end := phraseAt(l.text, l.at)
			if p.Text != "" {
				nodes = append(nodes, p)
			}
			l.at = end
		case endsToken(r):
			return nodes
		default:
			l.at += size
		}
	}
}

func (l *lexer) add(t token) { l.tokens = append(l.tokens, t) }
