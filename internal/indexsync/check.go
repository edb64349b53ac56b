package indexsync

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"goodpractice/internal/knowledge"
)

// maxListed is how many ids a Difference lists.
const maxListed = 100

// settleTime is how long Check gives a running follower to index what it had not reached yet.
const settleTime = time.Second

// Report tells how the index differs from the store.
type Report struct {
	// Entities is how many live entities the store has.
	Entities int
	// Missing are in the store and not in the index.
	Missing Difference
	// Stale are in the index in another revision than in the store.
	Stale Difference
	// Surplus are in the index and not, or no longer, in the store.
	Surplus Difference
	// Equal tells that there is no difference.
	Equal bool
}

// Difference is a number of entities, and the first of them by id.
type Difference struct {
	Count int
	IDs   []knowledge.ID // at most 100
}

// Check compares every live entity of the store with the current generation: whether it is indexed,
// and in which revision. It reads no bodies but of what differs. It changes nothing and may be called at any time. What is being written just
// then is looked at again before it is reported, after a second if the follower is running. Memory is
// needed for the id and revision of every entity.
func (f *Follower) Check(ctx context.Context) (Report, error) {
	stored, err := f.stored(ctx)
	if err != nil {
		return Report{}, err
	}
	first, err := differing(ctx, f.index.current(), stored)
	if err != nil {
		return Report{}, err
	}
	suspects := idsOfAll(first)
	findings, err := f.confirm(ctx, suspects)
	if err != nil {
		return Report{}, err
	}
	if len(findings) > 0 && f.running.Load() {
		select {
		case <-ctx.Done():
			return Report{}, ctx.Err()
		case <-time.After(settleTime):
		}
		again, err := f.confirm(ctx, suspects)
		if err != nil {
			return Report{}, err
		}
		findings = lasting(findings, again)
	}
	return report(len(stored), findings), nil
}

// stored reads the revision of every live entity.
func (f *Follower) stored(ctx context.Context) (map[knowledge.ID]knowledge.Revision, error) {
	revisions := make(map[knowledge.ID]knowledge.Revision)
	err := f.store.EachRevision(ctx, func(id knowledge.ID, revision knowledge.Revision) error {
		revisions[id] = revision
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the revisions in the store: %w", err)
	}
	return revisions, nil
}

// differing lists the entities whose revision in the generation is not the stored one, sorted by id.
func differing(ctx context.Context, g Generation, stored map[knowledge.ID]knowledge.Revision) ([]finding, error) {
	var out []finding
	seen := make(map[knowledge.ID]struct{}, len(stored))
	err := g.EachStamp(ctx, func(id knowledge.ID, stamp knowledge.Stamp) error {
		seen[id] = struct{}{}
		if stamp.Revision != stored[id] {
			out = append(out, finding{id, stored[id], stamp.Revision})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the revisions in the index: %w", err)
	}
	for id, revision := range stored {
		if _, found := seen[id]; !found {
			out = append(out, finding{id: id, stored: revision})
		}
	}
	slices.SortFunc(out, func(a, b finding) int { return cmp.Compare(a.id, b.id) })
	return out, nil
}

// idsOfAll lists the ids of the findings.
func idsOfAll(findings []finding) []knowledge.ID {
	out := make([]knowledge.ID, len(findings))
	for i, x := range findings {
		out[i] = x.id
	}
	return out
}

// finding is an entity that differs: its revision in the store and in the index, 0 where it is not.
type finding struct {
	id              knowledge.ID
	stored, indexed knowledge.Revision
}

// confirm looks at the suspects as they are now, and returns those that differ still.
func (f *Follower) confirm(ctx context.Context, suspects []knowledge.ID) ([]finding, error) {
	var out []finding
	for ids := range slices.Chunk(suspects, maxBatch) {
		// The index is asked first: a write between the two looks makes it seem behind, never ahead.
		stamps, err := f.index.current().Revisions(ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("read the indexed revisions: %w", err)
		}
		loaded, err := f.store.Load(ctx, ids...)
		if err != nil {
			return nil, fmt.Errorf("load what differs: %w", err)
		}
		for i, id := range ids {
			x := finding{id: id, indexed: stamps[id].Revision}
			if loaded[i] != nil {
				x.stored = loaded[i].Head().Revision
			}
			if x.stored != x.indexed {
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// lasting are the findings of the second look that are no passing lag: the index still lacks what was
// stored at the first look, or is ahead of the store as it was then.
func lasting(first, second []finding) []finding {
	before := make(map[knowledge.ID]finding, len(first))
	for _, x := range first {
		before[x.id] = x
	}
	var out []finding
	for _, x := range second {
		if was := before[x.id]; x.indexed < was.stored || x.indexed > x.stored && was.indexed > was.stored {
			out = append(out, x)
		}
	}
	return out
}

// report sorts the findings by what is wrong.
func report(entities int, findings []finding) Report {
	r := Report{Entities: entities, Equal: len(findings) == 0}
	for _, x := range findings {
		switch {
		case x.indexed == 0:
			r.Missing.add(x.id)
		case x.stored == 0:
			r.Surplus.add(x.id)
		default:
			r.Stale.add(x.id)
		}
	}
	return r
}

func (d *Difference) add(id knowledge.ID) {
	d.Count++
	if len(d.IDs) < maxListed {
		d.IDs = append(d.IDs, id)
	}
}
