package boltstore

import "goodpractice/internal/knowledge"

// ParseRecord gives the inner reader of records to the fuzz test.
func ParseRecord(b []byte) (again []byte, err error) {
	r, err := parse(b)
	if err != nil {
		return nil, err
	}
	return r.bytes(), nil
}

// NewRecord writes a record as the store does.
func NewRecord(number uint64, kind knowledge.Kind, slug string, body []byte) []byte {
	r := record{number: number, revision: 1, kind: kind, slug: slug, body: body}
	return r.bytes()
}

// Group shares commits between saves; the test has no file to commit to.
type Group struct{ group group }

// Save saves the id with the help of the commit function, which is given the ids that share a commit.
func (g *Group) Save(id knowledge.ID, commit func(ids []knowledge.ID) error) error {
	return g.group.save(&write{id: id}, func(writes []*write, errs []error) {
		ids := make([]knowledge.ID, len(writes))
		for i, w := range writes {
			ids[i] = w.id
		}
		err := commit(ids)
		for i := range errs {
			errs[i] = err
		}
	})
}
