package search

import (
	"context"
	"encoding/base64"
	"fmt"

	"goodpractice/internal/knowledge"
)

// FindReading is Find, which reads the places of words in so many texts at most.
func (x *Index) FindReading(ctx context.Context, l knowledge.Listing, texts int) (knowledge.Found, error) {
	return x.find(ctx, l, texts)
}

// Frozen is what a cursor of a list by relevance carries. Nil fields of a change leave it as it is.
type Frozen struct {
	Model       *uint32
	Language    *knowledge.LanguageTag
	Corrections map[string]string
	Weights     func(float64) float64
	Threshold   *float64
	Related     *float64
	Examples    []knowledge.ID
	Words       []int
	Key         *float64
	ID          knowledge.ID
}

// Forge changes what a cursor carries.
func Forge(cursor string, change Frozen) (string, error) {
	hash, k, f, err := opened(cursor)
	if err != nil {
		return "", err
	}
	set(&f.model, change.Model)
	set(&f.language, change.Language)
	set(&f.threshold, change.Threshold)
	set(&f.related, change.Related)
	set(&k.number, change.Key)
	if change.Corrections != nil {
		f.corrections = change.Corrections
	}
	for i, w := range f.weights {
		if change.Weights != nil {
			f.weights[i] = change.Weights(w)
		}
	}
	if change.Examples != nil {
		f.examples = change.Examples
	}
	if change.Words != nil {
		f.words = change.Words
	}
	if change.ID != "" {
		k.id = string(change.ID)
	}
	return encodeCursor(hash, order{field: knowledge.OrderRelevance}, k, f), nil
}

func set[T any](to, value *T) {
	if value != nil {
		*to = *value
	}
}

// LearnsFrom are the records that a cursor names as examples.
func LearnsFrom(cursor string) ([]knowledge.ID, error) {
	_, _, f, err := opened(cursor)
	if err != nil {
		return nil, err
	}
	return f.examples, nil
}

func opened(cursor string) ([cursorHashBytes]byte, *key, *frozen, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) <= cursorHashBytes {
		return [cursorHashBytes]byte{}, nil, nil, fmt.Errorf("no cursor: %w", err)
	}
	hash := [cursorHashBytes]byte(b[1:])
	k, f, err := decodeCursor(cursor, hash, order{field: knowledge.OrderRelevance}, "after")
	return hash, k, f, err
}

// Kept is how many values of so many bytes a cache keeps under the names.
func Kept(limit, bytes int, names []string) int {
	c := cache[int]{limit: limit}
	for i, name := range names {
		c.keep(name, i, bytes)
	}
	n := 0
	for i, name := range names {
		if value, ok := c.get(name); ok && value == i {
			n++
		}
	}
	return n
}
