package search

import (
	"maps"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// lexicon knows the public records that words of a query may name: themes, groups, authorities, countries.
// It never changes once it is made.
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

// lexiconKinds lists the kinds of records that a lexicon knows.
func lexiconKinds() []knowledge.Kind {
	return []knowledge.Kind{knowledge.KindTheme, knowledge.KindTargetGroup, knowledge.KindAuthority, knowledge.KindCountry}
}

// with is the lexicon after some of its records have changed; nil stands for one that nobody is to find any more.
func (x *lexicon) with(changed map[knowledge.ID]*named) *lexicon {
	if len(changed) == 0 {
		return x
	}
	out := &lexicon{records: maps.Clone(x.records), byName: maps.Clone(x.byName), longest: x.longest}
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		if before := out.records[id]; before != nil {
			out.drop(before)
		}
		if n := changed[id]; n != nil {
			out.add(n)
		}
	}
	return out
}

// drop takes a record out. Lists of records are shared with other lexicons.
func (x *lexicon) drop(n *named) {
	delete(x.records, n.id)
	for _, l := range n.labels {
		key := strings.Join(foldedWords(l.Text), " ")
		left := slices.DeleteFunc(slices.Clone(x.byName[key]), func(other *named) bool { return other == n })
		if x.byName[key] = slices.Clip(left); len(left) == 0 {
			delete(x.byName, key)
		}
	}
}

// add puts in a record under all its names.
func (x *lexicon) add(n *named) {
	x.records[n.id] = n
	for _, l := range n.labels {
		words := foldedWords(l.Text)
		if len(words) == 0 || len(words) > maxNameWords {
			continue
		}
		key := strings.Join(words, " ")
		if !slices.Contains(x.byName[key], n) {
			x.byName[key] = slices.Clip(append(x.byName[key], n)) // Nothing is added in a list that is shared.
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
