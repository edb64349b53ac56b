package graph_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// The names that the style asks for (rule 2).
var (
	pascalCase    = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
	camelCase     = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	screamingCase = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	asksSomething = regexp.MustCompile(`^(is|has|can|are)[A-Z]`)
	endsOn        = regexp.MustCompile(`Removed after \d{4}-\d{2}-\d{2}\.`)
	machineWords  = regexp.MustCompile(`(Type|Enum|Interface|Scalar)$`)
)

// styleFaults says where a schema goes against the rules of the style that a machine can check: 2, 3, 5, 10, 11, 14, 15.
func styleFaults(schema *ast.Schema) []string {
	c := &style{schema: schema}
	for _, name := range slices.Sorted(maps.Keys(schema.Types)) {
		if d := schema.Types[name]; !d.BuiltIn {
			c.definition(d)
		}
	}
	c.shape(schema.Query, "node", "Node")
	c.shape(schema.Query, "nodes", "[Node]!")
	c.shape(schema.Types["Node"], "id", "ID!")
	for field, shape := range map[string]string{
		"hasNextPage": "Boolean!", "hasPreviousPage": "Boolean!", "startCursor": "String", "endCursor": "String",
	} {
		c.shape(schema.Types["PageInfo"], field, shape)
	}
	c.shape(schema.Types["UserError"], "message", "String!")
	c.shape(schema.Types["UserError"], "path", "[String!]!")
	for _, f := range schema.Mutation.Fields {
		c.mutation(f)
	}
	return c.faults
}

// style collects faults.
type style struct {
	schema *ast.Schema
	faults []string
}

func (c *style) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// definition checks one type with its fields and values.
func (c *style) definition(d *ast.Definition) {
	c.described(d.Name, d.Description)
	switch {
	case !pascalCase.MatchString(d.Name):
		c.fault("%s is not in PascalCase", d.Name)
	case machineWords.MatchString(d.Name):
		c.fault("%s says what sort of type it is", d.Name)
	}
	if by := d.Directives.ForName("specifiedBy"); d.Kind == ast.Scalar && (by == nil || by.Arguments.ForName("url") == nil) {
		c.fault("%s has no @specifiedBy", d.Name)
	}
	for _, v := range d.EnumValues {
		where := d.Name + "." + v.Name
		c.described(where, v.Description)
		c.deprecated(where, v.Directives)
		if !screamingCase.MatchString(v.Name) {
			c.fault("%s is not in SCREAMING_SNAKE_CASE", where)
		}
	}
	for _, f := range d.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			c.field(d, f)
		}
	}
	c.shapes(d)
}

// shapes checks the types that have a form by their name.
func (c *style) shapes(d *ast.Definition) {
	isObject := d.Kind == ast.Object
	base, isConnection := strings.CutSuffix(d.Name, "Connection")
	switch {
	case isObject && isConnection:
		c.shape(d, "edges", "["+base+"Edge!]!")
		c.shape(d, "pageInfo", "PageInfo!")
		c.shape(d, "totalCount", "Int!")
		if edge := c.schema.Types[base+"Edge"]; edge != nil && edge.Fields.ForName("node") != nil {
			c.shape(edge, "cursor", "String!")
			c.shape(d, "nodes", "["+edge.Fields.ForName("node").Type.String()+"]!")
		}
	case isObject && d.Fields.ForName("slug") != nil && !slices.Contains(d.Interfaces, "Node"):
		c.fault("%s is no Node", d.Name)
	case d.Kind == ast.InputObject && strings.HasPrefix(d.Name, "Update"):
		c.shape(d, "id", "ID!")
		c.shape(d, "revision", "Int!")
		if f := d.Fields.ForName("changes"); f == nil || !f.Type.NonNull {
			c.fault("%s does not keep its changes apart", d.Name)
		}
	}
}

// field checks one field with its arguments.
func (c *style) field(d *ast.Definition, f *ast.FieldDefinition) {
	where := d.Name + "." + f.Name
	c.described(where, f.Description)
	c.deprecated(where, f.Directives)
	switch {
	case !camelCase.MatchString(f.Name):
		c.fault("%s is not in camelCase", where)
	case strings.HasPrefix(f.Name, "get"):
		c.fault("%s begins with get", where)
	case f.Type.Name() == "Boolean" && d.Kind != ast.InputObject && !asksSomething.MatchString(f.Name):
		c.fault("%s is a boolean and does not begin with is, has, can or are", where)
	case strings.HasSuffix(f.Name, "Id") || strings.HasSuffix(f.Name, "Ids") && f.Name != "externalIds":
		c.fault("%s is an id in the place of a record", where)
	}
	for _, a := range f.Arguments {
		c.described(where+"("+a.Name+")", a.Description)
		if !camelCase.MatchString(a.Name) {
			c.fault("%s(%s) is not in camelCase", where, a.Name)
		}
	}
	if d.Kind == ast.Object && strings.HasSuffix(f.Type.Name(), "Connection") {
		c.paging(where, f)
	}
}

// paging checks the arguments of a list.
func (c *style) paging(where string, f *ast.FieldDefinition) {
	if !f.Type.NonNull {
		c.fault("%s may be null", where)
	}
	for name, shape := range map[string]string{"first": "Int", "after": "String", "last": "Int", "before": "String"} {
		a := f.Arguments.ForName(name)
		switch {
		case a == nil || a.Type.String() != shape:
			c.fault("%s has no argument %s of type %s", where, name, shape)
		case shape == "Int" && !strings.Contains(a.Description, "1 to 100"):
			c.fault("%s(%s) does not say how many may be asked for", where, name)
		}
	}
}

// mutation checks one mutation: one input, one payload.
func (c *style) mutation(f *ast.FieldDefinition) {
	name := strings.ToUpper(f.Name[:1]) + f.Name[1:]
	where := "Mutation." + f.Name
	if len(f.Arguments) != 1 || f.Arguments[0].Name != "input" || f.Arguments[0].Type.String() != name+"Input!" {
		c.fault("%s does not take input: %sInput! and nothing else", where, name)
	}
	payload := c.schema.Types[name+"Payload"]
	if f.Type.String() != name+"Payload!" || payload == nil {
		c.fault("%s does not answer %sPayload!", where, name)
		return
	}
	c.shape(payload, "userErrors", "[UserError!]!")
	c.shape(payload, "consistencyToken", "String!")
	for _, p := range payload.Fields {
		if p.Type.NonNull && !slices.Contains([]string{"userErrors", "isSearchable", "consistencyToken"}, p.Name) {
			c.fault("%s.%s may not be null, though the mutation may be refused", payload.Name, p.Name)
		}
	}
}

// shape checks the type of a field.
func (c *style) shape(d *ast.Definition, field, shape string) {
	if d == nil {
		c.fault("the type of the field %s is missing", field)
		return
	}
	if f := d.Fields.ForName(field); f == nil || f.Type.String() != shape {
		c.fault("%s.%s is not %s", d.Name, field, shape)
	}
}

func (c *style) described(where, text string) {
	switch text = strings.TrimSpace(text); {
	case text == "":
		c.fault("%s has no description", where)
	case !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ")"):
		c.fault("%s: the description does not end with a full stop", where)
	}
}

func (c *style) deprecated(where string, directives ast.DirectiveList) {
	d := directives.ForName("deprecated")
	if d == nil {
		return
	}
	if reason := d.Arguments.ForName("reason"); reason == nil || !endsOn.MatchString(reason.Value.Raw) {
		c.fault("%s: the deprecation does not say what to use, and “Removed after” which day", where)
	}
}
