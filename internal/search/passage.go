package search

import (
	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// passage is one text by which an entity is found. What is indexed and what is highlighted are the
// same passages, so that every match can be shown.
type passage struct {
	path     []string
	language knowledge.LanguageTag
	class    class
	text     string
	// instead is set where the text is not shown as it is: a hidden label, or the name of a broader
	// record. The preferred name of this record is shown in its place.
	instead knowledge.Entity
}

// eachPassage visits the texts of an entity: its own, then the names of the records that it is linked to,
// then those of their ancestors. The passage is the visitor's only while it looks.
func (l *linguist) eachPassage(item knowledge.Indexable, visit func(*passage)) {
	l.eachOwnPassage(item, visit)
	eachLink(item, func(link *link) { eachName(link, visit) })
}

// eachOwnPassage visits the texts of the entity itself.
func (l *linguist) eachOwnPassage(item knowledge.Indexable, visit func(*passage)) {
	l.eachBlockText(item.Entity, visit)
	own := ownTexts(item.Entity)
	for i := range own {
		visit(&own[i])
	}
}

// eachLink visits what the entity is linked to, and then what is broader.
func eachLink(item knowledge.Indexable, visit func(*link)) {
	links := linksOf(item)
	for _, broader := range []bool{false, true} {
		for i := range links {
			if links[i].isAncestor == broader {
				visit(&links[i])
			}
		}
	}
}

// ownTexts lists the texts outside blocks. The names of partners and tokens are left out: nobody searches for them, and
// a word that they alone have must not be known to others.
func ownTexts(e knowledge.Entity) []passage {
	switch x := e.(type) {
	case *knowledge.Theme:
		return conceptTexts(e, &x.Concept)
	case *knowledge.TargetGroup:
		return conceptTexts(e, &x.Concept)
	case *knowledge.Authority:
		return names(x.Names, "name")
	case *knowledge.Country:
		return names(x.Names, "name")
	case *knowledge.Organisation:
		return names(x.Names, "name")
	case *knowledge.Study:
		return plainTexts(classBody, "authors", x.Authors...)
	case *knowledge.Recommendation:
		return append(optional("reference", x.Reference), optional("body", x.Body)...)
	case *knowledge.Practice:
		var out []passage
		for _, p := range x.Places {
			out = append(out, optional("places", p.Label)...)
		}
		return out
	case *knowledge.Event:
		var out []passage
		for _, p := range x.Participants {
			out = append(out, plainTexts(classBody, "participants", p.Label)...)
		}
		if x.Place != nil {
			out = append(out, optional("place", x.Place.Label)...)
		}
		return out
	}
	return nil
}

// plainTexts makes passages of texts in no particular language.
func plainTexts(c class, field string, texts ...string) []passage {
	var out []passage
	for _, t := range texts {
		if t != "" {
			out = append(out, passage{path: []string{field}, language: text.Undetermined, class: c, text: t})
		}
	}
	return out
}

func optional(field string, text *string) []passage {
	if text == nil {
		return nil
	}
	return plainTexts(classBody, field, *text)
}

func names(labels []knowledge.Label, field string) []passage {
	out := make([]passage, 0, len(labels))
	for _, l := range labels {
		out = append(out, passage{path: []string{field}, language: l.Language, class: className, text: l.Text})
	}
	return out
}

func conceptTexts(e knowledge.Entity, c *knowledge.Concept) []passage {
	out := names(c.Labels, "label")
	for _, l := range c.HiddenLabels {
		out = append(out, passage{path: []string{"label"}, language: l.Language, class: classHidden, text: l.Text, instead: e})
	}
	out = append(out, notes(c.Definitions, "definition")...)
	out = append(out, notes(c.ScopeNotes, "scopeNote")...)
	return append(out, notes(c.HistoryNotes, "historyNotes")...)
}

func notes(texts []knowledge.Note, field string) []passage {
	out := make([]passage, 0, len(texts))
	for _, n := range texts {
		out = append(out, passage{path: []string{field}, language: n.Language, class: className, text: n.Text})
	}
	return out
}

// eachName visits the names by which a linked record makes an entity found. A record that is not public
// lends nobody its name.
func eachName(l *link, visit func(*passage)) {
	if l.record == nil || l.record.Head().Status != knowledge.StatusPublished {
		return
	}
	var p passage
	add := func(path []string, labels []knowledge.Label, c class) {
		p = passage{path: path, class: c}
		if c == classHidden || l.isAncestor {
			p.instead = l.record
		}
		for i := range labels {
			p.language, p.text = labels[i].Language, labels[i].Text
			visit(&p)
		}
	}
	switch x := l.record.(type) {
	case *knowledge.Theme:
		path := []string{l.field, "label"}
		add(path, x.Labels, classLabel)
		add(path, x.HiddenLabels, classHidden)
	case *knowledge.TargetGroup:
		path := []string{l.field, "label"}
		add(path, x.Labels, classLabel)
		add(path, x.HiddenLabels, classHidden)
	case *knowledge.Authority:
		add([]string{l.field, "name"}, x.Names, classLabel)
	case *knowledge.Country:
		add([]string{l.field, "name"}, x.Names, classLabel)
	case *knowledge.Organisation:
		add([]string{l.field, "name"}, x.Names, classLabel)
	}
}

// nameOf is the preferred name of a record for a reader, with its language. Localise is called on a
// copy: the record belongs to the caller.
func nameOf(e knowledge.Entity, languages []knowledge.LanguageTag) (string, knowledge.LanguageTag) {
	switch x := e.(type) {
	case *knowledge.Theme:
		c := *x
		c.Localise(languages)
		return c.Label, languageOf(c.Labels, c.Label)
	case *knowledge.TargetGroup:
		c := *x
		c.Localise(languages)
		return c.Label, languageOf(c.Labels, c.Label)
	case *knowledge.Authority:
		c := *x
		c.Localise(languages)
		return c.Name, languageOf(c.Names, c.Name)
	case *knowledge.Country:
		c := *x
		c.Localise(languages)
		return c.Name, languageOf(c.Names, c.Name)
	case *knowledge.Organisation:
		c := *x
		c.Localise(languages)
		return c.Name, languageOf(c.Names, c.Name)
	}
	return "", ""
}

func languageOf(labels []knowledge.Label, name string) knowledge.LanguageTag {
	for _, l := range labels {
		if l.Kind == knowledge.LabelPreferred && l.Text == name {
			return l.Language
		}
	}
	return text.Undetermined
}
