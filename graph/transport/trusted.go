package transport

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// ReadDocument looks at a document that somebody wants to be trusted with: it gives the name of its operation, or
// tells in plain English what is wrong with it. It must be valid by the schema, hold one operation, and keep to the
// limits.
func ReadDocument(schema *ast.Schema, limits Limits, text string) (name, fault string) {
	limits = limits.withDefaults()
	if len(text) > limits.DocumentBytes {
		return "", "The document is longer than this server reads."
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, limits.Tokens)
	if err != nil {
		return "", sentence(syntaxError(err).Message)
	}
	if len(document.Operations) != 1 {
		return "", "A document to trust holds one operation."
	}
	if refused := (documentLimits{limits: limits, introspection: true}).check(document); refused != nil {
		return "", sentence(refused.Message) // It would never be run.
	}
	if faults := validator.ValidateWithRules(schema, document, rulesWithoutSuggestions()); len(faults) > 0 {
		return "", sentence(faults[0].Message)
	}
	return document.Operations[0].Name, ""
}

// sentence ends a message as a sentence does.
func sentence(message string) string {
	if strings.HasSuffix(message, "?") {
		return message
	}
	return strings.TrimSuffix(message, ".") + "."
}
