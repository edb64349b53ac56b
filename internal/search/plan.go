package search

import (
	"maps"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/query"
)

// plan turns the question into what is looked up. frozen are the weights that an earlier page was made with.
func (q *question) plan(frozen *frozen) (*plan, error) {
	stats, err := q.view.statistics()
	if err != nil {
		return nil, err
	}
	if !hasEntries(q.listing.Kinds) {
		stats = &statistics{records: q.view.docs, averages: stats.averages}
	}
	if frozen != nil {
		stats = &statistics{records: stats.records, averages: frozen.averages}
	}
	c := &compiler{view: q.view, stats: stats, classes: q.classes, languages: q.languages}
	p := &plan{stats: stats}
	if frozen != nil {
		if err := q.distrust(); err != nil {
			return nil, err
		}
	}
	for i := range q.words {
		w := &q.words[i]
		clause, err := c.clause(w)
		if err != nil {
			return nil, err
		}
		if w.isStop {
			continue
		}
		if len(clause.alternatives) == 0 {
			clause.weight = 0
		}
		if len(clause.alternatives) == 0 && !w.isPrefix {
			q.interpretation.Unknown = append(q.interpretation.Unknown, w.lower)
		}
		p.clauses = append(p.clauses, clause)
	}
	if frozen != nil && len(frozen.weights) == len(p.clauses) {
		for i := range p.clauses {
			if p.clauses[i].weight = frozen.weights[i]; frozen.weights[i] == 0 { // Nobody had the word then.
				p.clauses[i].alternatives = nil
			}
		}
	}
	if err := q.constrain(c, p); err != nil {
		return nil, err
	}
	for _, said := range slices.Sorted(maps.Keys(q.phrases)) {
		p.phrases = append(p.phrases, q.phrases[said])
	}
	p.weigh()
	// Words were typed, and no record has any of them; or nothing that was typed is a word.
	p.isEmpty = p.most == 0 && len(q.words) > 0 && len(p.must) == 0 || len(q.words) == 0 && len(p.must)+len(p.not) == 0
	return p, nil
}

// distrust hides corrections that a cursor brought and that no record has which the reader may see: who made one up
// must not learn what only drafts say.
func (q *question) distrust() error {
	for _, instead := range q.instead {
		for _, w := range wordsIn(instead, 0) {
			i := slices.IndexFunc(q.words, func(x wanted) bool { return x.folded == w.folded })
			if i < 0 || q.words[i].isUnseen {
				continue
			}
			known, err := q.isKnown(w.word)
			if err != nil {
				return err
			}
			q.words[i].isUnseen = !known
		}
	}
	return nil
}

// chosen are the places of the words that are searched for among all that were typed; nil where those are all.
func (q *question) chosen() []int {
	var out []int
	typed := map[string]int{}
	for _, w := range q.typed {
		if _, ok := typed[w.folded]; !ok {
			typed[w.folded] = len(typed)
		}
	}
	if len(typed) > maxWords {
		for i := range q.words {
			out = append(out, typed[q.words[i].folded])
		}
	}
	return out
}

// choose keeps the words of a long text that are searched for: those of the page before, or the most telling ones.
func (q *question) choose(before *frozen) ([]wanted, error) {
	if before == nil || len(before.words) == 0 || len(q.words) <= maxWords {
		return q.view.mostTelling(q.words)
	}
	var out []wanted
	for _, i := range before.words {
		if i < len(q.words) {
			out = append(out, q.words[i])
		}
	}
	return out, nil
}

// weigh adds up what the words tell.
func (p *plan) weigh() {
	required := 0.0
	for i := range p.clauses {
		c := &p.clauses[i]
		if len(c.alternatives) == 0 {
			continue
		}
		p.most += c.weight
		if c.isRequired {
			required += c.weight
		}
	}
	p.least = float32(enoughInformation * required)
}

func hasEntries(kinds []knowledge.Kind) bool {
	for _, k := range kinds {
		if !isNoun(k) {
			return true
		}
	}
	return len(kinds) == 0
}

// constrain adds what must hold beside the words. Filters always count, however many there are.
func (q *question) constrain(c *compiler, p *plan) error {
	seen := map[string]bool{}
	for _, n := range q.parsed.Nodes {
		if len(seen) >= maxConstraints && !isCondition(n) {
			continue
		}
		said := query.Query{Nodes: []query.Node{n}}.String()
		if seen[said] {
			continue // Saying it twice changes nothing.
		}
		switch n := n.(type) {
		case query.Word, query.Prefix:
			continue
		case query.Not:
			x, err := q.constraint(c, n.Node)
			if err != nil {
				return err
			}
			if x != nil {
				p.not = append(p.not, x)
			}
			seen[said] = true
		default:
			x, err := q.constraint(c, n)
			if err != nil {
				return err
			}
			if x != nil {
				p.must = append(p.must, x)
			}
			seen[said] = true
		}
	}
	return nil
}

// isCondition tells whether a part of the query is a filter, or excludes what one holds of.
func isCondition(n query.Node) bool {
	switch n := n.(type) {
	case query.Field, query.Years:
		return true
	case query.Not:
		return isCondition(n.Node)
	}
	return false
}

// constraint is what a part of the query asks for; nil for what has no word.
func (q *question) constraint(c *compiler, n query.Node) (constraint, error) {
	switch n := n.(type) {
	case query.Word:
		return q.wordConstraint(c, wordsIn(n.Text, n.Start))
	case query.Prefix:
		words := wordsIn(n.Text, n.Start)
		if len(words) > 0 {
			words[len(words)-1].isPrefix = true
		}
		return q.wordConstraint(c, words)
	case query.Phrase:
		words := wordsIn(n.Text, n.Inner.Start)
		folded := make([]string, len(words))
		for i, w := range words {
			folded[i] = w.folded
		}
		if len(folded) == 0 {
			return nil, nil //nolint:nilnil // Nothing is asked for.
		}
		said := strings.Join(folded, " ")
		if _, ok := q.phrases[said]; !ok {
			if len(q.phrases) == maxPhrases {
				return q.wordConstraint(c, words)
			}
			q.phrases[said] = &phrase{view: q.view, classes: q.classes, words: folded}
		}
		return q.phrases[said], nil
	case query.Field, query.Years:
		return q.filters[n.At()], nil
	case query.Not:
		x, err := q.constraint(c, n.Node)
		if x == nil || err != nil {
			return nil, err
		}
		return none{x}, nil
	case query.Or:
		list, err := q.constraints(c, n.Nodes)
		return either(list), err
	case query.Group:
		list, err := q.constraints(c, n.Nodes)
		if len(list) == 0 || err != nil {
			return nil, err
		}
		return all(list), nil
	}
	return nil, nil //nolint:nilnil // Nothing is asked for.
}

func (q *question) constraints(c *compiler, nodes []query.Node) ([]constraint, error) {
	var out []constraint
	for _, n := range nodes {
		if len(out) >= maxWords && !isCondition(n) {
			continue
		}
		x, err := q.constraint(c, n)
		if err != nil {
			return nil, err
		}
		if x != nil {
			out = append(out, x)
		}
	}
	return out, nil
}

// corrected puts what is searched for in the place of what was typed.
func (q *question) corrected(words []placedWord) []placedWord {
	var out []placedWord
	for _, w := range words {
		if instead, ok := q.corrections[w.at]; ok {
			out = append(out, wordsIn(instead, 0)...)
		} else {
			out = append(out, w)
		}
	}
	return out
}

// wordConstraint wants all words of what was typed as one, each as it is or as its stem in the likely language,
// or as what was searched for in its place.
func (q *question) wordConstraint(c *compiler, words []placedWord) (constraint, error) {
	var out all
	for _, w := range q.corrected(words) {
		x := wanted{word: w.word}
		if w.isPrefix && q.prefixes < maxPrefixes {
			q.prefixes++
			found, err := q.view.expand(w.folded, q.classes)
			if err != nil {
				return nil, err
			}
			for _, f := range found {
				x.variants = append(x.variants, word{folded: f})
			}
		}
		clause, err := c.clause(&x)
		if err != nil {
			return nil, err
		}
		out = append(out, anyTerm{&clause})
	}
	if len(out) == 0 {
		return nil, nil //nolint:nilnil // Nothing is asked for.
	}
	return out, nil
}
