package knowledge

import "strconv"

// index is a list position as a step of a path.
func index(i int) string { return strconv.Itoa(i) }

// appendRefs adds a reference for each id of the field.
func appendRefs(refs []Reference, rel Relation, field string, ids []ID) []Reference {
	for i, id := range ids {
		refs = append(refs, Reference{rel, id, []string{field, index(i)}})
	}
	return refs
}
