package query

// MaxDepth is how deep groups may stand within each other. Parentheses that go deeper are ignored. People
// need two or three.
const MaxDepth = 16

// Parse reads a text. It never fails: what is no syntax is words.
func Parse(text string) Query { return ParseFunc(text, func(Node) bool { return true }) }

// ParseFunc reads a text of which isFilter decides what is a filter. It is called with each Field and
// Years in the order of the text, wherever it stands. What it refuses is read as the words that it is made
// of.
func ParseFunc(text string, isFilter func(Node) bool) Query {
	l := lexer{text: text, isFilter: isFilter}
	p := parser{tokens: l.all()}
	p.match()
	return Query{Text: text, Nodes: p.list(len(p.tokens))}
}

// parser builds the nodes of a query from its tokens.
type parser struct {
	tokens []token
	at     int
}

// match finds the partner of each parenthesis, except of those that have none or stand too deep.
func (p *parser) match() {
	var open []int
	for i := range p.tokens {
		k := p.tokens[i].kind
		if k == opening {
			open = append(open, i)
		}
		if k == closing && len(open) > 0 {
			o := open[len(open)-1]
			open = open[:len(open)-1]
			p.tokens[o].partner, p.tokens[i].partner = i, o
		}
	}
	depth := 0
	for i := range p.tokens {
		t := &p.tokens[i]
		switch {
		case t.kind == opening && t.partner >= 0:
			if depth == MaxDepth {
				p.tokens[t.partner].partner = -1
				t.partner = -1
				continue
			}
			depth++
		case t.kind == closing && t.partner >= 0:
			depth--
		}
	}
}

// list reads nodes side by side, up to a token.
func (p *parser) list(end int) []Node {
	var nodes []Node
	var pending *token // an OR whose right side is not read yet
	afterOr := false   // the last token was an OR that joins nothing
	for p.at < end {
		t := &p.tokens[p.at]
		p.at++
		if t.kind == or {
			if len(nodes) == 0 {
				nodes = append(nodes, newWord("OR", t.Start))
				afterOr = true
			} else if pending == nil && !afterOr {
				pending = t
			}
			continue
		}
		n := p.node(t)
		if n == nil {
			continue
		}
		afterOr = false
		if pending != nil {
			nodes[len(nodes)-1] = either(nodes[len(nodes)-1], n)
			pending = nil
			continue
		}
		nodes = append(nodes, n)
	}
	if pending != nil {
		nodes = append(nodes, newWord("OR", pending.Start))
	}
	return spliced(nodes)
}

// node reads the node that begins with a token; nil for none.
func (p *parser) node(t *token) Node {
	n, at, inside := t.node, t.Place, t.Start
	if t.isNot {
		inside++ // After the minus.
	}
	if t.kind != leaf {
		if t.kind == closing || t.partner < 0 {
			return nil
		}
		inner := p.list(t.partner)
		p.at = t.partner + 1
		at.End = p.tokens[t.partner].End
		switch len(inner) {
		case 0:
			return nil
		case 1:
			n = inner[0]
		default:
			n = Group{Place{inside, at.End}, inner}
		}
	}
	if !t.isNot {
		return n
	}
	if not, isNot := n.(Not); isNot { // Excluding what is excluded is asking for it.
		return not.Node
	}
	return Not{at, n}
}

// either makes two nodes alternatives.
func either(left, right Node) Node {
	o, isOr := left.(Or)
	if !isOr {
		o = Or{left.At(), []Node{left}}
	}
	o.End = right.At().End
	if r, isOr := right.(Or); isOr {
		o.Nodes = append(o.Nodes, r.Nodes...)
	} else {
		o.Nodes = append(o.Nodes, right)
	}
	return o
}

// spliced puts the nodes of groups in their groups' places.
func spliced(nodes []Node) []Node {
	n := 0
	for _, x := range nodes {
		if g, isGroup := x.(Group); isGroup {
			n += len(g.Nodes) - 1
		}
	}
	if n == 0 {
		return nodes
	}
	out := make([]Node, 0, len(nodes)+n)
	for _, x := range nodes {
		if g, isGroup := x.(Group); isGroup {
			out = append(out, g.Nodes...)
		} else {
			out = append(out, x)
		}
	}
	return out
}
