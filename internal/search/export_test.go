package search

import "goodpractice/internal/knowledge"

// Specimen is a record of the kind by which a changed mapping is noticed.
func Specimen(kind, linked knowledge.Kind) knowledge.Entity { return specimen(kind, linked) }

// FieldsOf lists the fields that the index has of a record, each as often as it has values there.
func FieldsOf(item knowledge.Indexable) []string {
	var out []string
	for _, f := range newLinguist().document(item).Fields {
		out = append(out, f.Name())
	}
	return out
}
