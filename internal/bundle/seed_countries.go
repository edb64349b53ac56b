package bundle

import "goodpractice/internal/knowledge"

// countries makes the countries of countries.json.
func (s *sprout) countries() error {
	var list []struct {
		Code            knowledge.CountryCode            `json:"code"`
		CouncilOfEurope bool                             `json:"councilOfEurope"`
		Languages       []knowledge.LanguageTag          `json:"languages"`
		Names           map[knowledge.LanguageTag]string `json:"names"`
		Alternatives    []alternative                    `json:"alternatives"`
		Note            string                           `json:"note"`
	}
	if err := readSeed("countries.json", &list); err != nil {
		return err
	}
	for _, x := range list {
		c := &knowledge.Country{
			Code: x.Code, Names: preferredLabels(x.Names), IsCouncilOfEurope: x.CouncilOfEurope,
			Languages: x.Languages, Note: optional(x.Note),
		}
		for _, a := range x.Alternatives {
			c.Names = addLabel(c.Names, a.Language, a.Text)
		}
		if err := s.add(c, slugify(string(x.Code))); err != nil {
			return err
		}
	}
	return nil
}
