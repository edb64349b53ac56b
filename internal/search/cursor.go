package search

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"goodpractice/internal/knowledge"
)

// A cursor is the base64url form of: a version, the hash of the list that it belongs to, what the key
// is, the key, and the id.
const (
	cursorVersion   = 1
	cursorHashBytes = 8
	maxCursorBytes  = 2048 // in base64url

	cursorMissing = 0
	cursorNumber  = 1
	cursorText    = 2
)

// listHash names a list: another text, filter or order makes other places in it. Who is looking, the
// size of the page and the facets do not.
func listHash(l *knowledge.Listing, o order) ([cursorHashBytes]byte, error) {
	b, err := json.Marshal(struct {
		Kinds     []knowledge.Kind
		Text      string
		Filter    knowledge.EntryFilter
		Within    knowledge.EntryFilter
		Slug      string
		IDs       []knowledge.ID
		Links     []knowledge.Term
		Order     knowledge.OrderField
		Ascending bool
	}{l.Kinds, l.Text, l.Filter, l.Within, l.Slug, l.IDs, l.Links, o.field, o.ascending})
	if err != nil {
		return [cursorHashBytes]byte{}, fmt.Errorf("name the list: %w", err)
	}
	sum := sha256.Sum256(b)
	return [cursorHashBytes]byte(sum[:cursorHashBytes]), nil
}

// encodeCursor writes the place of a key in a list.
func encodeCursor(hash [cursorHashBytes]byte, o order, k *key) string {
	b := append([]byte{cursorVersion}, hash[:]...)
	switch {
	case k.isMissing:
		b = append(b, cursorMissing)
	case o.field == knowledge.OrderTitle:
		b = append(b, cursorText)
		b = binary.AppendUvarint(b, uint64(len(k.text)))
		b = append(b, k.text...)
	default:
		b = append(b, cursorNumber)
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(k.number))
	}
	return base64.RawURLEncoding.EncodeToString(append(b, k.id...))
}

// decodeCursor reads what encodeCursor wrote for the same list. Anything else is an Error of kind
// Invalid with the name of the argument as its path.
func decodeCursor(cursor string, hash [cursorHashBytes]byte, o order, argument string) (*key, error) {
	refuse := func(message string) error {
		return &knowledge.Error{Kind: knowledge.Invalid, Path: []string{argument}, Message: message}
	}
	const garbled = "This is no cursor. Take one from a page of this list, as it is."
	if len(cursor) > maxCursorBytes {
		return nil, refuse(garbled)
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < 2+cursorHashBytes || b[0] != cursorVersion {
		return nil, refuse(garbled)
	}
	if [cursorHashBytes]byte(b[1:1+cursorHashBytes]) != hash {
		return nil, refuse("This cursor belongs to another list. Use it with the text, filter and order that it came with.")
	}
	k, ok := decodeKey(b[1+cursorHashBytes:], o)
	if !ok {
		return nil, refuse(garbled)
	}
	return k, nil
}

func decodeKey(b []byte, o order) (*key, bool) {
	k := &key{}
	kind, b := b[0], b[1:]
	isText := o.field == knowledge.OrderTitle
	switch {
	case kind == cursorMissing && o.field != knowledge.OrderRelevance:
		k.isMissing = true
	case kind == cursorText && isText:
		n, used := binary.Uvarint(b)
		if used <= 0 || n > uint64(len(b)-used) {
			return nil, false
		}
		k.text, b = string(b[used:used+int(n)]), b[used+int(n):]
	case kind == cursorNumber && !isText:
		if len(b) < 8 {
			return nil, false
		}
		k.number, b = math.Float64frombits(binary.BigEndian.Uint64(b)), b[8:]
	default:
		return nil, false
	}
	k.id = string(b)
	return k, !math.IsNaN(k.number) && knowledge.ID(k.id).Kind() != ""
}
