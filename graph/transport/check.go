package transport

import (
	"errors"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// CheckDocument gives the name of the operation that a document would run, or tells why it would not be run: it does not
// parse, does not fit the schema, or is over a limit. name is the operation that is meant, and kind its type (query, mutation
// or subscription); without a name the document must hold one operation, and without a kind any will do. Variables are not
// looked at. The error is one line of plain English.
func CheckDocument(schema *ast.Schema, limits Limits, text, name, kind string) (operation string, err error) {
	limits = limits.withDefaults()
	if len(text) > limits.DocumentBytes {
		return "", fmt.Errorf("the document is longer than %d bytes", limits.DocumentBytes)
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, limits.Tokens)
	if err != nil {
		return "", fmt.Errorf("the document has a syntax error: %s", clean(syntaxError(err).Message))
	}
	if refused := (documentLimits{limits: limits, introspection: true}).check(document); refused != nil {
		return "", errors.New(refused.Message)
	}
	if faults := validator.ValidateWithRules(schema, document, rulesWithoutSuggestions()); len(faults) > 0 {
		return "", fmt.Errorf("the document does not fit the schema: %s", clean(faults[0].Message))
	}
	found := document.Operations.ForName(name) // Of an empty name: the only one.
	switch {
	case found == nil && name != "":
		return "", fmt.Errorf("the document has no operation %q", clean(name))
	case found == nil:
		return "", fmt.Errorf("the document has %d operations, and nothing says which is meant", len(document.Operations))
	case kind != "" && string(found.Operation) != kind:
		return "", fmt.Errorf("the operation is a %s and not a %s", found.Operation, clean(kind))
	}
	return found.Name, nil
}
