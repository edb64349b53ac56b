package search

import (
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/query"
	"goodpractice/internal/search/text"
)

// isFilter finds out what a filter in the text means. One that means nothing here, such as a theme that nobody
// has heard of, is words.
func (q *question) isFilter(n query.Node) bool {
	if q.listing.Reading.NoFilters {
		return false
	}
	switch n := n.(type) {
	case query.Years:
		q.filters[n.At()] = withinYears{ranges(n)}
		return true
	case query.Field:
		var values []string
		var told []knowledge.TextFilter
		field := ""
		for _, v := range n.Values {
			var found []meaning
			if field, found = q.meanings(n.Name, v.Text); len(found) == 0 {
				return false
			}
			for _, m := range found {
				values = append(values, m.term)
				told = append(told, knowledge.TextFilter{Field: n.Name, Value: m.value, Label: m.label})
			}
		}
		q.filters[n.At()] = anyValue{anyOf{field, values}}
		q.told[n.At()] = told
		return true
	}
	return false
}

// meaning is what a value of a filter stands for.
type meaning struct{ term, value, label string }

// meanings gives the keyword field of a filter and what a value may stand for in it; nothing for a value that
// stands for nothing.
func (q *question) meanings(name, value string) (string, []meaning) {
	switch name {
	case query.FieldTheme:
		return fieldTheme, q.records(knowledge.KindTheme, value)
	case query.FieldGroup:
		return fieldGroup, q.records(knowledge.KindTargetGroup, value)
	case query.FieldCity:
		return fieldAuthority, q.records(knowledge.KindAuthority, value)
	case query.FieldCountry:
		if code := knowledge.CountryCode(strings.ToUpper(value)); knowledge.IsCountryCode(code) {
			label := value
			if n := q.known.lexicon.records[knowledge.CountryID(code)]; n != nil {
				label = n.label(q.listing.Languages)
			}
			return fieldCountry, []meaning{{string(code), string(code), label}}
		}
		found := q.records(knowledge.KindCountry, value)
		for i := range found {
			n := q.known.lexicon.records[knowledge.ID(found[i].term)]
			found[i].term, found[i].value = n.code, n.code
		}
		return fieldCountry, found
	case query.FieldLanguage:
		return fieldLanguage, q.tags(value)
	case query.FieldKind:
		for _, k := range knowledge.EntryKinds() {
			if strings.EqualFold(k.Noun(), value) {
				return fieldKind, []meaning{{string(k), string(k), k.Noun()}}
			}
		}
	}
	return "", nil
}

// records finds the public records of a kind that are called so.
func (q *question) records(kind knowledge.Kind, name string) []meaning {
	var out []meaning
	for _, n := range q.known.lexicon.named(kind, name) {
		out = append(out, meaning{string(n.id), n.slug, n.label(q.listing.Languages)})
	}
	return out
}

// tags lists the languages of the index that a tag stands for: sr for both scripts of Serbian.
func (q *question) tags(value string) []meaning {
	tag, ok := knowledge.ParseLanguageTag(value)
	if !ok {
		return nil
	}
	out := []meaning{{string(tag), string(tag), string(tag)}}
	for _, s := range q.view.segments {
		column, err := s.column(fieldLanguage)
		if err != nil {
			continue // The search itself will tell.
		}
		for _, t := range column.terms {
			if text.Base(knowledge.LanguageTag(t)) == string(tag) && t != string(tag) {
				out = append(out, meaning{t, t, t})
			}
		}
	}
	return out
}

func ranges(n query.Years) []between {
	out := make([]between, len(n.Ranges))
	for i, r := range n.Ranges {
		out[i].field = fieldYear
		if r.From > 0 {
			from := int64(r.From)
			out[i].from = &from
		}
		if r.To > 0 {
			to := int64(r.To)
			out[i].to = &to
		}
	}
	return out
}

// tellFilters notes which filters were taken from the text, where they stand alone.
func (q *question) tellFilters() {
	note := func(n query.Node, excludes bool) {
		for _, t := range q.told[n.At()] {
			t.Excludes = excludes
			q.interpretation.Filters = append(q.interpretation.Filters, t)
		}
		if years, ok := n.(query.Years); ok {
			value := strings.TrimPrefix(query.Query{Nodes: []query.Node{years}}.String(), query.FieldYear+":")
			q.interpretation.Filters = append(q.interpretation.Filters, knowledge.TextFilter{
				Field: query.FieldYear, Value: value, Label: value, Excludes: excludes,
			})
		}
	}
	for _, n := range q.parsed.Nodes {
		if not, ok := n.(query.Not); ok {
			note(not.Node, true)
		} else {
			note(n, false)
		}
	}
}
