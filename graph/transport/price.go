package transport

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// worth is what a selection set costs, in tenths of a point. What a list right below a page costs depends on the page, so
// that a fragment is counted once, wherever it is spread.
type worth struct {
	fixed int64 // Whatever is around it.
	plain int64 // Its lists, where there is no page around it.
	item  int64 // One value of each of its lists, where a page tells how many there are.
}

func (w worth) plus(o worth) worth {
	return worth{fixed: add(w.fixed, o.fixed), plain: add(w.plain, o.plain), item: add(w.item, o.item)}
}

// within is the cost in a page; a negative size stands for none.
func (w worth) within(page int64) int64 {
	if page < 0 {
		return add(w.fixed, w.plain)
	}
	return add(w.fixed, times(page, w.item))
}

func add(a, b int64) int64 { return min(a+b, noPrice) }

func times(n, price int64) int64 { return min(n*price, noPrice) }

// pricer counts what one operation costs in time linear in its document.
type pricer struct {
	tariff     tariff
	variables  map[string]any
	counted    map[string]worth
	deprecated map[string]bool // Schema coordinates of what is deprecated and used.
}

// price is the cost of a validated operation in points, and what of it is deprecated.
func (t tariff) price(operation *ast.OperationDefinition, variables map[string]any) (points int, deprecated []string) {
	p := pricer{tariff: t, variables: variables, counted: make(map[string]worth), deprecated: make(map[string]bool)}
	total := add(operationPrice, p.selections(operation.SelectionSet).within(-1))
	for name := range p.deprecated {
		deprecated = append(deprecated, name)
	}
	slices.Sort(deprecated)
	return int((total + tenths - 1) / tenths), deprecated[:min(len(deprecated), maxDeprecated)]
}

func (p pricer) selections(set ast.SelectionSet) worth {
	var total worth
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if !isLeft(s.Directives, p.variables) {
				total = total.plus(p.field(s))
			}
		case *ast.InlineFragment:
			if !isLeft(s.Directives, p.variables) {
				total = total.plus(p.selections(s.SelectionSet))
			}
		case *ast.FragmentSpread:
			if !isLeft(s.Directives, p.variables) {
				total = total.plus(p.fragment(s.Definition))
			}
		}
	}
	return total
}

// fragment counts a fragment once. Validation has seen to it that none spreads itself; one that does costs nothing inside
// itself.
func (p pricer) fragment(f *ast.FragmentDefinition) worth {
	if f == nil {
		return worth{}
	}
	if w, ok := p.counted[f.Name]; ok {
		return w
	}
	p.counted[f.Name] = worth{}
	w := p.selections(f.SelectionSet)
	p.counted[f.Name] = w
	return w
}

func (p pricer) field(f *ast.Field) worth {
	p.note(f)
	one, ok := p.tariff[f.Definition]
	if !ok { // __typename, and what is below __schema.
		return worth{fixed: valuePrice}
	}
	if f.Name == "__schema" || f.Name == "__type" {
		return worth{fixed: one.each}
	}
	page, size := int64(-1), int64(1)
	switch {
	case one.passesOn:
		page = one.page(f, p.variables)
		if one.isList {
			size = one.length(f, p.variables)
		}
	case one.isPage && one.isList:
		size = one.page(f, p.variables)
	case one.isList:
		size = one.length(f, p.variables)
	}
	each := add(one.each, p.selections(f.SelectionSet).within(page))
	if one.inherits {
		return worth{fixed: one.call, plain: times(size, each), item: each}
	}
	return worth{fixed: add(one.call, times(size, each))}
}

// maxDeprecated is how many deprecated fields an operation tells of.
const maxDeprecated = 20

// note remembers what is deprecated.
func (p pricer) note(f *ast.Field) {
	if f.Definition == nil || f.ObjectDefinition == nil {
		return
	}
	name := f.ObjectDefinition.Name + "." + f.Name
	if f.Definition.Directives.ForName("deprecated") != nil {
		p.deprecated[name] = true
	}
	for _, a := range f.Arguments {
		if d := f.Definition.Arguments.ForName(a.Name); d != nil && d.Directives.ForName("deprecated") != nil {
			p.deprecated[name+"("+a.Name+":)"] = true
		}
	}
}
