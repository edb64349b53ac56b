package semantics

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"
)

// Posting tells that a term occurs in a document, and how often.
type Posting struct {
	Doc   uint32 // Number of the document, from 0.
	Count uint32 // A posting without occurrences counts for nothing.
}

// runs joins what comes for one term in a row, so that each term comes once, with its documents in order and each of
// them once. What it yields is valid until the next term.
func runs(terms iter.Seq2[string, []Posting]) iter.Seq2[string, []Posting] {
	return func(yield func(string, []Posting) bool) {
		var gathered []Posting
		current, isFirst := "", true
		for term, postings := range terms {
			if term != current && !isFirst {
				if !yield(current, inOrder(gathered)) {
					return
				}
				gathered = gathered[:0]
			}
			current, isFirst = term, false
			for _, p := range postings {
				if p.Count > 0 {
					gathered = append(gathered, p)
				}
			}
		}
		if !isFirst {
			yield(current, inOrder(gathered))
		}
	}
}

// inOrder sorts postings by document and adds up the counts of each, in place.
func inOrder(postings []Posting) []Posting {
	byDoc := func(a, b Posting) int { return cmp.Compare(a.Doc, b.Doc) }
	if !slices.IsSortedFunc(postings, byDoc) {
		slices.SortFunc(postings, byDoc)
	}
	kept := postings[:0]
	for _, p := range postings {
		if n := len(kept); n > 0 && kept[n-1].Doc == p.Doc {
			kept[n-1].Count = uint32(min(uint64(kept[n-1].Count)+uint64(p.Count), math.MaxUint32))
		} else {
			kept = append(kept, p)
		}
	}
	return kept
}

// pulseWork is how much work is done between two looks at the context: multiplications, for a few milliseconds.
const pulseWork = 1 << 22

// pulse counts the work since the last look at the context.
type pulse int

// after counts work, and now and then tells whether the context is done.
func (p *pulse) after(ctx context.Context, work int) error {
	if *p += pulse(work) + 1; *p < pulseWork {
		return nil
	}
	*p = 0
	return ctx.Err()
}
