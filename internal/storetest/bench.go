package storetest

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
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

// filled opens an engine with n entries.
func filled(b *testing.B, open Opener, n int) (Engine, []knowledge.Entity) {
	b.Helper()
	engine, all := fresh(b, open), corpus(n)
	save(b, engine, all...)
	return engine, all
}

// BenchmarkLoad loads 1, 20 and 100 of 10,000 entities at a time.
func BenchmarkLoad(b *testing.B, open Opener) {
	engine, all := filled(b, open, 10_000)
	for _, n := range []int{1, 20, 100} {
		b.Run(fmt.Sprintf("ids=%d", n), func(b *testing.B) {
			ids := make([]knowledge.ID, n)
			for i := 0; b.Loop(); i++ {
				for j := range ids {
					ids[j] = all[(i*7919+j*31)%len(all)].Head().ID
				}
				load(b, engine, ids...)
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "entities/s")
		})
	}
}

// BenchmarkSave saves single new entities from 1, 8 and 32 writers at once.
func BenchmarkSave(b *testing.B, open Opener) {
	for _, writers := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			engine, seed := fresh(b, open), corpus(1)[0]
			var made atomic.Int64
			for b.Loop() {
				var all sync.WaitGroup
				for range writers {
					all.Go(func() {
						for range 20 {
							e := knowledge.Clone(seed)
							n := strconv.FormatInt(made.Add(1), 10)
							e.Head().ID, e.Head().Slug = knowledgetest.ID(e.Kind(), n), n
							if err := engine.Save(b.Context(), e); err != nil {
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

// BenchmarkSaveMany saves 5,000 new entities in one call.
func BenchmarkSaveMany(b *testing.B, open Opener) {
	all := corpus(5000)
	for b.Loop() {
		save(b, fresh(b, open), all...)
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "entities/s")
}

// BenchmarkRead reads all of 10,000 entities, as for a new index, and their revisions alone, as for a
// comparison.
func BenchmarkRead(b *testing.B, open Opener) {
	const n = 10_000
	engine, _ := filled(b, open, n)
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			for change, err := range engine.Changes(b.Context(), "") {
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
			if err := engine.EachRevision(b.Context(), func(knowledge.ID, knowledge.Revision) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "entities/s")
	})
}
