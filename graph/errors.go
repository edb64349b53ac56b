package graph

import (
	"errors"
	"strconv"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
)

// Values of extensions.code beside those of package transport.
const (
	codeConflict = "CONFLICT"
	// codeExpired is for a cursor of changesSince from which one cannot go on: begin again without one.
	codeExpired = "CURSOR_EXPIRED"
)

// translate says what clients are told of an error: the message and the path of an error of the domain, and nothing of any
// other. Refused mutations do not come here; their problems are data.
func translate(err error) (transport.Fault, bool) {
	if problems, ok := errors.AsType[knowledge.Problems](err); ok && len(problems) > 0 {
		p := problems[0]
		return transport.Fault{Message: p.Message, Code: codeOfProblem(p.Code), Path: p.Path}, true
	}
	e, ok := errors.AsType[*knowledge.Error](err)
	if !ok || e.Kind == knowledge.Internal {
		return transport.Fault{}, false
	}
	return transport.Fault{Message: e.Message, Code: codeOf(e.Kind), Path: e.Path}, true
}

// codeOf is the code for a kind of error.
func codeOf(kind knowledge.ErrorKind) string {
	switch kind {
	case knowledge.Invalid:
		return transport.CodeBadUserInput
	case knowledge.NotFound:
		return transport.CodeNotFound
	case knowledge.Conflict:
		return codeConflict
	case knowledge.Expired:
		return codeExpired
	case knowledge.Unauthenticated:
		return transport.CodeUnauthenticated
	case knowledge.Forbidden:
		return transport.CodeForbidden
	case knowledge.Unavailable:
		return transport.CodeUnavailable
	default:
		return transport.CodeInternal
	}
}

// codeOfProblem is the code for a problem that no payload could carry.
func codeOfProblem(code knowledge.ProblemCode) string {
	switch code {
	case knowledge.CodeNotFound:
		return transport.CodeNotFound
	case knowledge.CodeSignIn:
		return transport.CodeUnauthenticated
	case knowledge.CodeForbidden:
		return transport.CodeForbidden
	default:
		return transport.CodeBadUserInput
	}
}

// invalid is an error about the value of an argument.
func invalid(message string, path ...string) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Path: path, Message: message}
}

// checkID tells what is wrong with an id that must name a record of the kind; "" stands for any kind.
func checkID(id knowledge.ID, kind knowledge.Kind, path ...string) error {
	switch actual := id.Kind(); {
	case actual == "":
		return invalid("This is not an id. Give one as an answer of this server has it.", path...)
	case kind != "" && actual != kind:
		return invalid("This is the id of a record of another kind: "+actual.Noun()+" in the place of "+kind.Noun()+".", path...)
	}
	return nil
}

// checkIDs does so for a list.
func checkIDs(ids []knowledge.ID, argument string) error {
	if len(ids) > knowledge.MaxPageSize {
		return invalid("Ask for at most "+strconv.Itoa(knowledge.MaxPageSize)+" records at a time.", argument)
	}
	for i, id := range ids {
		if err := checkID(id, "", argument, strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}
