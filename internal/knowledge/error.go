package knowledge

import (
	"errors"
	"strings"
)

// ErrorKind says what sort of failure an Error is, for callers that must react to it.
type ErrorKind string

// The kinds of failure.
const (
	Invalid         ErrorKind = "INVALID"
	NotFound        ErrorKind = "NOT_FOUND"
	Conflict        ErrorKind = "CONFLICT"
	Unauthenticated ErrorKind = "UNAUTHENTICATED"
	Forbidden       ErrorKind = "FORBIDDEN"
	Unavailable     ErrorKind = "UNAVAILABLE"
	Expired         ErrorKind = "EXPIRED" // a position in the changes that is known no more
	Internal        ErrorKind = "INTERNAL"
)

// Error is a failure that is expected to happen. Message may be shown to anyone; Err may not.
type Error struct {
	Kind    ErrorKind
	Path    []string // the argument or field at fault, if any
	Message string   // plain English, what is wrong and what to do
	Err     error    // the cause, for the log only
}

// Error implements error. It holds the cause, so it belongs in a log and not in an answer.
func (e *Error) Error() string {
	s := e.Message
	if len(e.Path) > 0 {
		s = strings.Join(e.Path, ".") + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// IsKind tells whether err is, or wraps, an Error of the kind.
func IsKind(err error, kind ErrorKind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == kind
}

// ErrConflict is wrapped by what a store returns when the revision in the store is not the one
// before the revision to save.
var ErrConflict = errors.New("the record has been changed since it was read")

// ErrSlugTaken is wrapped by what a store returns when another entity of the kind has the slug.
var ErrSlugTaken = errors.New("another record of this kind has the slug")

// ErrCursorLost is returned by a feed that no longer knows the cursor. The caller starts again with
// an empty one.
var ErrCursorLost = errors.New("the feed no longer knows this cursor")

// ProblemCode says in one word why an input was refused. Clients may switch on it.
type ProblemCode string

// The reasons.
const (
	CodeRequired      ProblemCode = "REQUIRED"
	CodeTooLong       ProblemCode = "TOO_LONG"
	CodeTooMany       ProblemCode = "TOO_MANY"
	CodeInvalidFormat ProblemCode = "INVALID_FORMAT"
	CodeOutOfRange    ProblemCode = "OUT_OF_RANGE"
	CodeUnknown       ProblemCode = "UNKNOWN"
	CodeWrongKind     ProblemCode = "WRONG_KIND"
	CodeDuplicate     ProblemCode = "DUPLICATE"
	CodeCycle         ProblemCode = "CYCLE"
	CodeStale         ProblemCode = "STALE_REVISION"
	CodeSlugTaken     ProblemCode = "SLUG_TAKEN"
	CodeKeyReused     ProblemCode = "IDEMPOTENCY_KEY_REUSED"
	CodeNotAllowedNow ProblemCode = "NOT_ALLOWED_NOW"
	CodeNotFound      ProblemCode = "NOT_FOUND"
	CodeSignIn        ProblemCode = "UNAUTHENTICATED"
	CodeForbidden     ProblemCode = "FORBIDDEN"
)

// Problem is one reason to refuse an input: the field, a code, and what to do about it.
type Problem struct {
	Path    []string
	Code    ProblemCode
	Message string
	// CurrentRevision is set with CodeStale: the revision that the store holds.
	CurrentRevision Revision
}

// Problems is a refusal. An empty list is no refusal; use Err to turn it into an error.
//
//nolint:errname // It is what a record has before it is an error, and most callers use it as a list.
type Problems []Problem

// Error implements error.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.Message
		if len(x.Path) > 0 {
			lines[i] = strings.Join(x.Path, ".") + ": " + x.Message
		}
	}
	return strings.Join(lines, "; ")
}

// Err is nil for an empty list and the list itself otherwise.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// add appends a problem with a path and a message.
func (p *Problems) add(code ProblemCode, message string, path ...string) {
	*p = append(*p, Problem{Path: path, Code: code, Message: message})
}

// Refuse is a refusal for one reason.
func Refuse(code ProblemCode, message string, path ...string) Problems {
	return Problems{{Path: path, Code: code, Message: message}}
}
