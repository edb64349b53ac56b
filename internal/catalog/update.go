package catalog

import (
	"context"
	"slices"

	"goodpractice/internal/knowledge"
)

// Update changes a record. The language tells which block of an entry's texts is meant; nil is the
// one that the entry was written in.
func (c *Catalog) Update(
	ctx context.Context, t Target, language *knowledge.LanguageTag,
	changes knowledge.Changes, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionUpdate, request: request, prefix: "changes",
		content: []any{t.Revision, language, changes},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if p := mayEdit(ctx, e); p != nil {
				return p, nil
			}
			tag := sourceLanguage(e)
			if language != nil {
				tag, _ = knowledge.ParseLanguageTag(string(*language))
				if entry, ok := e.(knowledge.Entry); ok && !hasBlock(entry, tag) {
					return knowledge.Refuse(knowledge.CodeUnknown, "The record has no texts in this language; add them as a translation.", "language"), nil
				}
			}
			if p, err := c.applyIn(ctx, e, tag, changes); err != nil || len(p) > 0 {
				return p, err
			}
			return textProblems(e, tag), nil
		},
	})
}

// mayEdit tells why the actor may not change the record now; nil where it may.
func mayEdit(ctx context.Context, e knowledge.Entity) knowledge.Problems {
	if knowledge.ReaderFrom(ctx).Actor.MayEdit(e) {
		return nil
	}
	if !e.Kind().IsEntry() {
		return knowledge.Refuse(knowledge.CodeForbidden, "Only editors keep these records; ask the secretariat.", "id")
	}
	return knowledge.Refuse(knowledge.CodeForbidden,
		"You may change records of your own authorities until they are under review or public; ask the secretariat to change this one.", "id")
}

func hasBlock(e knowledge.Entry, language knowledge.LanguageTag) bool {
	return slices.ContainsFunc(e.Blocks(), func(b *knowledge.EntryText) bool { return b.Language == language })
}

// TextChanges are changes to one block of texts of one sort of entry.
type TextChanges interface {
	// ApplyIn writes the changes into the entry's block in the language; false for another sort of entry.
	ApplyIn(e knowledge.Entry, language knowledge.LanguageTag) bool
}

// Translate adds the texts of an entry in another language, or changes them.
func (c *Catalog) Translate(
	ctx context.Context, t Target, language knowledge.LanguageTag, origin knowledge.TextOrigin,
	text TextChanges, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionTranslate, request: request, prefix: "text",
		content: []any{t.Revision, language, origin, text},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if p := mayEdit(ctx, e); p != nil {
				return p, nil
			}
			entry := e.(knowledge.Entry) // The target's kinds are entries.
			tag, ok := knowledge.ParseLanguageTag(string(language))
			switch {
			case !ok:
				return knowledge.Refuse(knowledge.CodeInvalidFormat, "Give a BCP 47 language tag, such as en, ro or sr-Cyrl.", "language"), nil
			case tag == entry.Core().SourceLanguage:
				return knowledge.Refuse(knowledge.CodeNotAllowedNow, "This is the language that the record was written in; use update to change its texts.", "language"), nil
			case origin == knowledge.OriginOriginal:
				return knowledge.Refuse(knowledge.CodeInvalidFormat, "A translation is by a human or a machine.", "origin"), nil
			}
			knowledge.AddBlock(entry, tag, origin)
			if !text.ApplyIn(entry, tag) {
				return knowledge.Refuse(knowledge.CodeWrongKind, "These are texts of another sort of entry.", "id"), nil
			}
			return textProblems(e, tag), nil
		},
	})
}

// textProblems are the problems of an entity, with those of one language's texts named by their
// fields alone.
func textProblems(e knowledge.Entity, tag knowledge.LanguageTag) knowledge.Problems {
	problems := e.Problems()
	for i, p := range problems {
		if len(p.Path) > 2 && p.Path[0] == "texts" && p.Path[1] == string(tag) {
			problems[i].Path = p.Path[2:]
		}
	}
	return problems
}

// RemoveTranslation removes the texts of an entry in one language.
func (c *Catalog) RemoveTranslation(
	ctx context.Context, t Target, language knowledge.LanguageTag, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionRemoveTranslation, request: request,
		content: []any{t.Revision, language},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if p := mayEdit(ctx, e); p != nil {
				return p, nil
			}
			entry := e.(knowledge.Entry) // The target's kinds are entries.
			if tag, _ := knowledge.ParseLanguageTag(string(language)); !hasBlock(entry, tag) || !knowledge.RemoveBlock(entry, tag) {
				return knowledge.Refuse(knowledge.CodeUnknown, "There is no translation in this language to remove.", "language"), nil
			}
			return nil, nil
		},
	})
}
