package graph_test

import (
	"context"
	"sync"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

// TEMPORARY
type gen struct{ *search.Generation }

func (g *gen) Revisions(ctx context.Context, ids []knowledge.ID) (map[knowledge.ID]knowledge.Stamp, error) {
	m, err := g.Generation.Revisions(ctx, ids)
	out := map[knowledge.ID]knowledge.Stamp{}
	for k, v := range m {
		out[k] = knowledge.Stamp(v)
	}
	return out, err
}

func (g *gen) EachStamp(ctx context.Context, fn func(knowledge.ID, knowledge.Stamp) error) error {
	return g.Generation.EachStamp(ctx, func(id knowledge.ID, s search.Stamp) error { return fn(id, knowledge.Stamp(s)) })
}

type adapter struct {
	*search.Index
	m sync.Map
}

func (a *adapter) wrap(g *search.Generation) *gen {
	x, _ := a.m.LoadOrStore(g, &gen{g})
	return x.(*gen)
}
func (a *adapter) Current() *gen { return a.wrap(a.Index.Current()) }
func (a *adapter) NewGeneration() (*gen, error) {
	g, err := a.Index.NewGeneration()
	if err != nil {
		return nil, err
	}
	return a.wrap(g), nil
}
func (a *adapter) Swap(g *gen) error    { return a.Index.Swap(g.Generation) }
func (a *adapter) Discard(g *gen) error { return a.Index.Discard(g.Generation) }
