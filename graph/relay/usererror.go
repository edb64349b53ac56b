package relay

import "goodpractice/internal/knowledge"

// UserError is why an input was refused.
type UserError interface{ IsUserError() }

// InvalidInputError is a value that cannot be accepted.
type InvalidInputError struct{ Refusal }

// NotFoundError is something that does not exist for the reader.
type NotFoundError struct{ Refusal }

// PermissionError is something that the actor may not do.
type PermissionError struct{ Refusal }

// ConflictError is a clash with what is stored.
type ConflictError struct {
	Refusal

	CurrentRevision *knowledge.Revision
}

// Refusal is what all user errors say.
type Refusal struct {
	Message string
	Path    []string
	Code    knowledge.ProblemCode
}

// IsUserError marks every error that embeds a refusal.
func (Refusal) IsUserError() {}

// UserErrors turns a refusal of the domain into the types of the schema. The list is never nil.
func UserErrors(problems knowledge.Problems) []UserError {
	out := make([]UserError, len(problems))
	for i, p := range problems {
		r := Refusal{Message: p.Message, Path: p.Path, Code: p.Code}
		if r.Path == nil {
			r.Path = []string{}
		}
		switch p.Code {
		case knowledge.CodeNotFound:
			out[i] = NotFoundError{r}
		case knowledge.CodeForbidden, knowledge.CodeSignIn:
			out[i] = PermissionError{r}
		case knowledge.CodeStale, knowledge.CodeSlugTaken, knowledge.CodeKeyReused, knowledge.CodeNotAllowedNow:
			e := ConflictError{Refusal: r}
			if p.CurrentRevision > 0 {
				e.CurrentRevision = &p.CurrentRevision
			}
			out[i] = e
		default:
			out[i] = InvalidInputError{r}
		}
	}
	return out
}
