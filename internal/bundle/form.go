package bundle

import (
	"encoding/json"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// formVersion is the version of the lossless form that this package writes and reads.
const formVersion = 1

// The values of the key form: what a line of the lossless form is.
const (
	formHeader  = "header"  // the first line
	formHistory = "history" // older states of the entity on the next line, where they are many
	formEntity  = "entity"  // an entity with its older states
	formEnd     = "end"     // the last line, so that a file that was cut off is noticed
)

// form is a line of the lossless form.
type form struct {
	Form    string           `json:"form"`
	Version int              `json:"version,omitempty"` // of a header
	Kinds   []knowledge.Kind `json:"kinds,omitempty"`   // of a header: what was written
	Kind    knowledge.Kind   `json:"kind,omitempty"`
	// Entity is the state of the entity, as knowledge.Encode writes it.
	Entity json.RawMessage `json:"entity,omitempty"`
	// History holds the older states, newest first. It is left out where it was not asked for.
	History []json.RawMessage `json:"history,omitzero"`
	// Entities is how many entities the file holds, on its last line.
	Entities *int `json:"entities,omitempty"`

	states []knowledge.Entity // of an entity: all of them, oldest first
}

// decodeForm reads a line of the lossless form.
func decodeForm(line []byte) (*form, error) {
	f := &form{}
	if err := eachKey(line, func(string, json.RawMessage) error { return nil }); err != nil {
		return nil, err
	}
	if err := strictly(line, f); err != nil {
		return nil, reason(fmt.Sprintf("The line is not of the lossless form: %v.", err))
	}
	switch f.Form {
	case formHeader:
		if f.Version != formVersion {
			return nil, reason(fmt.Sprintf("The file is of version %d of the form; this program reads version %d.", f.Version, formVersion))
		}
		return f, nil
	case formEnd:
		if f.Entities == nil {
			return nil, reason("entities: Say how many entities the file holds.")
		}
		return f, nil
	case formHistory, formEntity:
		return f, f.decodeStates()
	}
	return nil, reason(fmt.Sprintf("form: %s is none of header, history, entity and end.", quoted(f.Form)))
}

// decodeStates reads the entity and its older states, and checks that they are states of one entity.
func (f *form) decodeStates() error {
	for _, raw := range slices.Backward(f.History) {
		e, err := f.decodeState(raw)
		if err != nil {
			return err
		}
		f.states = append(f.states, e)
	}
	if f.Form == formEntity {
		e, err := f.decodeState(f.Entity)
		if err != nil {
			return err
		}
		f.states = append(f.states, e)
	}
	if len(f.states) == 0 {
		return reason("history: A line of history needs at least one state.")
	}
	if slices.ContainsFunc(f.older(), func(e knowledge.Entity) bool { return e.Head().Deleted }) {
		return reason("history: Nothing follows the state in which an entity is deleted.")
	}
	return checkStates(f.states)
}

// older are the states of the line that are not the last of their entity.
func (f *form) older() []knowledge.Entity {
	if f.Form == formEntity {
		return f.states[:len(f.states)-1]
	}
	return f.states
}

// checkStates tells whether the states, oldest first, follow each other.
func checkStates(states []knowledge.Entity) error {
	first := states[0].Head()
	for i, e := range states {
		m := e.Head()
		if m.ID != first.ID {
			return reason("history: The states are of several entities.")
		}
		if m.Revision != first.Revision+i {
			return reason(fmt.Sprintf("history: Revision %d is missing.", first.Revision+i))
		}
	}
	return nil
}

func (f *form) decodeState(raw json.RawMessage) (knowledge.Entity, error) {
	e := knowledge.New(f.Kind)
	if e == nil {
		return nil, reason(fmt.Sprintf("kind: There is no kind %s.", quoted(string(f.Kind))))
	}
	if err := strictly(knowledge.Renewed(raw), e); err != nil {
		return nil, reason(fmt.Sprintf("entity: %v.", err))
	}
	m := e.Head()
	switch {
	case m.ID.Kind() != f.Kind:
		return nil, reason(fmt.Sprintf("entity: %s is no id of a %s.", quoted(string(m.ID)), f.Kind.Noun()))
	case m.Revision < 1:
		return nil, reason("entity: Revisions begin at 1.")
	}
	knowledge.FillLists(e)
	return e, nil
}
