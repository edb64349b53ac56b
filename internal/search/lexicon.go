package search

import (
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// lexicon knows the public records that words of a query may name: themes, groups, authorities, countries.
// It never changes.
type lexicon struct {
	records map[knowledge.ID]*named
	byName  map[string][]*named // folded words, a space between
	longest int                 // words of the longest name
}

// maxNameWords is the number of words up to which a name is looked for in a query.
const maxNameWords = 6

func newLexicon() *lexicon {
	return &lexicon{records: map[knowledge.ID]*named{}, byName: map[string][]*named{}}
}

// add puts in a record under all its names.
func (x *lexicon) add(n *named) {
	switch n.id.Kind() {
	case knowledge.KindTheme, knowledge.KindTargetGroup, knowledge.KindAuthority, knowledge.KindCountry:
	default:
		return
	}
	x.records[n.id] = n
	for _, l := range n.labels {
		words := foldedWords(l.Text)
		if len(words) == 0 || len(words) > maxNameWords {
			continue
		}
		key := strings.Join(words, " ")
		if !slices.Contains(x.byName[key], n) {
			x.byName[key] = append(x.byName[key], n)
			x.longest = max(x.longest, len(words))
		}
	}
}

// foldedWords are the words of a name as they are in the plain fields.
func foldedWords(s string) []string {
	var out []string
	text.EachWord(s, func(t text.Token) { out = append(out, text.Fold(t.Lower)) })
	return out
}

// mention is a place in a query where a record is named.
type mention struct {
	first, last int // words
	records     []*named
}

// mentions finds the names in a row of folded words, the longest first from the left.
func (x *lexicon) mentions(words []string) []mention {
	var out []mention
	for i := 0; i < len(words); {
		step := 1
		for n := min(x.longest, len(words)-i); n > 0; n-- {
			if found := x.byName[strings.Join(words[i:i+n], " ")]; found != nil {
				out = append(out, mention{i, i + n - 1, found})
				step = n
				break
			}
		}
		i += step
	}
	return out
}

// named finds the records of a kind by what a filter calls them: the slug, or any name.
func (x *lexicon) named(kind knowledge.Kind, name string) []*named {
	var out []*named
	for _, n := range x.byName[strings.Join(foldedWords(name), " ")] {
		if n.id.Kind() == kind {
			out = append(out, n)
		}
	}
	if out != nil {
		return out
	}
	for _, n := range x.records {
		if n.id.Kind() == kind && strings.EqualFold(n.slug, name) {
			return []*named{n}
		}
	}
	return nil
}
