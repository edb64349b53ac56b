package mongostore_test

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore/mongotest"
)

// corpus is n entries of about 2.5 KB each.
func corpus(n int) []knowledge.Entity {
	p := knowledgetest.Practice("seed", knowledgetest.Themed("housing", "work"), knowledgetest.By("madrid"), knowledgetest.In("ES"))
	t := &p.Texts[0]
	for _, text := range []*string{&t.Summary, &t.Situation, &t.Action, &t.Results} {
		for range 8 {
			*text += "The mediators met the families every week, at school and at home. "
		}
	}
	return slices.Collect(knowledgetest.Corpus([]knowledge.Entity{p}, n, 1))
}

func BenchmarkLoad(b *testing.B) {
	store := mongotest.Open(b, b.TempDir())
	all := corpus(10_000)
	if err := store.Save(b.Context(), all...); err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 20, 100} {
		b.Run(fmt.Sprintf("ids=%d", n), func(b *testing.B) {
			ids := make([]knowledge.ID, n)
			for i := 0; b.Loop(); i++ {
				for j := range ids {
					ids[j] = all[(i*7919+j*31)%len(all)].Head().ID
				}
				if _, err := store.Load(b.Context(), ids...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "entities/s")
		})
	}
}

// BenchmarkSave saves single new entities from a number of writers at once.
func BenchmarkSave(b *testing.B) {
	for _, writers := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			store := mongotest.Open(b, b.TempDir())
			seed := corpus(1)[0]
			var made atomic.Int64
			for b.Loop() {
				var all sync.WaitGroup
				for range writers {
					all.Go(func() {
						for range 20 {
							e := knowledge.Clone(seed)
							n := strconv.FormatInt(made.Add(1), 10)
							e.Head().ID, e.Head().Slug = knowledgetest.ID(e.Kind(), n), n
							if err := store.Save(b.Context(), e); err != nil {
								b.Error(err)
							}
						}
					})
				}
				all.Wait()
			}
			b.ReportMetric(float64(b.N*writers*20)/b.Elapsed().Seconds(), "entities/s")
		})
	}
}

func BenchmarkSaveMany(b *testing.B) {
	all := corpus(5000)
	for b.Loop() {
		if err := mongotest.Open(b, b.TempDir()).Save(b.Context(), all...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "entities/s")
}

// BenchmarkSnapshot reads everything, as for a new index, and the revisions alone, as for a comparison.
func BenchmarkSnapshot(b *testing.B) {
	store := mongotest.Open(b, b.TempDir())
	const n = 20_000
	if err := store.Save(b.Context(), corpus(n)...); err != nil {
		b.Fatal(err)
	}
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			for change, err := range store.Changes(b.Context(), "") {
				if err != nil {
					b.Fatal(err)
				}
				if change.CaughtUp {
					break
				}
			}
		}
		b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "entities/s")
	})
	b.Run("revisions", func(b *testing.B) {
		for b.Loop() {
			if err := store.EachRevision(b.Context(), func(knowledge.ID, knowledge.Revision) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "entities/s")
	})
}
