package relay

import "goodpractice/internal/knowledge"

// Before reads which revision a history is asked for up to, without it; 0 stands for all of it.
func Before(revision *int) (knowledge.Revision, error) {
	switch {
	case revision == nil:
		return 0, nil
	case *revision < 1:
		return 0, invalid("before", "Revisions count from 1.")
	}
	return *revision, nil
}

// VersionOf shows a saved state of an entry, with the name of the holder of the token it was saved by.
func VersionOf(state knowledge.Entity, holder string) *Version {
	m := state.Head()
	entry, _ := state.(knowledge.Entry)
	return &Version{
		Revision: m.Revision, Action: m.Edit.Action, At: m.Edit.At,
		By: given(holder), Reason: given(m.Edit.Reason), Status: m.Status, Entry: entry,
	}
}

// given is nil for an empty text.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
