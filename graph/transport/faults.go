package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Fault is what a client is told about an error.
type Fault struct {
	Message string   // Plain English.
	Code    string   // One of the Code constants, or the schema's own; empty stands for CodeInternal.
	Path    []string // Where in the input, from the argument down; shown as extensions.path when not empty.
}

// Translate says what may be shown of an error, which may be wrapped. False keeps the error private. It is called
// concurrently.
type Translate func(error) (Fault, bool)

// messageBytes bounds a message: those of the parser and of validation quote the document.
const messageBytes = 300

// presenter turns errors into what clients see.
type presenter struct {
	translate Translate
	requestID func(context.Context) string
	log       *slog.Logger
}

// present is gqlgen's hook: it is called once for each error of an answer.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	if err == nil {
		return nil
	}
	shown := &gqlerror.Error{Path: graphql.GetPath(ctx), Extensions: map[string]any{}}
	known, isKnown := errors.AsType[*gqlerror.Error](err)
	if isKnown {
		shown.Locations = known.Locations
		if known.Path != nil {
			shown.Path = known.Path
		}
	}
	argument, isArgument := splitArgument(ctx, shown)
	fault, isPublic := p.public(err)
	switch {
	case isPublic:
	case isKnown && (known.Err == nil || known.Extensions["code"] == CodeValidationFailed):
		return completed(shown, known)
	case isArgument:
		fault = Fault{Message: "The value is not valid.", Code: CodeBadUserInput}
	case errors.Is(err, context.DeadlineExceeded):
		fault = Fault{Message: "The operation took too long.", Code: CodeTimeout}
	case errors.Is(err, context.Canceled):
		fault = Fault{Message: "The operation was cancelled.", Code: CodeCancelled}
	default:
		p.log.ErrorContext(ctx, "resolver failed", p.attributes(ctx, shown.Path, slog.Any("err", err))...)
		return p.masked(ctx, shown)
	}
	if fault.Code == "" {
		fault.Code = CodeInternal
	}
	if len(fault.Path) == 0 {
		fault.Path = argument
	}
	shown.Message, shown.Extensions["code"] = clean(fault.Message), fault.Code
	if len(fault.Path) > 0 {
		shown.Extensions["path"] = fault.Path
	}
	return shown
}

// recovered is gqlgen's hook for a panic: it logs it with its stack. The error it returns may be shown.
func (p presenter) recovered(ctx context.Context, value any) error {
	attributes := p.attributes(ctx, graphql.GetPath(ctx),
		slog.String("err", fmt.Sprint(value)), slog.String("stack", string(debug.Stack())))
	p.log.ErrorContext(ctx, "panic", attributes...)
	return p.masked(ctx, &gqlerror.Error{Path: graphql.GetPath(ctx), Extensions: map[string]any{}})
}

// public asks the hook.
func (p presenter) public(err error) (Fault, bool) {
	if p.translate == nil {
		return Fault{}, false
	}
	return p.translate(err)
}

// masked makes an error say that it is ours, and how to find it in the log.
func (p presenter) masked(ctx context.Context, shown *gqlerror.Error) *gqlerror.Error {
	shown.Message, shown.Extensions["code"] = "internal error", CodeInternal
	if id := p.id(ctx); id != "" {
		shown.Extensions["requestId"] = id
	}
	return shown
}

func (p presenter) id(ctx context.Context) string {
	if p.requestID == nil {
		return ""
	}
	return p.requestID(ctx)
}

// attributes are the keys of a log line about an operation.
func (p presenter) attributes(ctx context.Context, path ast.Path, more ...any) []any {
	operation := ""
	if graphql.HasOperationContext(ctx) {
		operation = clean(graphql.GetOperationContext(ctx).OperationName)
	}
	return append([]any{
		slog.String("request_id", p.id(ctx)),
		slog.String("operation", operation),
		slog.String("path", clean(path.String())),
	}, more...)
}

// completed copies an error that gqlgen, its parser or this package made: such errors are fit to be shown.
func completed(shown, known *gqlerror.Error) *gqlerror.Error {
	shown.Message = clean(known.Message)
	maps.Copy(shown.Extensions, known.Extensions)
	if _, ok := shown.Extensions["code"].(string); !ok {
		shown.Extensions["code"] = CodeBadUserInput
	}
	return shown
}

// splitArgument recognises an error about the value of an argument: it arises before the field has its arguments, and its
// path goes on below the field. The path then becomes the field's, and the rest is returned.
func splitArgument(ctx context.Context, shown *gqlerror.Error) ([]string, bool) {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Args != nil || field.Field.Field == nil {
		return nil, false
	}
	if field.Field.Definition == nil || len(field.Field.Definition.Arguments) == 0 {
		return nil, false
	}
	path := field.Path()
	if len(shown.Path) <= len(path) {
		return nil, false
	}
	var argument []string
	for _, element := range shown.Path[len(path):] {
		argument = append(argument, fmt.Sprint(element))
	}
	shown.Path = path
	return argument, true
}

// clean makes a text fit to be shown: short, and without control characters.
func clean(text string) string {
	if len(text) > messageBytes {
		cut := messageBytes
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}
