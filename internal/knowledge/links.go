package knowledge

import "slices"

// SetLink makes a link from an entry and tells whether such a link may begin at it. A link that is
// there already stays; links of which there is only one are replaced.
func SetLink(e Entity, relation Relation, target ID, clause *string) bool {
	if r, ok := e.(*Recommendation); ok {
		switch relation {
		case RelRestsOn:
			basis := Basis{TargetID: target, Clause: clause}
			if !slices.ContainsFunc(r.RestsOn, func(b Basis) bool { return b.TargetID == target && equal(b.Clause, clause) }) {
				r.RestsOn = append(r.RestsOn, basis)
			}
			return true
		case RelAdoptedAt:
			r.AdoptedAtID = &target
			return true
		case RelSupersededBy:
			r.SupersededByID = &target
			return true
		default:
		}
	}
	ids := linkList(e, relation)
	if ids == nil {
		return false
	}
	if !slices.Contains(*ids, target) {
		*ids = append(*ids, target)
	}
	return true
}

// RemoveLink removes every link of the relation to the target, and tells whether there was one.
func RemoveLink(e Entity, relation Relation, target ID) bool {
	if r, ok := e.(*Recommendation); ok {
		switch relation {
		case RelRestsOn:
			n := len(r.RestsOn)
			r.RestsOn = slices.DeleteFunc(r.RestsOn, func(b Basis) bool { return b.TargetID == target })
			return len(r.RestsOn) < n
		case RelAdoptedAt:
			return removeOne(&r.AdoptedAtID, target)
		case RelSupersededBy:
			return removeOne(&r.SupersededByID, target)
		default:
		}
	}
	ids := linkList(e, relation)
	if ids == nil {
		return false
	}
	n := len(*ids)
	*ids = slices.DeleteFunc(*ids, func(id ID) bool { return id == target })
	return len(*ids) < n
}

// linkList is the list of ids that holds the entity's links of a relation; nil where it has none.
func linkList(e Entity, relation Relation) *[]ID {
	switch x := e.(type) {
	case *Practice:
		switch relation {
		case RelVariantOf:
			return &x.VariantOfIDs
		case RelInspiredBy:
			return &x.InspiredByIDs
		case RelSupersedes:
			return &x.SupersedesIDs
		default:
		}
	case *LessonLearnt:
		if relation == RelComesFrom {
			return &x.PracticeIDs
		}
	}
	return nil
}

func removeOne(field **ID, target ID) bool {
	if *field == nil || **field != target {
		return false
	}
	*field = nil
	return true
}

func equal(a, b *string) bool {
	return a == b || a != nil && b != nil && *a == *b
}
