package search

import (
	"cmp"
	"strings"

	"goodpractice/internal/knowledge"
)

// key is where a document stands in an order.
type key struct {
	isMissing bool // comes last, whichever way the order goes
	number    float64
	text      string
	id        string // between equals
}

// order is an order of documents, as asked for.
type order struct {
	field     knowledge.OrderField
	ascending bool
}

// orderOf fills in what a listing leaves open: the best match first where there is a text, else what
// was changed last.
func orderOf(l *knowledge.Listing) (order, error) {
	o := order{l.Order.Field, l.Order.Ascending}
	switch o.field {
	case "", knowledge.OrderRelevance:
		if l.Text == "" {
			return order{field: knowledge.OrderUpdatedAt}, nil
		}
		o.field = knowledge.OrderRelevance
	case knowledge.OrderYear, knowledge.OrderTitle, knowledge.OrderCreatedAt, knowledge.OrderUpdatedAt,
		knowledge.OrderPublishedAt:
	default:
		return order{}, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"orderBy", "field"}, Message: "Order by a field that the schema names.",
		}
	}
	return o, nil
}

// column is the field that holds the keys; "" for the score.
func (o order) column() string {
	switch o.field {
	case knowledge.OrderYear:
		return fieldYear
	case knowledge.OrderTitle:
		return fieldTitle
	case knowledge.OrderCreatedAt:
		return fieldCreated
	case knowledge.OrderUpdatedAt:
		return fieldUpdated
	case knowledge.OrderPublishedAt:
		return fieldPublished
	default:
		return ""
	}
}

// compare is negative where a comes before b.
func (o order) compare(a, b *key) int {
	return cmp.Or(o.compareValues(a, b), strings.Compare(a.id, b.id))
}

// compareValues is compare without a look at the ids; 0 where they decide.
func (o order) compareValues(a, b *key) int {
	if a.isMissing != b.isMissing {
		if a.isMissing {
			return 1
		}
		return -1
	}
	c := cmp.Compare(a.number, b.number)
	if c == 0 {
		c = strings.Compare(a.text, b.text)
	}
	if !o.ascending {
		c = -c
	}
	return c
}

// keys reads the keys of the documents of a segment.
type keys struct {
	ids    *idColumn
	values *column
	isText bool
}

func (o order) bind(s *segmentView) (keys, error) {
	var k keys
	var err error
	if k.ids, err = s.ids(); err != nil {
		return keys{}, err
	}
	if field := o.column(); field != "" {
		if k.values, err = s.column(field); err != nil {
			return keys{}, err
		}
	}
	k.isText = o.field == knowledge.OrderTitle
	return k, nil
}

// of is the key of a document with the score, without its id.
func (k *keys) of(doc uint32, score float64) key {
	if k.values == nil {
		return key{number: score}
	}
	place, ok := k.values.value(doc)
	switch {
	case !ok:
		return key{isMissing: true}
	case k.isText:
		return key{text: k.values.terms[place]}
	default:
		return key{number: float64(k.values.numbers[place])}
	}
}
