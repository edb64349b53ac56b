package search

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/spelling"
	"goodpractice/internal/search/text"
)

// learned is what the index knows of its records as a whole. It is made from a view now and then, and a
// little older than what searches find. It never changes.
type learned struct {
	lexicon  *lexicon
	spelling *spelling.Vocabulary
	detector *text.Detector
	written  map[string]string // how folded words are mostly written, where that differs
}

// rareWord is the number of records that a word must be in to be suggested: one record may have misspelt it.
const rareWord = 2

// Weights of suggestions, to which the logarithm of the number of records is added: a subject or a town is
// what most people are after, and one record is worth less than a word that leads to many.
const (
	themeSuggestion  = 3
	placeSuggestion  = 2.5
	wordSuggestion   = 0
	recordSuggestion = 1.5
)

// use is a word of a language as it is written, and how many records have it.
type use struct {
	language, word string
	records        int
}

// learn reads the view: what queries are understood with.
func (l *linguist) learn(ctx context.Context, v *view) (*learned, error) {
	if err := l.prepare(); err != nil {
		return nil, err
	}
	out := &learned{lexicon: newLexicon(), written: map[string]string{}}
	err := v.eachPosted(ctx, fieldKind, texts(lexiconKinds()), func(s *segmentView, doc uint32) error {
		n, err := s.names(doc)
		if n != nil {
			out.lexicon.add(n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	words, err := v.words(ctx)
	if err != nil {
		return nil, err
	}
	if err := out.spell(l, words); err != nil {
		return nil, err
	}
	out.detector = l.languages.NewDetector(counted(words))
	return out, nil
}

// with is the same after records that queries may name have changed.
func (x *learned) with(changed map[knowledge.ID]*named) *learned {
	out := *x
	out.lexicon = x.lexicon.with(changed)
	return &out
}

// complete reads the view: what beginnings of words are completed with. It is still to be finished.
func (l *linguist) complete(ctx context.Context, v *view) (*completion, error) {
	out := &completion{}
	if err := out.names(ctx, v); err != nil {
		return nil, err
	}
	words, err := v.words(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range words {
		if u.records >= rareWord && !l.languages.Of(knowledge.LanguageTag(u.language)).IsStop(text.Fold(u.word)) {
			out.add(u.word, completed{
				Suggestion: knowledge.Suggestion{Text: u.word, Kind: knowledge.SuggestWord},
				language:   u.language, weight: wordSuggestion + float32(math.Log(float64(u.records))),
			})
		}
	}
	return out, nil
}

// words lists the words that public records use in each language.
func (v *view) words(ctx context.Context) ([]use, error) {
	var out []use
	for _, language := range v.suffixesOf(fieldLexis) {
		err := v.eachTerm(ctx, []string{fieldLexis + language}, func(term string, in []*row) error {
			n, err := v.living(in)
			if n > 0 {
				out = append(out, use{language, strings.Clone(term), n})
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// counted are the uses as a detector learns them.
func counted(words []use) iter.Seq[text.WordCount] {
	return func(yield func(text.WordCount) bool) {
		for _, u := range words {
			if !yield(text.WordCount{Language: knowledge.LanguageTag(u.language), Folded: text.Fold(u.word), Count: u.records}) {
				return
			}
		}
	}
}

// spell makes the vocabulary that corrections are taken from, and notes how its words are written. Labels of
// the thesaurus are words that people may mean, although no record has them.
func (x *learned) spell(l *linguist, words []use) error {
	all, err := l.thesaurus.read()
	if err != nil {
		return err
	}
	most := map[string]int{}
	for _, u := range words {
		folded := text.Fold(u.word)
		if u.records > most[folded] {
			most[folded] = u.records
			if folded != u.word {
				x.written[folded] = u.word
			} else {
				delete(x.written, folded)
			}
		}
	}
	x.spelling = spelling.New(func(yield func(spelling.Word) bool) {
		for _, u := range words {
			if !yield(spelling.Word{Text: text.Fold(u.word), Language: u.language, Documents: u.records}) {
				return
			}
		}
		for language, label := range all.Labels() {
			for _, folded := range foldedWords(label) {
				if !yield(spelling.Word{Text: folded, Language: text.Base(language), Documents: 1}) {
					return
				}
			}
		}
	})
	return nil
}

// names reads the names of the public records.
func (c *completion) names(ctx context.Context, v *view) error {
	used := map[string]map[string]int{}
	for _, field := range []string{fieldTheme, fieldGroup, fieldAuthority, fieldCountry} {
		used[field] = map[string]int{}
		err := v.eachTerm(ctx, []string{field}, func(term string, in []*row) error {
			n, err := v.living(in)
			used[field][strings.Clone(term)] = n
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, s := range v.segments {
		for doc := range s.size {
			if doc%checkEvery == 0 {
				if err := expired(ctx); err != nil {
					return err
				}
			}
			if s.isDeleted(doc) {
				continue
			}
			n, err := s.names(doc)
			if err != nil {
				return err
			}
			if n != nil {
				c.addNames(n, used)
			}
		}
	}
	return nil
}

// names reads the stored names of a document; nil for one that is not public.
func (s *segmentView) names(doc uint32) (*named, error) {
	var out *named
	var id knowledge.ID
	var raw string
	err := s.snapshot.VisitDocument(uint64(doc), segment.StoredFieldValueVisitor(
		func(field string, _ byte, value []byte, _ []uint64) bool {
			switch field {
			case fieldID:
				id = knowledge.ID(value)
			case fieldNames:
				raw = string(value)
			}
			return true
		}))
	if err != nil {
		return nil, fmt.Errorf("read the names of the index: %w", err)
	}
	if raw != "" {
		n := decodeNames(id, raw)
		out = &n
	}
	return out, nil
}

// addNames lets a record be suggested by its names. What records are filed under counts by how many are.
func (c *completion) addNames(n *named, used map[string]map[string]int) {
	kind, weight, field, term := knowledge.SuggestionKind(""), 0.0, "", string(n.id)
	switch n.id.Kind() {
	case knowledge.KindTheme:
		kind, weight, field = knowledge.SuggestTheme, themeSuggestion, fieldTheme
	case knowledge.KindTargetGroup:
		kind, weight, field = knowledge.SuggestTargetGroup, themeSuggestion, fieldGroup
	case knowledge.KindAuthority:
		kind, weight, field = knowledge.SuggestAuthority, placeSuggestion, fieldAuthority
	case knowledge.KindCountry:
		kind, weight, field, term = knowledge.SuggestCountry, placeSuggestion, fieldCountry, n.code
	case knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation:
		kind, weight = knowledge.SuggestEntry, recordSuggestion
	default:
		return
	}
	if field != "" {
		weight += math.Log(1 + float64(used[field][term]))
	}
	for _, l := range n.labels {
		c.add(l.Text, completed{
			Suggestion: knowledge.Suggestion{Text: l.Text, Kind: kind, ID: n.id},
			hidden:     l.Kind == hiddenKind, weight: float32(weight),
		})
	}
}
