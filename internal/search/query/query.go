package query

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Query is a text and what it means.
type Query struct {
	Text  string // as it was given to Parse
	Nodes []Node // side by side, none of them a Group; nil where there is nothing to search for
}

// Positive visits each Word, Prefix and Phrase that a record may be found by, in the order of the text.
// What stands in a Not is left out.
func (q Query) Positive() iter.Seq[Node] {
	return func(yield func(Node) bool) { visit(q.Nodes, yield) }
}

// visit tells whether the visitor wants more.
func visit(nodes []Node, yield func(Node) bool) bool {
	for _, n := range nodes {
		wantsMore := true
		switch n := n.(type) {
		case Word, Prefix, Phrase:
			wantsMore = yield(n)
		case Or:
			wantsMore = visit(n.Nodes, yield)
		case Group:
			wantsMore = visit(n.Nodes, yield)
		}
		if !wantsMore {
			return false
		}
	}
	return true
}

// Excluded lists what no record may match, filters among it. A Not that is one of several alternatives
// is no part of it.
func (q Query) Excluded() []Not {
	var out []Not
	for _, n := range q.Nodes {
		if not, isNot := n.(Not); isNot {
			out = append(out, not)
		}
	}
	return out
}

// Filters lists each Field and Years that every record must match. One that is one of several
// alternatives is no part of it.
func (q Query) Filters() []Node {
	var out []Node
	for _, n := range q.Nodes {
		switch n.(type) {
		case Field, Years:
			out = append(out, n)
		}
	}
	return out
}

// Rewrite gives the text with other words in some places and everything else as it was typed. A place
// that is not in the text, or reaches into an earlier one, stays as it is.
func (q Query) Rewrite(words map[Place]string) string {
	places := slices.SortedFunc(maps.Keys(words), func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var b strings.Builder
	done := 0
	for _, p := range places {
		if p.Start < done || p.End < p.Start || p.End > len(q.Text) {
			continue
		}
		b.WriteString(q.Text[done:p.Start])
		b.WriteString(words[p])
		done = p.End
	}
	b.WriteString(q.Text[done:])
	return b.String()
}
