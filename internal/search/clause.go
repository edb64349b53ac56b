package search

import (
	"strconv"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"goodpractice/internal/search/text"
)

// wanted is one word of a query with everything that stands for it.
type wanted struct {
	word

	isPrefix bool
	isUnseen bool // no record has it that the reader may see: it is not looked up, so that nothing tells of drafts
	isStop   bool // it carries no meaning in the language of the query
	// isOptional is set for words that a record need not have: they add to its score alone.
	isOptional bool
	// variants are further words that are as good as the word itself: what it is the beginning of, or the
	// other sides of an OR.
	variants []word
	// tokens are terms that are taken as they are: of the thesaurus, of linked records.
	tokens []weighted
	// others are folded words that stand for the word: other names of what it names.
	others []weighted
	// labels are words of the labels of a term that the word names: of one that no record has.
	labels []labelWord
}

// labelWord is a word of the labels that a term has in a language.
type labelWord struct {
	suffix string  // of the language
	term   string  // its stem
	share  float64 // of the labels that have it
}

// weighted is a term with what its occurrences count. An empty suffix stands for a keyword field.
type weighted struct {
	class  class // of a text field
	suffix string
	field  string // keyword field
	term   string
	weight float64
}

// clause is one word of a query against an index: the terms that stand for it, in the fields that may
// hold them.
type clause struct {
	word         string
	alternatives []alternative
	documents    float64 // how many have it, in the field that has it most often
	weight       float64 // how telling the word is
	isRequired   bool    // counts towards the information that a record must have
	named        string
}

// name tells apart clauses that give different worths to the same documents.
func (c *clause) name() string {
	if c.named == "" {
		var b []byte
		for i := range c.alternatives {
			a := &c.alternatives[i]
			b = append(append(append(append(b, a.field...), ' '), a.term...), ' ')
			b = append(strconv.AppendFloat(b, a.weight, 'g', 6, 64), '\n')
		}
		c.named = string(b)
	}
	return c.named
}

// alternative is one term in one field, with its postings in each segment of the view.
type alternative struct {
	field, term string
	class       class // of a text field; empty for a keyword field
	weight      float64
	isDirect    bool                   // the word or its stem, and not something else that stands for it
	postings    []segment.PostingsList // nil where a segment does not have it
}

// compiler turns words into clauses against a view.
type compiler struct {
	view      *view
	stats     *statistics
	classes   []class          // that are searched
	languages []*text.Language // whose stems are looked up
}

// clause looks a word up: as it is, folded, as the stem that it has in the languages, and by what else stands
// for it.
func (c *compiler) clause(w *wanted) (clause, error) {
	out := clause{word: w.folded, isRequired: !w.isOptional}
	words := w.variants
	if !w.isUnseen {
		words = append([]word{w.word}, words...)
	}
	for _, x := range words {
		if err := c.addWord(&out, x); err != nil {
			return clause{}, err
		}
	}
	for _, o := range w.others {
		for _, class := range c.classes {
			if class.isRunning() {
				a := alternative{field: class.field(plainSuffix), term: o.term, class: class, weight: o.weight * classWeight(class)}
				if err := c.add(&out, a); err != nil {
					return clause{}, err
				}
			}
		}
	}
	for _, t := range w.tokens {
		field, weight := t.field, t.weight
		if field == "" {
			field, weight = t.class.field(t.suffix), t.weight*classWeight(t.class)
		}
		if err := c.add(&out, alternative{field: field, term: t.term, class: t.class, weight: weight}); err != nil {
			return clause{}, err
		}
	}
	for _, l := range w.labels {
		for _, class := range c.classes {
			if class.isRunning() {
				a := alternative{field: class.field(l.suffix), term: l.term, class: class, weight: l.share * labelWeight * classWeight(class)}
				if err := c.add(&out, a); err != nil {
					return clause{}, err
				}
			}
		}
	}
	out.weight = float64(float32(telling(out.documents, c.stats.records))) // As a cursor carries it.
	return out, nil
}

func (c *compiler) addWord(to *clause, w word) error {
	for _, class := range c.classes {
		weight := plainWeight
		if !class.isStemmed() {
			weight = 1
		}
		a := alternative{
			field: class.field(plainSuffix), term: w.folded, class: class, weight: weight * classWeight(class), isDirect: true,
		}
		if err := c.add(to, a); err != nil {
			return err
		}
	}
	for _, x := range c.languages {
		term := x.Term(w.lower)
		if term == "" {
			continue
		}
		for _, class := range c.classes {
			if !class.isStemmed() {
				continue
			}
			a := alternative{
				field: class.field(x.Suffix()), term: term, class: class, weight: stemWeight * classWeight(class), isDirect: true,
			}
			if err := c.add(to, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// add puts an alternative in, if any record has it.
func (c *compiler) add(to *clause, a alternative) error {
	for i := range to.alternatives {
		if have := &to.alternatives[i]; have.field == a.field && have.term == a.term {
			have.weight, have.isDirect = max(have.weight, a.weight), have.isDirect || a.isDirect
			return nil
		}
	}
	count, err := c.view.find(&a)
	if err != nil || count == 0 {
		return err
	}
	to.documents = max(to.documents, count)
	to.alternatives = append(to.alternatives, a)
	return nil
}

// find looks the postings of an alternative up, and tells how many living documents have it.
func (v *view) find(a *alternative) (float64, error) {
	count := 0.0
	for i, s := range v.segments {
		if !s.columns.fields[a.field] {
			continue
		}
		list, err := s.postings(a.field, a.term)
		if err != nil {
			return 0, err
		}
		if list == nil {
			continue
		}
		if a.postings == nil {
			a.postings = make([]segment.PostingsList, len(v.segments))
		}
		a.postings[i] = list
		count += float64(list.Count())
	}
	return count, nil
}
