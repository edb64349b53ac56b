package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// Link makes a link from an entry to another record. A link that is there already stays one.
func (c *Catalog) Link(
	ctx context.Context, t Target, relation knowledge.Relation, target knowledge.ID, clause *string, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionLink, request: request, content: []any{t.Revision, relation, target, clause},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if p := mayEdit(ctx, e); p != nil {
				return p, nil
			}
			targets, err := c.Load(ctx, target)
			if err != nil {
				return nil, err
			}
			ref := knowledge.Reference{Relation: relation, Target: target, Path: []string{"target"}}
			p, err := c.checkReference(ctx, e.Head().ID, ref, targets[0])
			if err != nil || len(p) > 0 {
				return p, err
			}
			if !knowledge.SetLink(e, relation, target, clause) {
				return notFrom(e), nil
			}
			return nil, nil
		},
	})
}

// Unlink removes a link.
func (c *Catalog) Unlink(
	ctx context.Context, t Target, relation knowledge.Relation, target knowledge.ID, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionUnlink, request: request, content: []any{t.Revision, relation, target},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if p := mayEdit(ctx, e); p != nil {
				return p, nil
			}
			if !knowledge.RemoveLink(e, relation, target) {
				return knowledge.Refuse(knowledge.CodeUnknown, "There is no such link to remove.", "target"), nil
			}
			return nil, nil
		},
	})
}

func notFrom(e knowledge.Entity) knowledge.Problems {
	return knowledge.Refuse(knowledge.CodeWrongKind, "A link of this sort cannot begin at a "+e.Kind().Noun()+".", "relation")
}
