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

// Versions shows saved states of an entry, with the names of the tokens' holders. The list is never nil.
func Versions(states []knowledge.Entity, holders map[knowledge.ID]string) []*Version {
	versions := make([]*Version, 0, len(states))
	for _, state := range states {
		entry, ok := state.(knowledge.Entry)
		if !ok {
			continue
		}
		m := state.Head()
		versions = append(versions, &Version{
			Revision: m.Revision, Action: m.Edit.Action, At: m.Edit.At,
			By: given(holders[m.Edit.By]), Reason: given(m.Edit.Reason), Status: m.Status, Entry: entry,
		})
	}
	return versions
}

// given is nil for an empty text.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
