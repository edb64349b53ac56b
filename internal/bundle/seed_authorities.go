package bundle

import (
	"fmt"
	"maps"

	"goodpractice/internal/knowledge"
)

// authorityRules is authorities.json: which names in the data mean the same authority, and what is
// known of it.
type authorityRules struct {
	NotAuthorities []city          `json:"notAuthorities"`
	Authorities    []authorityRule `json:"authorities"`
}

type authorityRule struct {
	Name         string                           `json:"name"`
	Country      string                           `json:"country"`
	Data         []string                         `json:"data"`
	Slug         string                           `json:"slug"`
	Kind         knowledge.AuthorityKind          `json:"kind"`
	Parent       string                           `json:"parent"`
	Names        map[knowledge.LanguageTag]string `json:"names"`
	Alternatives []alternative                    `json:"alternatives"`
	NoPosition   string                           `json:"noPosition"`
}

// authorities makes one authority of each place that is one, with its memberships.
func (s *sprout) authorities() error {
	var rules authorityRules
	if err := readSeed("authorities.json", &rules); err != nil {
		return err
	}
	rows, err := places()
	if err != nil {
		return err
	}
	places := map[city]place{}
	known := map[city]bool{}
	for _, p := range rows {
		places[p.city] = p
	}
	for _, c := range rules.NotAuthorities {
		known[c] = true
	}
	for _, r := range rules.Authorities {
		if r.Data == nil {
			r.Data = []string{r.Name}
		}
		for _, name := range r.Data {
			known[city{name, r.Country}] = true
		}
		if err := s.authority(r, places); err != nil {
			return err
		}
	}
	for _, p := range rows {
		if known[p.city] {
			continue
		}
		if err := s.authority(authorityRule{Name: p.Name, Country: p.Country, Data: []string{p.Name}}, places); err != nil {
			return err
		}
	}
	return s.memberships(rules.NotAuthorities)
}

// authority makes one authority by its rule.
func (s *sprout) authority(r authorityRule, places map[city]place) error {
	code := knowledge.CountryCode(r.Country)
	native, err := s.languageOf(code)
	if err != nil {
		return err
	}
	preferred := map[knowledge.LanguageTag]string{"en": r.Name}
	maps.Copy(preferred, r.Names)
	a := &knowledge.Authority{
		Names: preferredLabels(preferred), Type: r.Kind, CountryCode: code,
		Provenance: &knowledge.Provenance{Note: SeedNote, Unconfirmed: true},
	}
	if a.Type == "" {
		a.Type = "MUNICIPALITY"
	}
	if r.Parent != "" {
		id := seedID(knowledge.KindAuthority, r.Parent)
		a.ParentID = &id
	}
	for _, x := range r.Alternatives {
		a.Names = addLabel(a.Names, x.Language, x.Text)
	}
	for _, name := range r.Data {
		p, ok := places[city{name, r.Country}]
		if !ok {
			return fmt.Errorf("places.csv has no %s (%s)", name, r.Country)
		}
		a.Names = addLabel(a.Names, "en", name)
		if p.geonames != "" && r.NoPosition == "" {
			a.Names = addLabel(a.Names, native, p.geonames)
		}
		if p.point != nil && r.NoPosition == "" {
			a.Point = p.point
		}
	}
	return s.add(a, s.authoritySlug(r))
}

// authoritySlug is the slug of the rule or of the name, with the country where another authority has
// the name already.
func (s *sprout) authoritySlug(r authorityRule) string {
	slug := r.Slug
	if slug == "" {
		slug = slugify(r.Name)
	}
	if s.byID[seedID(knowledge.KindAuthority, slug)] != nil {
		slug += "-" + slugify(r.Country)
	}
	return slug
}

// languageOf is the first official language of a country.
func (s *sprout) languageOf(code knowledge.CountryCode) (knowledge.LanguageTag, error) {
	c, ok := s.byID[knowledge.CountryID(code)].(*knowledge.Country)
	if !ok || len(c.Languages) == 0 {
		return "", fmt.Errorf("countries.json has no %s", code)
	}
	latin := map[knowledge.LanguageTag]knowledge.LanguageTag{
		"bg": "bg-Latn", "el": "el-Latn", "mk": "mk-Latn", "sr": "sr-Latn", "uk": "uk-Latn",
	}
	if tag, ok := latin[c.Languages[0]]; ok { // The gazetteer writes these languages in Latin letters.
		return tag, nil
	}
	return c.Languages[0], nil
}
