package search

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
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
		known, err := g.knowledge(ctx, v)
		if err == nil {
			out = known.completion.complete(strings.TrimLeft(text.FoldAny(prefix), " \t\n"), first, languages)
		}
		return err
	})
	return out, err
}
