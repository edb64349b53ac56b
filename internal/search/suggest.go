package search

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

// Suggest completes what somebody has typed so far: names of subjects, groups, towns and countries, titles of
// entries, and words, the most useful first. Case and accents do not matter. Where nothing begins like it,
// what begins with one letter more, less or other is given. Everything in it is public. Languages are the
// reader's preferences.
//
// A prefix of more than knowledge.MaxPrefix characters, or a number out of range, is an Error of kind Invalid.
func (x *Index) Suggest(
	ctx context.Context, prefix string, first int, languages []knowledge.LanguageTag,
) ([]knowledge.Suggestion, error) {
	if utf8.RuneCountInString(prefix) > knowledge.MaxPrefix {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"prefix"},
			Message: fmt.Sprintf("Give at most %d characters to complete.", knowledge.MaxPrefix),
		}
	}
	if first < 1 || first > knowledge.MaxSuggestions {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"first"},
			Message: fmt.Sprintf("Ask for 1 to %d suggestions.", knowledge.MaxSuggestions),
		}
	}
	var out []knowledge.Suggestion
	err := x.read(ctx, func(g *Generation, v *view) error {
		if _, err := g.knowledge(ctx, v); err != nil {
			return err
		}
		c, err := g.completion(ctx, v, false)
		if err == nil {
			out, err = c.complete(typed(prefix), first, languages, v)
		}
		return err
	})
	return out, err
}

// shown is what a completion leads to as the reader is to see it; false where the records have it no more. What
// was learned may be older than a withdrawal.
func (v *view) shown(item *completed, languages []knowledge.LanguageTag) (string, bool, error) {
	if item.ID == "" {
		n, err := v.count(fieldLexis+item.language, item.Text)
		return item.Text, n >= rareWord, err
	}
	for _, s := range v.segments {
		list, err := s.postings(fieldID, string(item.ID))
		if err != nil {
			return "", false, err
		}
		var n *named
		err = eachDoc(list, func(doc uint32) error {
			var err error
			n, err = s.names(doc)
			return err
		})
		if err != nil || n == nil {
			if err != nil {
				return "", false, err
			}
			continue
		}
		isNamed := slices.ContainsFunc(n.labels, func(l knowledge.Label) bool {
			return l.Text == item.Text && (l.Kind == hiddenKind) == item.hidden
		})
		if item.hidden {
			return n.label(languages), isNamed, nil
		}
		return item.Text, isNamed, nil
	}
	return "", false, nil
}
