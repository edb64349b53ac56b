package transport

import "github.com/vektah/gqlparser/v2/ast"

// tooMany is where counting stops; the sum of two counts still fits an int of 32 bits.
const tooMany = 1 << 30

// cost is what a selection set amounts to once its fragments are spread out.
type cost struct {
	fields, rootFields, aliases, directives, introspections int
	depth, introspectionDepth                               int
}

// plus adds what stands beside.
func (c cost) plus(o cost) cost {
	return cost{
		fields:             sum(c.fields, o.fields),
		rootFields:         sum(c.rootFields, o.rootFields),
		aliases:            sum(c.aliases, o.aliases),
		directives:         sum(c.directives, o.directives),
		introspections:     sum(c.introspections, o.introspections),
		depth:              max(c.depth, o.depth),
		introspectionDepth: max(c.introspectionDepth, o.introspectionDepth),
	}
}

func sum(a, b int) int {
	return min(a+b, tooMany)
}

// measurer counts in time linear in the document: each fragment is measured once, however often it is spread.
type measurer struct {
	fragments ast.FragmentDefinitionList
	measured  map[string]cost
}

func newMeasurer(document *ast.QueryDocument) measurer {
	return measurer{fragments: document.Fragments, measured: make(map[string]cost, len(document.Fragments))}
}

// operation measures one operation.
func (m measurer) operation(operation *ast.OperationDefinition) cost {
	c := m.selections(operation.SelectionSet)
	c.directives = sum(c.directives, len(operation.Directives))
	return c
}

func (m measurer) selections(set ast.SelectionSet) cost {
	var total cost
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			total = total.plus(m.field(s))
		case *ast.InlineFragment:
			inner := m.selections(s.SelectionSet)
			total = total.plus(inner).plus(cost{fields: 1, directives: len(s.Directives)})
		case *ast.FragmentSpread:
			inner := m.fragment(s.Name)
			total = total.plus(inner).plus(cost{fields: 1, directives: len(s.Directives)})
		}
	}
	return total
}

func (m measurer) field(f *ast.Field) cost {
	c := m.selections(f.SelectionSet)
	c.rootFields = 1
	c.fields = sum(c.fields, 1)
	c.directives = sum(c.directives, len(f.Directives))
	if f.Alias != "" && f.Alias != f.Name {
		c.aliases = sum(c.aliases, 1)
	}
	if f.Name == "__schema" || f.Name == "__type" {
		c.introspections = sum(c.introspections, 1)
		c.introspectionDepth = 1 + max(c.introspectionDepth, c.depth)
		c.depth = 0
		return c
	}
	c.depth++
	return c
}

// fragment measures a fragment. One that spreads itself counts as nothing inside itself, and one that does not exist as
// nothing at all: validation refuses both.
func (m measurer) fragment(name string) cost {
	if c, ok := m.measured[name]; ok {
		return c
	}
	m.measured[name] = cost{}
	if f := m.fragments.ForName(name); f != nil {
		c := m.selections(f.SelectionSet)
		c.directives = sum(c.directives, len(f.Directives))
		m.measured[name] = c
	}
	return m.measured[name]
}
