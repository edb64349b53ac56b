package pages

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"goodpractice/internal/export"
)

// view is what the template shows.
type view struct {
	Site, Base, Style string

	Noun, Title, Summary string
	Language             string // Of the texts; "" for the page's own.
	Canonical, Linked    string
	Playground           template.URL
	Languages            []translation
	Texts                []section
	Facts                []fact
	Lists                []fact
	Note                 string
	IsUnconfirmed        bool
	Licence, LicenceURL  string
	Attribution, Updated string
	Data                 template.JS

	Message string // In the place of a record.
}

// translation is the page in another language.
type translation struct {
	Tag, Name, Address string
	IsShown            bool
}

// section is a text under a heading, in its paragraphs.
type section struct {
	Heading    string
	Paragraphs []string
}

// fact is a heading with some values beside it.
type fact struct {
	Name   string
	Values []value
	More   int // How many others there are.
}

type value struct{ Text, URL, Note string }

// paragraphs splits a text at its blank lines.
func paragraphs(text string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// add appends a fact that has values.
func add(facts []fact, name string, values ...value) []fact {
	values = slices.DeleteFunc(values, func(v value) bool { return v.Text == "" })
	if len(values) == 0 {
		return facts
	}
	return append(facts, fact{Name: name, Values: values})
}

func values[T any](items []T, show func(T) value) []value {
	out := make([]value, len(items))
	for i, x := range items {
		out[i] = show(x)
	}
	return out
}

func plain(text string) value { return value{Text: text} }

// lead is the value of a link that may be missing.
func lead(l *link) value {
	if l == nil {
		return value{}
	}
	if l.URL != "" {
		return value{Text: l.Text, URL: safe(l.URL)}
	}
	return value{Text: l.Text, URL: l.Permalink}
}

func leads(links []link) []value { return values(links, func(l link) value { return lead(&l) }) }

// safe is a web address; "" for anything else, which would not be safe to follow.
func safe(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// word is an enumeration's value in words: "REHOUSING_AGENCY" is "Rehousing agency".
func word(value string) string {
	if value == "" {
		return ""
	}
	text := strings.ToLower(strings.ReplaceAll(value, "_", " "))
	return strings.ToUpper(text[:1]) + text[1:]
}

func year(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// span is a period as exactly as it is known.
func span(p *export.Period) string {
	if p == nil || p.Start == "" {
		return ""
	}
	length := map[string]int{"YEAR": 4, "MONTH": 7}[p.Precision]
	if length == 0 {
		length = 10
	}
	start := p.Start[:min(length, len(p.Start))]
	end := p.End[:min(length, len(p.End))]
	switch end {
	case "":
		return "from " + start
	case start:
		return start
	}
	return start + " to " + end
}

// facts are what is known of the record in a word or two.
func (r *record) facts(n noun) []fact {
	var facts []fact
	facts = add(facts, "Where", values(r.Authorities, func(a export.Authority) value {
		v := value{Text: a.Name, URL: a.Permalink}
		if a.Country != nil {
			v.Note = a.Country.Name
		}
		return v
	})...)
	if len(r.Authorities) == 0 {
		facts = add(facts, "Where", values(r.Countries, func(c export.Country) value { return value{Text: c.Name, URL: c.Permalink} })...)
	}
	if r.Place != nil {
		at := lead(r.Place.Authority)
		if at.Text == "" {
			at.Text = r.Place.Label
		}
		facts = add(facts, "Place", at)
	}
	when := span(r.Period)
	if when == "" {
		when = year(r.Year)
	}
	facts = add(facts, "When", plain(when))
	facts = add(facts, "Country", lead(r.Country))
	facts = add(facts, "Part of", lead(r.Parent), lead(r.Broader))
	facts = add(facts, "Themes", values(r.Themes, func(t export.Term) value { return value{Text: t.Label, URL: t.Permalink} })...)
	facts = add(facts, "For whom", values(r.TargetGroups, func(t export.Term) value { return value{Text: t.Label, URL: t.Permalink} })...)
	facts = add(facts, "Organisations that took part", values(r.Partnerships, func(p export.Partnership) value {
		return value{Text: p.Organisation.Name, URL: p.Organisation.Permalink}
	})...)
	if n.isEntry() {
		facts = r.entryFacts(facts)
	} else {
		facts = r.otherFacts(facts)
	}
	return facts
}

// entryFacts are those of entries alone.
func (r *record) entryFacts(facts []fact) []fact {
	facts = add(facts, "State", plain(word(r.Lifecycle)))
	facts = add(facts, "What came of it", plain(word(r.Outcome)))
	facts = add(facts, "Form", plain(word(r.Instrument)))
	facts = add(facts, "Reference", plain(r.Reference))
	facts = add(facts, "Adopted", plain(r.AdoptedOn), lead(r.AdoptedAt))
	facts = add(facts, "Standing", plain(word(r.Standing)))
	if r.EvidenceLevel != "" && r.EvidenceLevel != "UNGRADED" {
		facts = add(facts, "Evidence", plain(word(r.EvidenceLevel)))
	}
	return facts
}

// otherFacts are those of other records.
func (r *record) otherFacts(facts []fact) []fact {
	facts = add(facts, "Sort", plain(word(r.Kind)))
	facts = add(facts, "Code", plain(r.Code))
	facts = add(facts, "Also called", values(r.Alternative, plain)...)
	if r.Population != nil {
		facts = add(facts, "Inhabitants", value{Text: strconv.Itoa(r.Population.Value), Note: year(r.Population.Year)})
	}
	if r.Website != "" {
		facts = add(facts, "Website", value{Text: r.Website, URL: safe(r.Website)})
	}
	facts = add(facts, "Authors", append(values(r.Authors, plain), leads(r.AuthorOrganisations)...)...)
	facts = add(facts, "Method", plain(word(r.Method)))
	facts = add(facts, "Made by", plain(word(r.Independence)))
	if r.URL != "" {
		facts = add(facts, "Read it", value{Text: r.URL, URL: safe(r.URL)})
	}
	if r.DOI != "" {
		facts = add(facts, "DOI", value{Text: r.DOI, URL: "https://doi.org/" + r.DOI})
	}
	facts = add(facts, "Called by", leads(r.Organisers)...)
	if w := r.External.Wikidata; w != "" {
		facts = add(facts, "Wikidata", value{Text: w, URL: "https://www.wikidata.org/wiki/" + url.PathEscape(w)})
	}
	return add(facts, "Same as", values(r.SameAs, func(a string) value { return value{Text: a, URL: safe(a)} })...)
}

// texts are what the record says.
func (r *record) texts(n noun) []section {
	var out []section
	show := func(heading, text string) {
		if p := paragraphs(text); p != nil {
			out = append(out, section{heading, p})
		}
	}
	if n.isEntry() {
		for _, t := range r.Record.Texts() {
			show(t.Heading, t.Text)
		}
		return out
	}
	show("What it means", r.Definition)
	show("How the term is used", r.ScopeNote)
	show("What it was for", r.Purpose)
	show("Agenda", r.Agenda)
	show("What came of it", r.Outcome)
	show("Findings", r.Findings)
	show("What it cannot tell", r.Limits)
	show("Note", r.Note)
	return out
}

// lists are other records that belong to this one, and its sources.
func (r *record) lists() []fact {
	var facts []fact
	page := func(name string, l *list) {
		if l != nil && len(l.Nodes) > 0 {
			facts = append(facts, fact{name, leads(l.Nodes), l.TotalCount - len(l.Nodes)})
		}
	}
	facts = add(facts, "It comes from", leads(r.ComesFrom)...)
	page("Narrower", r.Narrower)
	page("Practices", r.Practices)
	page("Lessons learnt", r.Lessons)
	page("Recommendations", r.Recommendations)
	page("Practices, lessons and recommendations", r.Entries)
	page("Cities and regions", r.Members)
	facts = add(facts, "Related", leads(r.Related)...)
	facts = add(facts, "Presented", leads(r.Presented)...)
	facts = add(facts, "What came out of it", leads(r.Outputs)...)
	facts = add(facts, "Documents", leads(r.Documents)...)
	facts = add(facts, "Studies that looked at it", values(r.Evidence, func(e export.Evidence) value {
		if e.Study == nil {
			return value{}
		}
		return value{Text: e.Study.Title, URL: e.Study.Permalink, Note: strings.ToLower(word(e.Finding))}
	})...)
	return add(facts, "Sources", values(r.Sources, func(s export.Source) value {
		v := value{Text: s.Title, URL: safe(s.URL)}
		if s.ReadAt != "" {
			v.Note = "read on " + s.ReadAt
		}
		return v
	})...)
}
