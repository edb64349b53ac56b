package transport

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// Prices are counted in tenths of a point.
const (
	tenths      = 10
	objectPrice = 1 * tenths
	valuePrice  = 3
	// operationPrice is for receiving an operation and answering it.
	operationPrice = 5 * tenths
	// schemaPrice is for the whole schema and typePrice for one type of it, whatever is selected of them.
	schemaPrice = 3000 * tenths
	typePrice   = 100 * tenths
	// valuesOfList is how long a list is taken to be where nothing tells.
	valuesOfList = 5
	// noPrice is where counting stops: the product of it with a longest list still fits 64 bits.
	noPrice     = 1 << 40
	longestList = 1 << 20
)

// fare is what the schema says of the cost of a field.
type fare struct {
	call int64 // Once for the field.
	each int64 // Once for each value of it.

	isList    bool
	isPage    bool   // It has the argument first or last.
	passesOn  bool   // Its page is the lists below it, not itself.
	listed    string // The argument that is a list; empty for none.
	assumed   int64  // How long it is as a list, where no argument tells.
	inherits  bool   // As a list right below a page that is passed on, it is as long as the page.
	firstSize int64  // How long a page is where first and last are not given.
}

// tariff has the fare of every field of a schema.
type tariff map[*ast.FieldDefinition]fare

// newTariff reads the directives @cost and @listSize of a schema; a schema without them has the usual fares.
func newTariff(schema *ast.Schema, pageSize int) (tariff, error) {
	t := make(tariff)
	for _, d := range schema.Types {
		if d.Kind != ast.Object && d.Kind != ast.Interface || d.BuiltIn {
			continue
		}
		for _, f := range d.Fields {
			one, err := newFare(schema, f, int64(pageSize))
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", d.Name, f.Name, err)
			}
			t[f] = one
		}
	}
	return t, nil
}

// newFare reads what the schema says of a field.
func newFare(schema *ast.Schema, f *ast.FieldDefinition, pageSize int64) (fare, error) {
	result := fare{each: valuePrice, isList: f.Type.Elem != nil, assumed: valuesOfList, firstSize: pageSize}
	switch f.Name {
	case "__schema":
		return fare{each: schemaPrice}, nil
	case "__type":
		return fare{each: typePrice}, nil
	}
	named := schema.Types[f.Type.Name()]
	if named != nil && named.IsCompositeType() {
		result.each = objectPrice
		if weight, ok, err := number(named.Directives, "cost", "weight"); err != nil {
			return fare{}, err
		} else if ok {
			result.each = weight * tenths
		}
	}
	weight, _, err := number(f.Directives, "cost", "weight")
	if err != nil {
		return fare{}, err
	}
	result.call = weight * tenths
	assumed, isAssumed, err := number(f.Directives, "listSize", "assumedSize")
	if err != nil {
		return fare{}, err
	}
	if isAssumed {
		result.assumed = min(assumed, longestList)
	}
	for _, argument := range f.Arguments {
		switch {
		case argument.Name == "first" || argument.Name == "last":
			result.isPage = true
			if size, ok := integer(argument.DefaultValue, nil); ok {
				result.firstSize = size
			}
		case argument.Type.Elem != nil && result.isList:
			result.listed = argument.Name
		}
	}
	_, isSized := argumentOf(f.Directives, "listSize", "sizedFields")
	result.passesOn = result.isPage && (isSized || !result.isList)
	result.inherits = result.isList && !result.isPage && result.listed == "" && !isAssumed
	return result, nil
}

// argumentOf finds an argument of a directive.
func argumentOf(directives ast.DirectiveList, directive, argument string) (*ast.Value, bool) {
	d := directives.ForName(directive)
	if d == nil {
		return nil, false
	}
	a := d.Arguments.ForName(argument)
	if a == nil {
		return nil, false
	}
	return a.Value, true
}

// number reads an argument of a directive that must be a number and not negative.
func number(directives ast.DirectiveList, directive, argument string) (int64, bool, error) {
	value, ok := argumentOf(directives, directive, argument)
	if !ok {
		return 0, false, nil
	}
	n, err := strconv.ParseInt(value.Raw, 10, 32)
	if err != nil || n < 0 {
		return 0, false, fmt.Errorf("@%s(%s: %s) is no number of points or values", directive, argument, value.Raw)
	}
	return n, true, nil
}

// page is how long the page is that a field asks for.
func (p fare) page(f *ast.Field, variables map[string]any) int64 {
	size, given := int64(0), false
	for _, name := range []string{"first", "last"} {
		if a := f.Arguments.ForName(name); a != nil {
			if n, ok := integer(a.Value, variables); ok {
				size, given = max(size, n), true
			}
		}
	}
	if !given {
		return p.firstSize
	}
	return min(max(size, 0), longestList)
}

// length is how long a list is that is no page.
func (p fare) length(f *ast.Field, variables map[string]any) int64 {
	if p.listed == "" {
		return p.assumed
	}
	a := f.Arguments.ForName(p.listed)
	if a == nil {
		return p.assumed
	}
	return elements(a.Value, variables, p.assumed)
}

// isLeft tells whether a selection is left out by @skip or @include.
func isLeft(directives ast.DirectiveList, variables map[string]any) bool {
	return slices.ContainsFunc(directives, func(d *ast.Directive) bool {
		a := d.Arguments.ForName("if")
		if a == nil || d.Name != "skip" && d.Name != "include" {
			return false
		}
		value, err := a.Value.Value(variables)
		is, ok := value.(bool)
		return err == nil && ok && is == (d.Name == "skip")
	})
}
