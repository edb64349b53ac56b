package boltstore

import "goodpractice/internal/knowledge"

// ParseRecord gives the inner reader of records to the fuzz test.
func ParseRecord(b []byte) (again []byte, err error) {
	r, err := parse(b)
	if err != nil {
		return nil, err
	}
	return r.append(nil), nil
}

// NewRecord writes a record as the store does.
func NewRecord(number uint64, kind knowledge.Kind, slug string, body []byte) []byte {
	r := record{number: number, revision: 1, kind: kind, slug: slug, body: body}
	return r.append(nil)
}
