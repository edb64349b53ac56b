package bundle

import (
	"fmt"
	"strings"

	"goodpractice/internal/knowledge"
)

// organisationRule is an item of organisations.json: which names in the data mean the same
// organisation, and what is known of it.
type organisationRule struct {
	Slug         string                           `json:"slug"`
	Data         []string                         `json:"data"`
	Names        map[knowledge.LanguageTag]string `json:"names"`
	Alternatives []string                         `json:"alternatives"`
	Type         knowledge.OrganisationKind       `json:"type"`
	Country      knowledge.CountryCode            `json:"country"`
	Parent       string                           `json:"parent"`
}

// organisations makes one organisation of each name in the records, or of the names that mean the
// same.
func (s *sprout) organisations() error {
	var rules []organisationRule
	if err := readSeed("organisations.json", &rules); err != nil {
		return err
	}
	done := map[string]bool{}
	for _, r := range rules {
		if err := s.organisation(r); err != nil {
			return err
		}
		for _, name := range r.Data {
			done[name] = true
		}
	}
	for _, line := range s.lines {
		for _, name := range line.Organisations {
			if done[name] {
				continue
			}
			done[name] = true
			if err := s.organisation(organisationRule{Data: []string{name}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sprout) organisation(r organisationRule) error {
	o := &knowledge.Organisation{}
	if r.Names == nil {
		r.Names = map[knowledge.LanguageTag]string{unknownLanguage: r.Data[0]}
	}
	o.Names = preferredLabels(r.Names)
	for _, name := range append(r.Alternatives, r.Data...) {
		o.Names = addLabel(o.Names, unknownLanguage, name)
	}
	if r.Type != "" {
		o.Type = &r.Type
	}
	if r.Country != "" {
		o.CountryCode = &r.Country
	}
	if r.Parent != "" {
		parent, ok := s.byID[seedID(knowledge.KindAuthority, r.Parent)].(*knowledge.Authority)
		if !ok {
			return fmt.Errorf("organisations.json names the authority %q, which is not there", r.Parent)
		}
		o.ParentID, o.CountryCode = &parent.ID, &parent.CountryCode
	}
	slug := r.Slug
	if slug == "" {
		slug = shorten(slugify(r.Data[0]))
	}
	return s.add(o, slug)
}

// shorten cuts a slug at a word where it is long.
func shorten(slug string) string {
	const most = 70
	if len(slug) <= most {
		return slug
	}
	slug = slug[:most]
	if i := strings.LastIndexByte(slug, '-'); i > 0 {
		slug = slug[:i]
	}
	return slug
}
