package knowledge

import "slices"

// AddBlock makes sure that the entry has a block of texts in the language, and sets its origin.
func AddBlock(e Entry, language LanguageTag, origin TextOrigin) {
	for _, b := range e.Blocks() {
		if b.Language == language {
			b.Origin = origin
			return
		}
	}
	shared := EntryText{Language: language, Origin: origin}
	switch x := e.(type) {
	case *Practice:
		x.Texts = append(x.Texts, PracticeText{EntryText: shared})
	case *LessonLearnt:
		x.Texts = append(x.Texts, LessonText{EntryText: shared})
	case *Recommendation:
		x.Texts = append(x.Texts, RecommendationText{EntryText: shared})
	}
}

// RemoveBlock removes the texts in a language and tells whether it did: the texts in the language that
// the entry was written in stay.
func RemoveBlock(e Entry, language LanguageTag) bool {
	if language == e.Core().SourceLanguage {
		return false
	}
	n := len(e.Blocks())
	switch x := e.(type) {
	case *Practice:
		x.Texts = slices.DeleteFunc(x.Texts, func(t PracticeText) bool { return t.Language == language })
	case *LessonLearnt:
		x.Texts = slices.DeleteFunc(x.Texts, func(t LessonText) bool { return t.Language == language })
	case *Recommendation:
		x.Texts = slices.DeleteFunc(x.Texts, func(t RecommendationText) bool { return t.Language == language })
	}
	return len(e.Blocks()) < n
}

// ApplyIn writes the changes into a practice's block in the language; false for another sort of entry.
func (c *PracticeTextChanges) ApplyIn(e Entry, language LanguageTag) bool {
	p, ok := e.(*Practice)
	if !ok {
		return false
	}
	for i := range p.Texts {
		if p.Texts[i].Language == language {
			c.ApplyTo(&p.Texts[i])
		}
	}
	return true
}

// ApplyIn writes the changes into a lesson's block in the language; false for another sort of entry.
func (c *LessonTextChanges) ApplyIn(e Entry, language LanguageTag) bool {
	l, ok := e.(*LessonLearnt)
	if !ok {
		return false
	}
	for i := range l.Texts {
		if l.Texts[i].Language == language {
			c.ApplyTo(&l.Texts[i])
		}
	}
	return true
}

// ApplyIn writes the changes into a recommendation's block in the language; false for another sort of
// entry.
func (c *RecommendationTextChanges) ApplyIn(e Entry, language LanguageTag) bool {
	r, ok := e.(*Recommendation)
	if !ok {
		return false
	}
	for i := range r.Texts {
		if r.Texts[i].Language == language {
			c.ApplyTo(&r.Texts[i])
		}
	}
	return true
}
