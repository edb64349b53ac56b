package bundle

import (
	"context"
	"errors"
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
	// strangers are the authorities and organisations that nobody knows.
	strangers []stranger
}

// stranger is an authority or organisation of which no more is known than what a line calls it.
type stranger struct {
	kind    knowledge.Kind
	name    string
	country knowledge.CountryCode // of an authority
}

// key is the key of the flat form that names such records.
func (s *stranger) key() string {
	if s.kind == knowledge.KindAuthority {
		return "cities"
	}
	return "organisations"
}

// refuse gives the reason to refuse a line that names the stranger.
func (s *stranger) refuse(bad *reasons) {
	const advice = "Correct the name, add the record first, or let the import make it."
	if s.kind == knowledge.KindAuthority {
		bad.add(s.key(), "There is no city or region %s in %s. %s", quoted(s.name), s.country, advice)
		return
	}
	bad.add(s.key(), "There is no organisation %s. %s", quoted(s.name), advice)
}

// understand looks up every name in the line. One that is not known is a reason to refuse it, unless it
// is a stranger's.
func (r *record) understand(ctx context.Context, f finder) (meaning, reasons, error) {
	var m meaning
	u := understanding{ctx: ctx, finder: f}
	for _, slug := range r.Themes {
		u.term(&m.themes, "themes", knowledge.KindTheme, slug)
	}
	for _, slug := range r.TargetGroups {
		u.term(&m.groups, "targetGroups", knowledge.KindTargetGroup, slug)
	}
	for _, code := range r.Countries {
		u.country(&m, "countries", code)
	}
	for _, c := range r.Cities {
		if code, ok := u.country(&m, "cities", c.Country); ok {
			u.actor(&m, &m.authorities, stranger{knowledge.KindAuthority, c.Name, code})
		}
	}
	for _, name := range r.Organisations {
		u.actor(&m, &m.organisations, stranger{kind: knowledge.KindOrganisation, name: name})
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

// look appends the id of a name, once, and tells whether the name is known. It also does where no more
// is to be said of the name.
func (u *understanding) look(list *[]knowledge.ID, key string, s stranger) bool {
	if u.err != nil {
		return true
	}
	id, ok, err := u.finder.find(u.ctx, s.kind, s.name, s.country)
	switch {
	case errors.Is(err, ErrAmbiguous):
		u.bad.add(key, "Several records are called %s. Use the slug of the one that is meant.", quoted(s.name))
		return true
	case err != nil:
		u.err = err
		return true
	case ok && !slices.Contains(*list, id):
		*list = append(*list, id)
	}
	return ok
}

// term looks up a theme or target group. Which of these there are is for editors to decide.
func (u *understanding) term(list *[]knowledge.ID, key string, kind knowledge.Kind, slug string) {
	if !u.look(list, key, stranger{kind: kind, name: slug}) {
		u.bad.add(key, "There is no %s %s. Use the slug of one that is there, or ask an editor to add it first.", kind.Noun(), quoted(slug))
	}
}

// actor looks up an authority or organisation.
func (u *understanding) actor(m *meaning, list *[]knowledge.ID, s stranger) {
	if !u.look(list, s.key(), s) {
		m.strangers = append(m.strangers, s)
	}
}

// country appends a code, once, and tells whether the country is known.
func (u *understanding) country(m *meaning, key, code string) (knowledge.CountryCode, bool) {
	var ids []knowledge.ID
	if !u.look(&ids, key, stranger{kind: knowledge.KindCountry, name: code}) {
		u.bad.add(key, "There is no country %s. Use the code of one that is there, such as ES, or ask an editor to add it first.", quoted(code))
	}
	if len(ids) == 0 {
		return "", false
	}
	c := knowledge.CountryCode(code)
	if !slices.Contains(m.countries, c) {
		m.countries = append(m.countries, c)
	}
	return c, true
}
