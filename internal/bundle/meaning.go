package bundle

import (
	"context"
	"slices"

	"goodpractice/internal/knowledge"
)

// meaning is what a line names apart from its texts, with every name looked up.
type meaning struct {
	themes        []knowledge.ID
	groups        []knowledge.ID
	authorities   []knowledge.ID
	organisations []knowledge.ID
	countries     []knowledge.CountryCode
}

// understand looks up every name in the line. A name that is not known is a reason to refuse it.
func (r *record) understand(ctx context.Context, f finder) (meaning, reasons, error) {
	var m meaning
	u := understanding{ctx: ctx, finder: f}
	for _, slug := range r.Themes {
		u.look(&m.themes, "themes", "theme", knowledge.KindTheme, slug, "")
	}
	for _, slug := range r.TargetGroups {
		u.look(&m.groups, "targetGroups", "target group", knowledge.KindTargetGroup, slug, "")
	}
	for _, code := range r.Countries {
		u.country(&m, "countries", code)
	}
	for _, c := range r.Cities {
		code, ok := u.country(&m, "cities", c.Country)
		if ok {
			u.look(&m.authorities, "cities", "city or region in "+c.Country, knowledge.KindAuthority, c.Name, code)
		}
	}
	for _, name := range r.Organisations {
		u.look(&m.organisations, "organisations", "organisation", knowledge.KindOrganisation, name, "")
	}
	return m, u.bad, u.err
}

// understanding gathers what a finder says about one line.
type understanding struct {
	ctx    context.Context //nolint:containedctx // It lives for one call of understand.
	finder finder
	bad    reasons
	err    error
}

// look appends the id of a name, once.
func (u *understanding) look(list *[]knowledge.ID, key, noun string, kind knowledge.Kind, name string, country knowledge.CountryCode) {
	if u.err != nil {
		return
	}
	id, ok, err := u.finder.find(u.ctx, kind, name, country)
	switch {
	case err != nil:
		u.err = err
	case !ok:
		u.bad.add(key, "There is no %s %s.", noun, quoted(name))
	case !slices.Contains(*list, id):
		*list = append(*list, id)
	}
}

// country appends a code, once, and tells whether the country is known.
func (u *understanding) country(m *meaning, key, code string) (knowledge.CountryCode, bool) {
	var ids []knowledge.ID
	u.look(&ids, key, "country", knowledge.KindCountry, code, "")
	if len(ids) == 0 {
		return "", false
	}
	c := knowledge.CountryCode(code)
	if !slices.Contains(m.countries, c) {
		m.countries = append(m.countries, c)
	}
	return c, true
}
