package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"goodpractice/internal/search/spelling"
	"goodpractice/internal/search/thesaurus"
)

// maxIntended is how many likely corrections of a word are looked at.
const maxIntended = 3

// intended is what was most likely meant by a word that no record has: a word one edit away, the same with a
// number behind it, two words without the space between them, or a word two edits away; "" where nothing is
// near that would find something. A word of another language than the query's is no correction: it is given as a
// doubt, to be asked about.
func (q *question) intended(at int) (instead, doubt string, err error) {
	w := q.typed[at]
	language := string(q.interpretation.Language)
	near := q.known.spelling.Candidates(w.folded, language, maxIntended)
	two := slices.IndexFunc(near, func(c spelling.Correction) bool { return c.Edits > 1 })
	if two < 0 {
		two = len(near)
	}
	try := func(found []spelling.Correction) error {
		for _, c := range found {
			words := q.known.write(c.Text)
			if ok, err := q.finds(at, words); err != nil {
				return err
			} else if !ok {
				continue
			}
			fits, err := q.fits(at, c)
			if err != nil {
				return err
			}
			if !fits {
				if doubt == "" {
					doubt = words
				}
				continue
			}
			instead = words
			return nil
		}
		return nil
	}
	if err = try(near[:two]); err != nil || instead != "" {
		return instead, "", err
	}
	if instead, err = q.numbered(w.folded); err != nil || instead != "" {
		return instead, "", err
	}
	if left, right, isTwo := q.known.spelling.Split(w.folded, language); isTwo {
		words := q.known.write(left) + " " + q.known.write(right)
		if ok, err := q.finds(at, words); err != nil {
			return "", "", err
		} else if ok && spelling.JoinsWords(language) {
			ok, err = q.areTogether(left, right)
			if !ok && doubt == "" {
				doubt = words
			}
			if ok || err != nil {
				return words, "", err
			}
		} else if ok {
			return words, "", nil
		}
	}
	if err = try(near[two:]); err != nil || instead != "" {
		return instead, "", err
	}
	return "", doubt, nil
}

// fits tells whether a correction is certain enough to be made: it begins with the same letter, which people get
// right (K. Kukich, 1992), and is a word of the query's language, as far as that is known. The language of a
// single word is guessed from the letters that are in doubt. Names and terms of the thesaurus fit in any language.
func (q *question) fits(at int, c spelling.Correction) (bool, error) {
	typed, _ := utf8.DecodeRuneInString(q.typed[at].folded)
	meant, _ := utf8.DecodeRuneInString(c.Text)
	if typed != meant {
		return false, nil
	}
	if c.InLanguage || len(q.typed) == 1 || q.known.lexicon.byName[c.Text] != nil {
		return true, nil
	}
	return q.isExplained(at, c.Text)
}

// numbered is the only word that is the given one with a number behind it, such as the third of some programmes.
func (q *question) numbered(folded string) (string, error) {
	if len(folded) < fewestNumbered {
		return "", nil
	}
	found, err := q.view.expand(folded, q.classes)
	if err != nil {
		return "", err
	}
	only := ""
	for _, f := range found {
		rest := strings.TrimPrefix(f, folded)
		if rest == "" || strings.ContainsFunc(rest, func(r rune) bool { return !unicode.IsDigit(r) }) {
			continue
		}
		ok, err := q.isKnown(word{lower: f, folded: f})
		if err != nil {
			return "", err
		}
		if ok && only != "" {
			return "", nil
		}
		if ok {
			only = f
		}
	}
	return q.known.write(only), nil
}

// areTogether tells whether a record has both words that the reader may see. The parts of a compound are, mostly; those of a
// name that was taken for one are not: nobody who writes of the Burg needs to say "frei".
func (q *question) areTogether(left, right string) (bool, error) {
	for _, s := range q.view.segments {
		var docs [2]*roaring.Bitmap
		for i, w := range []string{left, right} {
			docs[i] = roaring.New()
			for _, c := range q.classes {
				if !s.columns.fields[c.field(plainSuffix)] {
					continue
				}
				list, err := s.postings(c.field(plainSuffix), w)
				if err != nil {
					return false, err
				}
				if err := eachDoc(list, func(doc uint32) error { docs[i].Add(doc); return nil }); err != nil {
					return false, err
				}
			}
		}
		for both := roaring.And(docs[0], docs[1]).Iterator(); both.HasNext(); {
			if ok, err := q.visible(s, both.Next()); ok || err != nil {
				return ok, err
			}
		}
	}
	return false, nil
}

// fewestNumbered is the fewest letters of a word that a number may be missing behind.
const fewestNumbered = 4

// finds tells whether the words find something in the place of the one that was typed: records that the reader may
// see have each of them, or a term of the thesaurus that has records is named with them. What was learned may be
// older than a withdrawal.
func (q *question) finds(at int, instead string) (bool, error) {
	for _, w := range wordsIn(instead, 0) {
		known, err := q.isKnown(w.word)
		if err != nil {
			return false, err
		}
		if known {
			continue
		}
		if !q.linguist.labels[w.folded] {
			return false, nil
		}
		if ok, err := q.isExplained(at, w.lower); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// around gives the words around a place, and the place in them.
func (q *question) around(at int) ([]string, int) {
	first := max(0, at-maxNameWords+1)
	var row []string
	for _, w := range q.typed[first:min(len(q.typed), at+maxNameWords)] {
		row = append(row, w.lower)
	}
	return row, at - first
}

// isTerm tells whether the word in that place, with the words around it, names a term of the thesaurus in the query's own
// language that records have, or whose labels have words that records have: it is right, although nobody wrote it.
func (q *question) isTerm(at int) (bool, error) {
	row, place := q.around(at)
	is := false
	var err error
	q.linguist.thesaurus.EachMention(row, q.interpretation.Language, func(c *thesaurus.Concept, first, last int) {
		if is || err != nil || place < first || last < place {
			return
		}
		if is, err = q.hasConcept(c.ID); !is && err == nil {
			var labels []labelWord
			labels, err = q.labelWords(c, 1)
			is = len(labels) > 0
		}
	})
	return is, err
}

// isExplained tells whether a term of the thesaurus that has records is named in any language by the word put in
// that place, with the words around it.
func (q *question) isExplained(at int, lower string) (bool, error) {
	row, place := q.around(at)
	row[place] = lower
	explained := false
	var err error
	q.linguist.thesaurus.EachMentionAnywhere(row, q.interpretation.Language, func(m thesaurus.Mention) {
		if explained || err != nil || place < m.First || place > m.Last {
			return
		}
		explained, err = q.hasConcept(m.Concept.ID)
	})
	return explained, err
}

// hasConcept tells whether a record stands for the term that the reader may see.
func (q *question) hasConcept(id string) (bool, error) {
	for _, c := range append(runningClasses(), classLabel) {
		if ok, err := q.isSeen(c.field(conceptSuffix), id); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}
