package knowledge

import (
	"errors"
	"strconv"
	"strings"
)

// SaveError is what a store returns when it was given several entities and could not save all of
// them. The others are saved.
type SaveError struct {
	// Errs has one place per entity given, in that order; nil for those that were saved.
	Errs []error
}

// Error implements error.
func (e *SaveError) Error() string {
	var lines []string
	for i, err := range e.Errs {
		if err != nil {
			lines = append(lines, strconv.Itoa(i)+": "+err.Error())
		}
	}
	return "save: " + strings.Join(lines, "; ")
}

// Unwrap gives the causes, for errors.Is.
func (e *SaveError) Unwrap() []error { return e.Errs }

// SaveErrors is err as a list with one place per entity, for n entities given: all nil for no error,
// and the same error everywhere where the whole call failed.
func SaveErrors(err error, n int) []error {
	if several, ok := errors.AsType[*SaveError](err); ok {
		return several.Errs
	}
	out := make([]error, n)
	for i := range out {
		out[i] = err
	}
	return out
}

// Indexable is an entity with what the index needs to know of its surroundings.
type Indexable struct {
	Entity Entity
	// Linked holds the records whose names count as the entity's text, with all their broader terms
	// and parents. What is not in it is not found by name.
	Linked map[ID]Entity
}

// Notice tells a follower that an entity has changed and that searches find the new state.
type Notice struct {
	Entity Entity
	// JustPublished is set where the change made an entry public.
	JustPublished bool
	// WasPublic is set where the state before was public.
	WasPublic bool
}
