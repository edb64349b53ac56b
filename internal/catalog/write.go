package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// Target names the record to change and the revision that the change is based on.
type Target struct {
	ID       knowledge.ID
	Revision knowledge.Revision
	// Kinds are the nouns that the change is for.
	Kinds []knowledge.Kind
}

// Saved is what a change answers.
type Saved struct {
	Entity knowledge.Entity
	// Searchable tells whether searches on this server find the new state already. It is false for a
	// dry run.
	Searchable bool
	// Token names the state that was saved; it is zero for a dry run.
	Token knowledge.ConsistencyToken
}

// edit is one change to one record on its way through the catalog.
type edit struct {
	action  knowledge.Action
	reason  *string
	request knowledge.Request
	// content is what the request asks for: its digest tells a repetition from a reused key.
	content any
	// prefix is the field of the input that holds the changes; "" where they are its own fields.
	prefix string
	// apply changes the entity in place.
	apply func(e knowledge.Entity) (knowledge.Problems, error)
}

// change loads the target, lets the edit change it, checks the result and saves it.
func (c *Catalog) change(ctx context.Context, t Target, ed edit) (Saved, error) {
	reader := knowledge.ReaderFrom(ctx)
	if err := mayWrite(reader.Actor, ed.request); err != nil {
		return Saved{}, err
	}
	e, err := c.target(ctx, t)
	if err != nil {
		return Saved{}, err
	}
	key := keyOf(reader.Actor, ed.action, ed.request, ed.content)
	if done, err := c.repeated(ctx, t.ID, t.Revision, key); done != nil || err != nil {
		return c.answer(ctx, done), err
	}
	if now := e.Head().Revision; now != t.Revision {
		return Saved{}, stale(now)
	}
	before := knowledge.Clone(e)
	problems, err := ed.apply(e)
	if err == nil && len(problems) == 0 {
		problems, err = c.check(ctx, before, e)
	}
	if err != nil {
		return Saved{}, err
	}
	if len(problems) > 0 {
		return Saved{}, within(ed.prefix, problems)
	}
	if ed.request.IsDryRun() {
		return c.foresee(ctx, before, e, ed)
	}
	c.stamp(reader.Actor, e, ed, key)
	return c.save(ctx, e, ed, key)
}

// foresee answers a dry run. What only saving would find out is looked for: a slug that another record
// has.
func (c *Catalog) foresee(ctx context.Context, before, after knowledge.Entity, ed edit) (Saved, error) {
	if before.Head().Slug != after.Head().Slug {
		problems, err := c.checkSlug(ctx, after)
		if err != nil {
			return Saved{}, err
		}
		if len(problems) > 0 {
			return Saved{}, within(ed.prefix, problems)
		}
	}
	return Saved{Entity: show(knowledge.ReaderFrom(ctx), after)}, nil
}

// target loads the record to change as the actor may see it, unredacted.
func (c *Catalog) target(ctx context.Context, t Target) (knowledge.Entity, error) {
	actor := knowledge.ReaderFrom(ctx).Actor
	kind := t.ID.Kind()
	if kind == "" {
		return nil, knowledge.Refuse(knowledge.CodeNotFound, "This is no id of a record; take one from a query.", "id")
	}
	entities, err := c.Store.Load(ctx, t.ID)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", t.ID, err)
	}
	e := entities[0]
	if e == nil || !actor.MayRead(e) {
		return nil, knowledge.Refuse(knowledge.CodeNotFound, "There is no record with this id that you may see.", "id")
	}
	if !slices.Contains(t.Kinds, kind) {
		return nil, knowledge.Refuse(knowledge.CodeWrongKind, "This is the id of a "+kind.Noun()+", which this mutation is not for.", "id")
	}
	return e, nil
}

// stamp gives the entity its next revision.
func (c *Catalog) stamp(actor knowledge.Actor, e knowledge.Entity, ed edit, key key) {
	m := e.Head()
	m.Revision++
	m.UpdatedAt = c.now()
	m.Edit = knowledge.Edit{Action: ed.action, By: actor.ID, At: m.UpdatedAt, Key: key.hash, Digest: key.digest}
	if ed.reason != nil {
		m.Edit.Reason = *ed.reason
	}
	if m.Revision == 1 {
		m.CreatedAt, m.CreatedBy = m.UpdatedAt, actor.ID
	}
	entry, ok := e.(knowledge.Entry)
	if ok && m.Status == knowledge.StatusPublished && (ed.action == knowledge.ActionPublish || ed.action == knowledge.ActionRestore) {
		core := entry.Core()
		core.PublishedRevision = m.Revision
		if core.PublishedAt == nil || ed.action == knowledge.ActionPublish {
			core.PublishedAt = &m.UpdatedAt
		}
	}
}

// save writes the entity, waits until searches find it, and answers the reader's copy.
func (c *Catalog) save(ctx context.Context, e knowledge.Entity, ed edit, key key) (Saved, error) {
	m := e.Head()
	knowledge.FillLists(e)
	switch err := c.Store.Save(ctx, e); {
	case errors.Is(err, knowledge.ErrSlugTaken):
		return Saved{}, within(ed.prefix, slugTaken(e.Kind()))
	case errors.Is(err, knowledge.ErrConflict):
		if done, err := c.repeated(ctx, m.ID, m.Revision-1, key); done != nil || err != nil {
			return c.answer(ctx, done), err // The same request was faster on another connection.
		}
		if m.Revision == 1 {
			return Saved{}, duplicate(e.Kind())
		}
		return Saved{}, c.lost(ctx, m.ID)
	case err != nil:
		return Saved{}, fmt.Errorf("save %s: %w", m.ID, err)
	}
	c.bodies.changed([]knowledge.Entity{e})
	return c.answer(ctx, e), nil
}

// answer is what the actor gets back for a saved state.
func (c *Catalog) answer(ctx context.Context, e knowledge.Entity) Saved {
	if e == nil {
		return Saved{}
	}
	found := c.Await(ctx, e.Head().ID, e.Head().Revision)
	return Saved{
		Entity: show(knowledge.ReaderFrom(ctx), e), Searchable: found, Token: knowledge.ConsistencyTokenOf(e),
	}
}

// lost tells which revision the store holds after a conflict.
func (c *Catalog) lost(ctx context.Context, id knowledge.ID) error {
	entities, err := c.Store.Load(ctx, id)
	if err != nil || entities[0] == nil {
		return stale(0)
	}
	return stale(entities[0].Head().Revision)
}

func slugTaken(kind knowledge.Kind) knowledge.Problems {
	return knowledge.Refuse(knowledge.CodeSlugTaken, "Another "+kind.Noun()+" has this slug; choose another.", "slug")
}

// duplicate refuses a new record whose id follows from its content or its key, and is taken.
func duplicate(kind knowledge.Kind) knowledge.Problems {
	message := "There is such a " + kind.Noun() + " already; change that one."
	if kind == knowledge.KindCountry {
		return knowledge.Refuse(knowledge.CodeDuplicate, message, "code")
	}
	return knowledge.Refuse(knowledge.CodeDuplicate, message)
}

func stale(current knowledge.Revision) error {
	return knowledge.Problems{{
		Path: []string{"revision"}, Code: knowledge.CodeStale, CurrentRevision: current,
		Message: "The record has been changed since you read it. Read it again, and repeat your change on its current revision.",
	}}
}

// mayWrite refuses readers, and keys that cannot be keys.
func mayWrite(actor knowledge.Actor, r knowledge.Request) error {
	switch {
	case actor.Role == knowledge.RoleAnonymous:
		return knowledge.Refuse(knowledge.CodeSignIn, "Send a token in the header Authorization: Bearer …; the secretariat gives them out.")
	case !actor.MayPost():
		return knowledge.Refuse(knowledge.CodeForbidden, "Your token may read only; ask the secretariat for one that may post.")
	case r.IdempotencyKey != nil:
		return knowledge.CheckKey(*r.IdempotencyKey).Err()
	}
	return nil
}

// within puts the name of the field that holds the changes before the path of each problem.
func within(prefix string, problems knowledge.Problems) knowledge.Problems {
	if prefix == "" {
		return problems
	}
	for i, p := range problems {
		if len(p.Path) == 0 || !slices.Contains([]string{"id", "language", "origin", "reason", "revision"}, p.Path[0]) {
			problems[i].Path = append([]string{prefix}, p.Path...)
		}
	}
	return problems
}
