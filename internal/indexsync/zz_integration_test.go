package indexsync_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

type gen struct{ *search.Generation }

func (g gen) Revisions(ctx context.Context, ids []knowledge.ID) (map[knowledge.ID]knowledge.Stamp, error) {
	m, err := g.Generation.Revisions(ctx, ids)
	out := map[knowledge.ID]knowledge.Stamp{}
	for k, v := range m {
		out[k] = knowledge.Stamp(v)
	}
	return out, err
}

func (g gen) EachStamp(ctx context.Context, fn func(knowledge.ID, knowledge.Stamp) error) error {
	return g.Generation.EachStamp(ctx, func(id knowledge.ID, s search.Stamp) error { return fn(id, knowledge.Stamp(s)) })
}

type ix struct{ *search.Index }

func (x ix) Current() gen                { return gen{x.Index.Current()} }
func (x ix) NewGeneration() (gen, error) { g, err := x.Index.NewGeneration(); return gen{g}, err }
func (x ix) Swap(g gen) error            { return x.Index.Swap(g.Generation) }

func TestReal(t *testing.T) {
	dir := t.TempDir()
	store, err := boltstore.Open(filepath.Join(dir, "x.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(t.Context(), search.Options{Dir: filepath.Join(dir, "ix")})
	if err != nil {
		t.Fatal(err)
	}
	save := func(e ...knowledge.Entity) {
		if err := store.Save(t.Context(), e...); err != nil {
			t.Error(err)
		}
	}
	housing := knowledgetest.Theme("housing")
	save(housing)
	for i := range 2000 {
		save(knowledgetest.Practice("p-"+strconv.Itoa(i), knowledgetest.Themed("housing")))
	}
	f, err := indexsync.New(ix{index}, indexsync.Options{Feed: store, Store: store, Logger: slog.New(slog.NewTextHandler(io.MultiWriter(os.Stderr), nil)), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { t.Log(f.Run(ctx)) })
	began := time.Now()
	<-f.Ready()
	t.Log("ready", time.Since(began))
	r, err := f.Check(ctx)
	t.Log(r, err)
	began = time.Now()
	for i := range 50 {
		p := knowledgetest.Practice("q-" + strconv.Itoa(i))
		save(p)
		if !f.Await(ctx, p.ID, 1) {
			t.Error("await")
		}
	}
	t.Log("save+await", time.Since(began)/50)
	began = time.Now()
	housing = knowledgetest.Revised(housing, nil)
	save(housing)
	t.Log(f.Await(ctx, housing.ID, 2), "theme of 2000", time.Since(began))
	for w := range 4 {
		wg.Go(func() {
			for i := range 200 {
				p := knowledgetest.Practice("w-"+strconv.Itoa(w)+"-"+strconv.Itoa(i), knowledgetest.Themed("housing"))
				save(p)
				if !f.Await(ctx, p.ID, 1) {
					t.Error("await", w, i)
				}
			}
		})
	}
	began = time.Now()
	for range 3 {
		if err := f.Rebuild(ctx, nil); err != nil {
			t.Error(err)
		}
	}
	t.Log("3 rebuilds", time.Since(began))
	time.Sleep(3*time.Second)
	r, err = f.Check(ctx)
	t.Log(r, err)
	if !r.Equal {
		t.Error("not equal")
	}
	cancel()
	wg.Wait()
	index.Close()
	store.Close()
}
