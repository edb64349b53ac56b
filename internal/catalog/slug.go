package catalog

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"goodpractice/internal/knowledge"
)

// slugEnding is the room that is left in a slug for what tells it from others: a hyphen and eight
// characters of the id.
const slugEnding = 9

// slugLength is where a slug made from a title is cut, at a word.
const slugLength = 70

// slugFor makes a readable name from what the entity is called. A narrower term takes the name of its
// broader term before a slash, where there is room for both.
func (c *Catalog) slugFor(ctx context.Context, e knowledge.Entity) (string, error) {
	name := NameOf(e)
	if country, ok := e.(*knowledge.Country); ok {
		name = string(country.Code)
	}
	slug := slugify(name)
	if slug == "" {
		slug = slugify(e.Kind().Noun()) + "-" + string(e.Head().ID[3:11])
	}
	for _, r := range e.References() {
		if r.Relation != knowledge.RelBroader {
			continue
		}
		broader, err := c.Load(ctx, r.Target)
		if err != nil {
			return "", err
		}
		if broader[0] == nil {
			continue
		}
		if whole := broader[0].Head().Slug + "/" + slug; len(whole) <= knowledge.MaxSlug-slugEnding {
			return whole, nil
		}
	}
	return slug, nil
}

// special are letters that Unicode does not take apart into a base letter and a mark.
var special = strings.NewReplacer(
	"ı", "i", "ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ħ", "h",
	"ə", "e", "ŋ", "n", "ŧ", "t",
)

// slugify keeps the letters a to z and digits of a text, without accents, and puts hyphens between
// its words. Letters of other scripts are left out.
func slugify(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(special.Replace(strings.ToLower(text))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	slug := b.String()
	if len(slug) > slugLength {
		slug = slug[:slugLength]
		if i := strings.LastIndexByte(slug, '-'); i > 0 {
			slug = slug[:i]
		}
	}
	return slug
}

// checkSlug tells whether another record that the actor may see has the entity's slug.
func (c *Catalog) checkSlug(ctx context.Context, e knowledge.Entity) (knowledge.Problems, error) {
	id, taken, err := c.find(ctx, e.Kind(), e.Head().Slug)
	if err != nil {
		return nil, fmt.Errorf("look the slug up: %w", err)
	}
	if taken && id != e.Head().ID {
		return slugTaken(e.Kind()), nil
	}
	return nil, nil
}
