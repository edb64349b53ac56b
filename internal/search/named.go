package search

import (
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

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
