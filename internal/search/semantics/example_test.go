package semantics_test

import (
	"context"
	"fmt"
	"maps"

	"goodpractice/internal/search/semantics"
)

// The index holds texts on ten subjects, in which two words of a subject never meet.
func Example() {
	ctx := context.Background()
	index := indexed(subjects())

	model, err := semantics.Train(ctx, index.docs, index.all(), semantics.Options{Rank: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	vectors, err := model.Fold(ctx, index.docs, index.all())
	if err != nil {
		fmt.Println(err)
		return
	}
	query := model.Vector(maps.All(map[string]int{"s4-synonym0": 1}))
	for _, near := range vectors.Nearest(query, 100, nil) {
		if near.Cosine > 0.5 {
			fmt.Print(near.Doc, " ")
		}
	}
	// Output: 48 49 50 51 52 53 54 55 56 57 58 59
}
