package search

import "goodpractice/internal/knowledge"

// link is a noun that an entity is found by: one that it points at, or an ancestor of one.
type link struct {
	relation   knowledge.Relation // of the reference that leads to it
	field      string             // the entity's field that holds the reference
	target     knowledge.ID
	record     knowledge.Entity // nil where it was not loaded
	isAncestor bool
}

// lendsName tells whether the names of what the relation leads to count as the entity's text.
func lendsName(r knowledge.Relation) bool {
	switch r {
	case knowledge.RelTheme, knowledge.RelTargetGroup, knowledge.RelContributor, knowledge.RelCountry,
		knowledge.RelOrganisation, knowledge.RelParticipant, knowledge.RelOrganiser, knowledge.RelAuthor,
		knowledge.RelPlace, knowledge.RelParent, knowledge.RelBroader:
		return true
	default:
		return false
	}
}

// linksOf lists the nouns that an entity is found by, each once for each relation: first those that it
// points at, then their ancestors. A cycle of parents ends where it begins.
func linksOf(item knowledge.Indexable) []link {
	type key struct {
		relation knowledge.Relation
		target   knowledge.ID
	}
	seen := map[key]bool{}
	var out []link
	add := func(l link) {
		if l.target == "" || seen[key{l.relation, l.target}] {
			return
		}
		seen[key{l.relation, l.target}] = true
		l.record = item.Linked[l.target]
		out = append(out, l)
	}
	for _, ref := range item.Entity.References() {
		if lendsName(ref.Relation) && len(ref.Path) > 0 {
			isAncestor := ref.Relation == knowledge.RelBroader || ref.Relation == knowledge.RelParent
			add(link{relation: ref.Relation, field: ref.Path[0], target: ref.Target, isAncestor: isAncestor})
		}
	}
	for i := 0; i < len(out); i++ { // Grows while it runs.
		l := out[i]
		add(link{relation: l.relation, field: l.field, target: parentOf(l.record), isAncestor: true})
	}
	return out
}

// parentOf is the next broader record; empty at the top.
func parentOf(e knowledge.Entity) knowledge.ID {
	var parent *knowledge.ID
	switch x := e.(type) {
	case *knowledge.Theme:
		parent = x.BroaderID
	case *knowledge.TargetGroup:
		parent = x.BroaderID
	case *knowledge.Authority:
		parent = x.ParentID
	case *knowledge.Organisation:
		parent = x.ParentID
	}
	if parent == nil {
		return ""
	}
	return *parent
}
