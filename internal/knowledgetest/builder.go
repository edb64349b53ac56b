package knowledgetest

import (
	"time"

	"goodpractice/internal/knowledge"
)

// ID is the id that the builders give to the record with the slug: for tests that name a record
// without having built it. Countries have knowledge.CountryID instead.
func ID(kind knowledge.Kind, slug string) knowledge.ID {
	return knowledge.DeriveID(kind, "test", slug)
}

// Now is the instant at which the builders say that their records were created.
func Now() time.Time { return time.Date(2024, time.May, 14, 9, 30, 15, 123_000_000, time.UTC) }

// meta is the head of a record at its first revision, published and made by the program itself.
func meta(kind knowledge.Kind, slug string) knowledge.Meta {
	return knowledge.Meta{
		ID: ID(kind, slug), Slug: slug, Revision: 1, Status: knowledge.StatusPublished,
		CreatedAt: Now(), UpdatedAt: Now(),
		Edit: knowledge.Edit{Action: knowledge.ActionCreate, At: Now()},
	}
}

// Revised is a copy of the record as its next revision, one second later, with the change applied to
// it; a nil change changes nothing else. The record itself stays as it is.
func Revised[E knowledge.Entity](e E, change func(E)) E {
	next := knowledge.Clone(e).(E) //nolint:forcetypeassert // Clone keeps the type.
	m := next.Head()
	m.Revision++
	m.UpdatedAt = m.UpdatedAt.Add(time.Second)
	m.Edit = knowledge.Edit{Action: knowledge.ActionUpdate, By: m.Edit.By, At: m.UpdatedAt}
	if change != nil {
		change(next)
	}
	return next
}

// Deleted is a copy of the record as the tombstone that follows it. Its content is still there, for
// stores to drop.
func Deleted[E knowledge.Entity](e E) E {
	return Revised(e, func(next E) {
		next.Head().Deleted = true
		next.Head().Edit.Action = knowledge.ActionDelete
	})
}
