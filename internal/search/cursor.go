package search

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"goodpractice/internal/knowledge"
)

// A cursor is the base64url form of: a version, the hash of the list that it belongs to, in the order of
// relevance what is frozen, what the key is, the key, and the id.
const (
	cursorVersion   = 4
	cursorHashBytes = 8
	maxCursorBytes  = 8192 // in base64url; 300 are usual, and thousands need a text of nothing but typing errors

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
		Reading   knowledge.Reading
		Filter    knowledge.EntryFilter
		Within    knowledge.EntryFilter
		Slug      string
		IDs       []knowledge.ID
		Links     []knowledge.Term
		Order     knowledge.OrderField
		Ascending bool
	}{l.Kinds, l.Text, l.Reading, l.Filter, l.Within, l.Slug, l.IDs, l.Links, o.field, o.ascending})
	if err != nil {
		return [cursorHashBytes]byte{}, fmt.Errorf("name the list: %w", err)
	}
	sum := sha256.Sum256(b)
	return [cursorHashBytes]byte(sum[:cursorHashBytes]), nil
}

// encodeCursor writes the place of a key in a list.
func encodeCursor(hash [cursorHashBytes]byte, o order, k *key, f *frozen) string {
	b := append([]byte{cursorVersion}, hash[:]...)
	if o.field == knowledge.OrderRelevance {
		b = appendFrozen(b, f)
	}
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

// appendFrozen writes what is frozen: the model, the number of weights, the weights, the average lengths, the thresholds,
// the number of examples, the examples, the number of words that were chosen of a long text, which, the mentions that words of
// labels stand for, the language, and the corrections.
func appendFrozen(b []byte, f *frozen) []byte {
	if f == nil {
		f = &frozen{}
	}
	b = binary.BigEndian.AppendUint32(b, f.model)
	b = append(b, byte(len(f.weights)))
	for _, w := range f.weights {
		b = binary.BigEndian.AppendUint32(b, math.Float32bits(float32(w)))
	}
	for _, c := range runningClasses() {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(f.averages[c]))
	}
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(f.threshold))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(f.related))
	b = append(b, byte(len(f.examples)))
	for _, id := range f.examples {
		b = appendText(b, string(id))
	}
	b = append(b, byte(len(f.words)))
	for _, at := range f.words {
		b = binary.BigEndian.AppendUint16(b, uint16(at))
	}
	b = binary.AppendUvarint(b, f.byLabels)
	b = append(appendText(b, string(f.language)), byte(len(f.corrections)))
	for _, word := range slices.Sorted(maps.Keys(f.corrections)) {
		b = appendText(appendText(b, word), f.corrections[word])
	}
	return b
}

// appendText writes a text of up to 255 bytes.
func appendText(b []byte, s string) []byte {
	s = s[:min(len(s), math.MaxUint8)]
	return append(append(b, byte(len(s))), s...)
}

// reader takes a part of a cursor to pieces. After the first piece that is not there, all are empty.
type reader struct {
	rest   []byte
	broken bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.broken, r.rest = true, nil
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) byte() int {
	if b := r.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (r *reader) short() int {
	if b := r.take(2); b != nil {
		return int(binary.BigEndian.Uint16(b))
	}
	return 0
}

func (r *reader) text() string { return string(r.take(r.byte())) }

func (r *reader) uvarint() uint64 {
	x, n := binary.Uvarint(r.rest)
	r.take(max(n, 0))
	r.broken = r.broken || n <= 0
	return x
}

func (r *reader) number() float64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	x := math.Float64frombits(binary.BigEndian.Uint64(b))
	r.broken = r.broken || math.IsNaN(x)
	return x
}

// decodeCursor reads what encodeCursor wrote for the same list. Anything else is an Error of kind
// Invalid with the name of the argument as its path.
func decodeCursor(cursor string, hash [cursorHashBytes]byte, o order, argument string) (*key, *frozen, error) {
	refuse := func(message string) error {
		return &knowledge.Error{Kind: knowledge.Invalid, Path: []string{argument}, Message: message}
	}
	const garbled = "This is no cursor. Take one from a page of this list, as it is."
	if len(cursor) > maxCursorBytes {
		return nil, nil, refuse(garbled)
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < 2+cursorHashBytes || b[0] != cursorVersion {
		return nil, nil, refuse(garbled)
	}
	if [cursorHashBytes]byte(b[1:1+cursorHashBytes]) != hash {
		return nil, nil, refuse("This cursor belongs to another list. Use it with the text, filter and order that it came with.")
	}
	b = b[1+cursorHashBytes:]
	var f *frozen
	if o.field == knowledge.OrderRelevance {
		var ok bool
		if f, b, ok = decodeFrozen(b); !ok {
			return nil, nil, refuse(garbled)
		}
	}
	k, ok := decodeKey(b, o)
	if !ok {
		return nil, nil, refuse(garbled)
	}
	return k, f, nil
}

// decodeFrozen reads what appendFrozen wrote, and gives what is behind it.
func decodeFrozen(b []byte) (*frozen, []byte, bool) {
	r := &reader{rest: b}
	f := &frozen{averages: map[class]float64{}, corrections: map[string]string{}}
	model := r.take(4)
	if model == nil {
		return nil, nil, false
	}
	f.model = binary.BigEndian.Uint32(model)
	weights := r.byte()
	r.broken = weights > maxWords
	for range min(weights, maxWords) {
		raw := r.take(4)
		if raw == nil {
			return nil, nil, false
		}
		w := float64(math.Float32frombits(binary.BigEndian.Uint32(raw)))
		r.broken = r.broken || math.IsNaN(w) || w < 0 || w > maxTelling
		f.weights = append(f.weights, w)
	}
	for _, c := range runningClasses() {
		f.averages[c] = r.number()
		r.broken = r.broken || f.averages[c] <= 0 || f.averages[c] > math.MaxInt32
	}
	f.threshold, f.related = r.number(), r.number()
	r.broken = r.broken || f.related < 0 || f.related > 2 && !math.IsInf(f.related, 1) // No cosine is that large.
	for range min(r.byte(), examples+1) {
		id := knowledge.ID(r.text())
		r.broken = r.broken || id.Kind() == "" || len(f.examples) == examples
		f.examples = append(f.examples, id)
	}
	for range min(r.byte(), maxWords+1) {
		at := r.short()
		n := len(f.words)
		r.broken = r.broken || n == maxWords || n > 0 && at <= f.words[n-1]
		f.words = append(f.words, at)
	}
	f.byLabels = r.uvarint()
	f.language = knowledge.LanguageTag(r.text())
	for range r.byte() {
		word := r.text()
		f.corrections[word] = r.text()
		if r.broken {
			break
		}
	}
	return f, r.rest, !r.broken
}

// maxTelling is above the weight that any word can have: one record of more than there can be.
const maxTelling = 64

func decodeKey(b []byte, o order) (*key, bool) {
	if len(b) == 0 {
		return nil, false
	}
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
