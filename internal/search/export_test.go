package search

import "goodpractice/internal/knowledge"

// Specimen is a record of the kind by which a changed mapping is noticed.
func Specimen(kind, linked knowledge.Kind) knowledge.Entity { return specimen(kind, linked) }

// FieldLister gives what lists the fields that the index has of a record.
func FieldLister() (func(knowledge.Indexable) []string, error) {
	l, err := newLinguist()
	if err != nil {
		return nil, err
	}
	return func(item knowledge.Indexable) []string {
		var out []string
		for _, f := range l.document(item).Fields {
			out = append(out, f.Name())
		}
		return out
	}, nil
}
