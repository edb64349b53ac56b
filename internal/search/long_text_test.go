package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
)

// Of a long text some words are searched for. A cursor tells which, since others would be chosen after a write.
func TestAListByALongTextGoesOnAsItBegan(t *testing.T) {
	t.Parallel()
	entities := topical(70, 1)
	x := filled(t, entities...)
	learn(t, x)
	all := topics()
	text := strings.Join(slices.Concat(all[0], all[1], all[2]), " ")
	if n := len(strings.Fields(text)); n <= 40 {
		t.Fatalf("%d words are no long text", n)
	}
	l := knowledge.Listing{Text: text, Page: knowledge.Page{First: knowledge.MaxPageSize}}
	whole := find(t, x, l)
	const size = 5
	var others []knowledge.Entity // They make the rarest words the commonest.
	for i := range 150 {
		others = append(others, practice(fmt.Sprintf("other-%d", i), "en", "Other", strings.Join(all[i%2], " ")+"."))
	}
	apply(t, x.Current(), "2", others...)
	got := walked(t, x, l, knowledge.Page{First: size, After: whole.Hits[size-1].Cursor}, size)
	got = slices.DeleteFunc(got, func(id knowledge.ID) bool { return byID(entities, id) == nil })
	if want := ids(whole.Hits)[size:]; !slices.Equal(got, want) {
		t.Error(differences(got, want))
	}
}
