package bundle

import (
	"fmt"

	"goodpractice/internal/knowledge"
)

// studyRule is an item of studies.json.
type studyRule struct {
	Slug         string                  `json:"slug"`
	Title        string                  `json:"title"`
	Language     knowledge.LanguageTag   `json:"language"`
	Type         knowledge.StudyKind     `json:"type"`
	Independence knowledge.Independence  `json:"independence"`
	Authors      []string                `json:"authors"`
	Themes       []string                `json:"themes"`
	Countries    []knowledge.CountryCode `json:"countries"`
	Findings     string                  `json:"findings"`
	Limits       string                  `json:"limits"`
	Sources      []knowledge.Source      `json:"sources"`
}

// studies makes the studies of studies.json. Their evidence stays ungraded.
func (s *sprout) studies() error {
	var list []studyRule
	if err := readSeed("studies.json", &list); err != nil {
		return err
	}
	for _, r := range list {
		themes, err := s.all(knowledge.KindTheme, r.Themes)
		if err != nil {
			return err
		}
		authors, err := s.all(knowledge.KindOrganisation, r.Authors)
		if err != nil {
			return err
		}
		if err := s.add(&knowledge.Study{
			Texts: []knowledge.StudyText{{Language: r.Language, Title: r.Title, Findings: r.Findings, Limits: r.Limits}},
			Type:  r.Type, Authors: r.Authors, AuthorIDs: authors, Independence: &r.Independence,
			EvidenceLevel: knowledge.EvidenceUngraded, ThemeIDs: themes, CountryCodes: r.Countries, Sources: r.Sources,
		}, r.Slug); err != nil {
			return err
		}
	}
	return nil
}

// eventRule is an item of events.json.
type eventRule struct {
	Slug       string                `json:"slug"`
	Title      string                `json:"title"`
	Language   knowledge.LanguageTag `json:"language"`
	Type       knowledge.EventKind   `json:"type"`
	Start      knowledge.Date        `json:"start"`
	End        knowledge.Date        `json:"end"`
	Place      city                  `json:"place"`
	Themes     []string              `json:"themes"`
	Organisers []string              `json:"organisers"`
	// Role marks the rows of participants.csv that name who came.
	Role         string             `json:"role"`
	Participants []participantRule  `json:"participants"` // those whom participants.csv does not have
	Purpose      string             `json:"purpose"`
	Outcome      string             `json:"outcome"`
	Sources      []knowledge.Source `json:"sources"`
}

type participantRule struct {
	Label        string                 `json:"label"`
	Organisation string                 `json:"organisation"`
	Country      *knowledge.CountryCode `json:"country"`
	Note         string                 `json:"note"`
}

// events makes the events of events.json.
func (s *sprout) events() error {
	var list []eventRule
	if err := readSeed("events.json", &list); err != nil {
		return err
	}
	for _, r := range list {
		e, err := s.event(r)
		if err != nil {
			return err
		}
		if err := s.add(e, r.Slug); err != nil {
			return err
		}
	}
	return nil
}

func (s *sprout) event(r eventRule) (*knowledge.Event, error) {
	themes, err := s.all(knowledge.KindTheme, r.Themes)
	if err != nil {
		return nil, err
	}
	organisers, err := s.all(knowledge.KindOrganisation, r.Organisers)
	if err != nil {
		return nil, err
	}
	country := knowledge.CountryCode(r.Place.Country)
	place, ok := s.names[keyOf(knowledge.KindAuthority, r.Place.Name, country)]
	if !ok {
		return nil, fmt.Errorf("events.json names %s (%s), which is not there", r.Place.Name, r.Place.Country)
	}
	participants, err := s.participants(r)
	return &knowledge.Event{
		Texts:  []knowledge.EventText{{Language: r.Language, Title: r.Title, Purpose: r.Purpose, Outcome: r.Outcome}},
		Type:   r.Type,
		Period: &knowledge.Period{Start: r.Start, End: &r.End, Precision: knowledge.PrecisionDay},
		Place:  &knowledge.Place{AuthorityID: &place, Label: &r.Place.Name}, CountryCodes: []knowledge.CountryCode{country},
		ThemeIDs: themes, OrganiserIDs: organisers, Participants: participants, Sources: r.Sources,
	}, err
}

// participants lists who came: always by the name that the source has, with a link where it is known
// whom that means.
func (s *sprout) participants(r eventRule) ([]knowledge.Participant, error) {
	rows, err := participations()
	if err != nil {
		return nil, err
	}
	var list []knowledge.Participant
	for _, row := range rows {
		if row.role != r.Role {
			continue
		}
		country := knowledge.CountryCode(row.Country)
		p := knowledge.Participant{Label: row.Name, CountryCode: &country, Note: optional(row.note)}
		if id, ok := s.names[keyOf(knowledge.KindAuthority, row.Name, country)]; ok {
			p.AuthorityID = &id
		}
		list = append(list, p)
	}
	for _, x := range r.Participants {
		p := knowledge.Participant{Label: x.Label, CountryCode: x.Country, Note: optional(x.Note)}
		if x.Organisation != "" {
			ids, err := s.all(knowledge.KindOrganisation, []string{x.Organisation})
			if err != nil {
				return nil, err
			}
			p.OrganisationID = &ids[0]
		}
		list = append(list, p)
	}
	return list, nil
}

// all looks up names of one kind, each of which must be there.
func (s *sprout) all(kind knowledge.Kind, list []string) ([]knowledge.ID, error) {
	ids := make([]knowledge.ID, len(list))
	for i, name := range list {
		id, ok := s.names[keyOf(kind, name, "")]
		if !ok {
			return nil, fmt.Errorf("there is no %s %q", kind.Noun(), name)
		}
		ids[i] = id
	}
	return ids, nil
}
