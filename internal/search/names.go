package search

import (
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// fieldNames is stored and not indexed: by what names everyone may find the record. What completes names
// and looks them up in queries is made from it.
const fieldNames = "names"

// named is a public record with its names.
type named struct {
	id      knowledge.ID
	slug    string
	code    string       // of a country
	broader knowledge.ID // the next broader one; empty at the top
	labels  []knowledge.Label
}

// Marks at the beginning of the lines of a stored list of names, and between their parts.
const (
	markSlug    = "s"
	markCode    = "c"
	markBroader = "b"
	markLabel   = "l"
	markBetween = "\x1f"
)

// encodeNames writes the names of a record that everyone may read; nil for another one.
func encodeNames(e knowledge.Entity) []byte {
	if e.Head().Status != knowledge.StatusPublished || e.Kind().IsAdministrative() {
		return nil
	}
	var b strings.Builder
	line := func(parts ...string) {
		for i, p := range parts {
			if i > 0 {
				b.WriteString(markBetween)
			}
			b.WriteString(strings.Map(oneLine, p))
		}
		b.WriteByte('\n')
	}
	line(markSlug, e.Head().Slug)
	if country, ok := e.(*knowledge.Country); ok {
		line(markCode, string(country.Code))
	}
	if broader := parentOf(e); broader != "" {
		line(markBroader, string(broader))
	}
	for _, l := range labelsOf(e) {
		line(markLabel, string(l.Language), string(l.Kind), l.Text)
	}
	return []byte(b.String())
}

// oneLine puts a space in the place of what would end a line or a part of one.
func oneLine(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

// decodeNames reads what encodeNames wrote. Lines that it does not know are left out.
func decodeNames(id knowledge.ID, b string) named {
	n := named{id: id}
	for line := range strings.Lines(b) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), markBetween)
		switch {
		case parts[0] == markSlug && len(parts) == 2:
			n.slug = parts[1]
		case parts[0] == markCode && len(parts) == 2:
			n.code = parts[1]
		case parts[0] == markBroader && len(parts) == 2:
			n.broader = knowledge.ID(parts[1])
		case parts[0] == markLabel && len(parts) == 4:
			n.labels = append(n.labels, knowledge.Label{
				Language: knowledge.LanguageTag(parts[1]), Kind: knowledge.LabelKind(parts[2]), Text: parts[3],
			})
		}
	}
	return n
}

// labelsOf lists the names of a record: labels, hidden ones among them, or titles.
func labelsOf(e knowledge.Entity) []knowledge.Label {
	switch x := e.(type) {
	case *knowledge.Theme:
		return conceptLabels(&x.Concept)
	case *knowledge.TargetGroup:
		return conceptLabels(&x.Concept)
	case *knowledge.Authority:
		return x.Names
	case *knowledge.Country:
		return x.Names
	case *knowledge.Organisation:
		return x.Names
	case knowledge.Entry:
		var out []knowledge.Label
		for _, b := range x.Blocks() {
			if b.Title != "" {
				out = append(out, knowledge.Label{Language: b.Language, Kind: knowledge.LabelPreferred, Text: b.Title})
			}
		}
		return out
	}
	return nil
}

// hiddenKind marks hidden labels in stored names; the domain keeps them in a list of their own.
const hiddenKind knowledge.LabelKind = "HIDDEN"

func conceptLabels(c *knowledge.Concept) []knowledge.Label {
	out := make([]knowledge.Label, 0, len(c.Labels)+len(c.HiddenLabels))
	out = append(out, c.Labels...)
	for _, l := range c.HiddenLabels {
		l.Kind = hiddenKind
		out = append(out, l)
	}
	return out
}

// label is the name to show a reader: the preferred one in the best of the languages, else in English, else
// any.
func (n *named) label(languages []knowledge.LanguageTag) string {
	for _, want := range append(slices.Clip(languages), "en") {
		for _, l := range n.labels {
			if l.Kind == knowledge.LabelPreferred && text.Base(l.Language) == text.Base(want) {
				return l.Text
			}
		}
	}
	for _, l := range n.labels {
		if l.Kind != hiddenKind {
			return l.Text
		}
	}
	return n.slug
}
