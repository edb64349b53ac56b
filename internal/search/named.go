package search

import (
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// maxLabelWords is how many words of labels stand for words of a query at most. One term has about two hundred in all
// languages of the thesaurus.
const maxLabelWords = 200

// labelWords are the words of the labels of a term, in the languages that the index has texts in, as far as a record
// has them which the reader may see, and up to a number. Of the words of a language, those are taken that half as many
// labels have as the most usual one: of "water supply", "drinking water" and "water pipes" it is "water".
func (q *question) labelWords(c *thesaurus.Concept, upTo int) ([]labelWord, error) {
	type key struct{ suffix, term string }
	having, labels, most := map[key]int{}, map[string]int{}, map[string]int{}
	var order []key
	for tag, label := range c.Labels() {
		language := q.linguist.languages.Of(tag)
		isTold := func(c class) bool { return c.isRunning() && q.view.has(c.field(language.Suffix())) }
		if !slices.ContainsFunc(q.classes, isTold) {
			continue
		}
		labels[language.Suffix()]++
		var seen []key
		text.EachWord(label, func(t text.Token) {
			k := key{language.Suffix(), language.Term(t.Lower)}
			if k.term == "" || language.IsStop(text.Fold(t.Lower)) || slices.Contains(seen, k) {
				return
			}
			if seen = append(seen, k); having[k] == 0 {
				order = append(order, k)
			}
			having[k]++
			most[k.suffix] = max(most[k.suffix], having[k])
		})
	}
	var out []labelWord
	for _, k := range order {
		if 2*having[k] < most[k.suffix] {
			continue
		}
		if len(out) == upTo {
			break
		}
		if ok, err := q.isRunning(k.suffix, k.term); err != nil {
			return nil, err
		} else if ok {
			out = append(out, labelWord{k.suffix, k.term, float64(having[k]) / float64(labels[k.suffix])})
		}
	}
	return out, nil
}

// isForeign tells whether no record has any of the words that name a term, but for those without meaning: they are typed
// in a language that the records are not in.
func (q *question) isForeign(m thesaurus.Mention) bool {
	typed := q.linguist.languages.Of(m.Language)
	return !slices.ContainsFunc(q.words[m.First:m.Last+1], func(w wanted) bool { return !w.isUnseen && !typed.IsStop(w.folded) })
}

// isRunning tells whether a text in a language has the stem that the reader may see.
func (q *question) isRunning(suffix, term string) (bool, error) {
	for _, c := range q.classes {
		if !c.isRunning() {
			continue
		}
		if ok, err := q.isSeen(c.field(suffix), term); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// addNames looks for names of themes, groups, authorities and countries in the query, and lets their other
// names stand for the words. It gives the places of the names.
func (q *question) addNames() ([]mention, error) {
	folded := make([]string, len(q.words))
	for i, w := range q.words {
		folded[i] = w.folded
	}
	mentions := q.known.lexicon.mentions(folded)
	for _, m := range mentions {
		for _, record := range m.records {
			if err := q.addName(m, record, strings.Join(folded[m.first:m.last+1], " ")); err != nil {
				return nil, err
			}
		}
	}
	return mentions, nil
}

func (q *question) addName(m mention, record *named, typed string) error {
	var others []weighted
	for _, l := range record.labels {
		words := foldedWords(l.Text)
		if len(words) == 1 && words[0] != typed {
			others = append(others, weighted{term: words[0], weight: nameWeight})
		}
	}
	var tokens []weighted
	if broader := q.known.lexicon.records[record.broader]; broader != nil {
		if relation := relationTo(record.id.Kind()); relation != "" {
			tokens = append(tokens, weighted{field: fieldRef, term: refTerm(relation, broader.id), weight: broaderWeight})
			q.tell(knowledge.Synonym{
				Words: typed, Label: broader.label(q.listing.Languages), Kind: synonymKind(broader.id), Link: knowledge.SynonymBroader, ID: broader.id,
			})
		}
	}
	for i := m.first; i <= m.last; i++ {
		q.words[i].others = append(q.words[i].others, others...)
		q.words[i].tokens = append(q.words[i].tokens, tokens...)
	}
	same := knowledge.Synonym{
		Words: typed, Label: record.label(q.listing.Languages), Kind: synonymKind(record.id), Link: knowledge.SynonymSame, ID: record.id,
	}
	q.tell(same)
	if record.id.Kind() != knowledge.KindAuthority || slices.Contains(q.interpretation.Synonyms, same) {
		return nil
	}
	// That a town is known is told even by its own name where no record is from there: the reader is to see why
	// nothing is found.
	has, err := q.hasEntry(fieldAuthority, string(record.id))
	if err == nil && !has {
		q.interpretation.Synonyms = append(q.interpretation.Synonyms, same)
	}
	return err
}

// hasEntry tells whether an entry that the reader may see has the keyword.
func (q *question) hasEntry(field, keyword string) (bool, error) {
	for _, s := range q.view.segments {
		if !s.columns.fields[field] {
			continue
		}
		kinds, err := s.column(fieldKind)
		if err != nil {
			return false, err
		}
		list, err := s.postings(field, keyword)
		if err != nil {
			return false, err
		}
		found := false
		err = eachDoc(list, func(doc uint32) error {
			kind, ok := kinds.value(doc)
			if found || !ok || !slices.Contains(knowledge.EntryKinds(), knowledge.Kind(kinds.terms[kind])) {
				return nil
			}
			var err error
			found, err = q.visible(s, doc)
			return err
		})
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// relationTo is how entries point at records of the kind; "" for kinds that have no broader ones to show.
func relationTo(k knowledge.Kind) knowledge.Relation {
	switch k {
	case knowledge.KindTheme:
		return knowledge.RelTheme
	case knowledge.KindTargetGroup:
		return knowledge.RelTargetGroup
	default:
		return ""
	}
}

func synonymKind(id knowledge.ID) knowledge.SynonymKind {
	switch id.Kind() {
	case knowledge.KindTheme:
		return knowledge.SynonymTheme
	case knowledge.KindTargetGroup:
		return knowledge.SynonymTargetGroup
	case knowledge.KindAuthority:
		return knowledge.SynonymAuthority
	case knowledge.KindCountry:
		return knowledge.SynonymCountry
	default:
		return knowledge.SynonymThesaurus
	}
}

// tell notes a synonym, unless it says what was typed.
func (q *question) tell(s knowledge.Synonym) {
	if s.Label == "" || strings.Join(foldedWords(s.Label), " ") == s.Words || slices.Contains(q.interpretation.Synonyms, s) {
		return
	}
	q.interpretation.Synonyms = append(q.interpretation.Synonyms, s)
}
