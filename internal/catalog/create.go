package catalog

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"goodpractice/internal/knowledge"
)

// Create saves a new record: an entry as a draft, any other noun as a public record, which only
// editors may do. The language is that of an entry's texts.
func (c *Catalog) Create(
	ctx context.Context, kind knowledge.Kind, language knowledge.LanguageTag,
	changes knowledge.Changes, request knowledge.Request,
) (Saved, error) {
	reader := knowledge.ReaderFrom(ctx)
	if err := mayWrite(reader.Actor, request); err != nil {
		return Saved{}, err
	}
	if kind.IsAdministrative() {
		if err := mayAdminister(reader.Actor); err != nil {
			return Saved{}, err
		}
	}
	if !kind.IsEntry() && !reader.Actor.IsEditor() {
		return Saved{}, knowledge.Refuse(knowledge.CodeForbidden, "Only editors keep these records; ask the secretariat.")
	}
	ed := edit{action: knowledge.ActionCreate, request: request}
	k := keyOf(reader.Actor, ed.action, request, []any{kind, language, changes})
	e, err := c.blank(reader.Actor, kind, language, request)
	if err != nil {
		return Saved{}, err
	}
	// Under the id that follows from a key, the request with the key made the first revision.
	if done, err := c.repeated(ctx, e.Head().ID, 0, k); done != nil || err != nil {
		return c.answer(ctx, done), err
	}
	if err := c.usedFor(ctx, reader.Actor, kind, request); err != nil {
		return Saved{}, err
	}
	problems, err := c.apply(ctx, e, changes)
	given := e.Head().Slug != ""
	if err == nil && len(problems) == 0 {
		problems, err = c.complete(ctx, e)
	}
	if err != nil {
		return Saved{}, err
	}
	if len(problems) > 0 {
		return Saved{}, problems
	}
	if request.IsDryRun() {
		e.Head().CreatedAt, e.Head().UpdatedAt = c.now(), c.now()
		return c.preview(ctx, e, given)
	}
	return c.saveNew(ctx, e, given, ed, k)
}

// blank is a new entity before anything is known of it but its language.
func (c *Catalog) blank(
	actor knowledge.Actor, kind knowledge.Kind, language knowledge.LanguageTag, r knowledge.Request,
) (knowledge.Entity, error) {
	e := knowledge.New(kind)
	m := e.Head()
	m.ID, m.Status, m.CreatedBy = knowledge.NewID(kind), knowledge.StatusPublished, actor.ID
	if r.IdempotencyKey != nil {
		m.ID = requestID(kind, actor, *r.IdempotencyKey)
	}
	if entry, ok := e.(knowledge.Entry); ok {
		tag, ok := knowledge.ParseLanguageTag(string(language))
		if !ok {
			return nil, knowledge.Refuse(knowledge.CodeInvalidFormat,
				"Give the language of the texts as a BCP 47 tag, such as en, ro or sr-Cyrl.", "language")
		}
		m.Status = knowledge.StatusDraft
		core := entry.Core()
		core.SourceLanguage, core.Licence = tag, knowledge.DefaultLicence
		knowledge.AddBlock(entry, tag, knowledge.OriginOriginal)
		if len(actor.Authorities) == 1 && actor.Role == knowledge.RoleContributor {
			core.Contributors = []knowledge.Contributor{{AuthorityID: actor.Authorities[0], Role: knowledge.RoleLead}}
		}
	}
	if s, ok := e.(*knowledge.Study); ok {
		s.EvidenceLevel = knowledge.EvidenceUngraded
	}
	return e, nil
}

// complete checks a new entity, after what follows from its content has been filled in: the id of a
// country, the slug.
func (c *Catalog) complete(ctx context.Context, e knowledge.Entity) (knowledge.Problems, error) {
	if country, ok := e.(*knowledge.Country); ok && country.Code != "" {
		country.ID = knowledge.CountryID(country.Code)
	}
	e.Localise([]knowledge.LanguageTag{"en"})
	if e.Head().Slug == "" {
		slug, err := c.slugFor(ctx, e)
		if err != nil {
			return nil, err
		}
		e.Head().Slug = slug
	}
	return c.check(ctx, knowledge.New(e.Kind()), e)
}

// slugTries is how many endings are tried for a slug that is taken before a random one is used.
const slugTries = 5

// saveNew saves a new entity. A slug that nobody asked for gets a number where it is taken.
func (c *Catalog) saveNew(ctx context.Context, e knowledge.Entity, given bool, ed edit, k key) (Saved, error) {
	actor := knowledge.ReaderFrom(ctx).Actor
	wanted := e.Head().Slug
	for try := 2; ; try++ {
		fresh := knowledge.Clone(e)
		c.stamp(actor, fresh, ed, k)
		saved, err := c.save(ctx, fresh, ed, k)
		if problems, ok := errors.AsType[knowledge.Problems](err); given || !ok || problems[0].Code != knowledge.CodeSlugTaken || try > slugTries+1 {
			return saved, err
		}
		e.Head().Slug = wanted + "-" + strconv.Itoa(try)
		if try > slugTries {
			e.Head().Slug = wanted + "-" + string(e.Head().ID[3:11])
		}
	}
}

// preview answers a dry run. A slug that somebody asked for must be free, and so must the id of a
// country.
func (c *Catalog) preview(ctx context.Context, e knowledge.Entity, given bool) (Saved, error) {
	switch existing, err := c.Store.Load(ctx, e.Head().ID); {
	case err != nil:
		return Saved{}, fmt.Errorf("look for the record: %w", err)
	case existing[0] != nil:
		return Saved{}, duplicate(e.Kind())
	case given:
		problems, err := c.checkSlug(ctx, e)
		if err != nil {
			return Saved{}, err
		}
		if len(problems) > 0 {
			return Saved{}, problems
		}
	}
	return Saved{Entity: show(knowledge.ReaderFrom(ctx), e)}, nil
}
