package query

import (
	"strconv"
	"strings"
)

// String is the canonical form of the query: Parse reads it as the same query again, with other places.
func (q Query) String() string { return string(appendNodes(nil, q.Nodes, " ")) }

func appendNodes(b []byte, nodes []Node, between string) []byte {
	for i, n := range nodes {
		if i > 0 {
			b = append(b, between...)
		}
		b = n.appendTo(b)
	}
	return b
}

func (w Word) appendTo(b []byte) []byte { return append(b, w.Text...) }

func (p Prefix) appendTo(b []byte) []byte { return append(append(b, p.Text...), '*') }

func (p Phrase) appendTo(b []byte) []byte { return appendQuoted(b, p.Text) }

func (f Field) appendTo(b []byte) []byte {
	b = append(append(b, f.Name...), ':')
	for i, v := range f.Values {
		if i > 0 {
			b = append(b, ',')
		}
		if beginsCore(v.Text, 0) && wordAt(v.Text, 0, true).end == len(v.Text) {
			b = append(b, v.Text...)
		} else {
			b = appendQuoted(b, v.Text)
		}
	}
	return b
}

func (y Years) appendTo(b []byte) []byte {
	b = append(b, FieldYear+":"...)
	for i, r := range y.Ranges {
		if i > 0 {
			b = append(b, ',')
		}
		if r.From != 0 {
			b = appendYear(b, r.From)
		}
		if r.From != r.To {
			b = append(b, ".."...)
			if r.To != 0 {
				b = appendYear(b, r.To)
			}
		}
	}
	return b
}

// appendYear writes four digits.
func appendYear(b []byte, year int) []byte {
	return append(b, strconv.Itoa(10000 + year)[1:]...)
}

func (n Not) appendTo(b []byte) []byte {
	b = append(b, '-')
	if o, isOr := n.Node.(Or); isOr {
		return append(o.appendTo(append(b, '(')), ')')
	}
	return n.Node.appendTo(b)
}

func (o Or) appendTo(b []byte) []byte { return appendNodes(b, o.Nodes, " OR ") }

func (g Group) appendTo(b []byte) []byte {
	return append(appendNodes(append(b, '('), g.Nodes, " "), ')')
}

// appendQuoted writes a text between quotation marks that it does not hold: what was typed between marks
// holds none that would end it.
func appendQuoted(b []byte, text string) []byte {
	for _, marks := range [...][2]string{{`"`, `"`}, {"“", "”"}, {"«", "»"}} {
		mark, _ := runeAt(marks[0], 0)
		if !strings.ContainsAny(text, closers(mark)) {
			return append(append(append(b, marks[0]...), text...), marks[1]...)
		}
	}
	return append(append(append(b, '"'), strings.ReplaceAll(text, `"`, "")...), '"')
}
