package boltstore

import (
	"encoding/binary"
	"errors"
	"fmt"

	"goodpractice/internal/knowledge"
)

// record is one state of one entity as the file holds it: what a Save has to know of it, then the
// entity in JSON. Kind and slug stand before the JSON so that nothing has to be decoded to judge a
// revision.
type record struct {
	number   uint64 // of the change that made this state
	revision knowledge.Revision
	deleted  bool
	kind     knowledge.Kind
	slug     string
	body     []byte
}

var errRecord = errors.New("a record in the file is damaged")

// bytes is the record as it is stored.
func (r *record) bytes() []byte {
	deleted := byte(0)
	if r.deleted {
		deleted = 1
	}
	b := binary.AppendUvarint(nil, r.number)
	b = binary.AppendUvarint(b, uint64(r.revision))
	b = append(b, deleted)
	for _, s := range []string{string(r.kind), r.slug} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return append(b, r.body...)
}

// parse reads what bytes wrote. The body is a part of b.
func parse(b []byte) (record, error) {
	var r record
	number, n := binary.Uvarint(b)
	if n <= 0 {
		return r, errRecord
	}
	b = b[n:]
	revision, n := binary.Uvarint(b)
	if n <= 0 || len(b) == n {
		return r, errRecord
	}
	r.number, r.revision, r.deleted = number, knowledge.Revision(revision), b[n] == 1
	kind, b, ok := cutString(b[n+1:])
	if !ok {
		return r, errRecord
	}
	slug, b, ok := cutString(b)
	if !ok {
		return r, errRecord
	}
	r.kind, r.slug, r.body = knowledge.Kind(kind), slug, b
	return r, nil
}

// cutString reads a length and as many bytes, and gives what follows.
func cutString(b []byte) (string, []byte, bool) {
	length, n := binary.Uvarint(b)
	if n <= 0 || length > uint64(len(b)-n) {
		return "", nil, false
	}
	end := n + int(length)
	return string(b[n:end]), b[end:], true
}

// decode reads the entity out of a stored record. It shares nothing with b.
func decode(b []byte) (knowledge.Entity, error) {
	r, err := parse(b)
	if err != nil {
		return nil, err
	}
	e, err := knowledge.Decode(r.kind, r.body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errRecord, err)
	}
	return e, nil
}

// slugKey is the key of a slug within its kind.
func slugKey(kind knowledge.Kind, slug string) []byte { return []byte(string(kind) + "\x00" + slug) }

// historyKey is the key of one revision of an entity. The length in front keeps ids apart of which one
// begins with the other.
func historyKey(id knowledge.ID, revision knowledge.Revision) []byte {
	return binary.BigEndian.AppendUint64(historyPrefix(id), uint64(revision))
}

// historyPrefix is what all history keys of an entity begin with.
func historyPrefix(id knowledge.ID) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(id))), id...)
}

// changeKey is the key of a change.
func changeKey(number uint64) []byte { return binary.BigEndian.AppendUint64(nil, number) }

// changeValue says whose change it is, after a byte that tells whether the entity is deleted: what
// lists the live entities need not read the others.
func changeValue(id knowledge.ID, deleted bool) []byte {
	if deleted {
		return append([]byte{1}, id...)
	}
	return append([]byte{0}, id...)
}
