package graph

import (
	"context"
	"strings"

	"goodpractice/internal/knowledge"
)

// permalink is the address of a record: its kind in the plural, and its slug; of a country, its code.
func (r *resolver) permalink(e knowledge.Entity) (string, error) {
	name := e.Head().Slug
	if country, ok := e.(*knowledge.Country); ok {
		name = strings.ToLower(string(country.Code))
	}
	return r.base + "/" + folder(e.Kind()) + "/" + name, nil
}

// folder is the first step of a permalink.
func folder(kind knowledge.Kind) string {
	switch kind {
	case knowledge.KindAuthority:
		return "authorities"
	case knowledge.KindCountry:
		return "countries"
	case knowledge.KindStudy:
		return "studies"
	case knowledge.KindTargetGroup:
		return "target-groups"
	default:
		return kind.Noun() + "s"
	}
}

// attribution is the line to print beside a quotation: "Title, Madrid (ES), Cluj-Napoca (RO). CC-BY-4.0. Permalink".
func (r *resolver) attribution(ctx context.Context, e knowledge.Entry) (string, error) {
	authorities, err := contributors(ctx, e.Core())
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(e.Shown().Title, "."))
	for _, a := range authorities {
		b.WriteString(", " + a.Name + " (" + string(a.CountryCode) + ")")
	}
	link, err := r.permalink(e)
	b.WriteString(". " + e.Core().Licence + ". " + link)
	return b.String(), err
}
