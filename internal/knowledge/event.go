package knowledge

// Event is a meeting at which experience was exchanged.
type Event struct {
	Meta
	EventText `json:"-"` // the block that Localise chose

	Texts        []EventText   `json:"texts"`
	Type         EventKind     `json:"type" input:"kind"`
	Period       *Period       `json:"period,omitempty"`
	Place        *Place        `json:"place,omitempty"`
	CountryCodes []CountryCode `json:"countries"`
	ThemeIDs     []ID          `json:"themes"`
	OrganiserIDs []ID          `json:"organisers"`
	Participants []Participant `json:"participants"`
	PresentedIDs []ID          `json:"presented"` // practices and studies
	OutputIDs    []ID          `json:"outputs"`   // recommendations and lessons
	Sources      []Source      `json:"sources"`
	Documents    []Link        `json:"documents"`
}

// EventText is what is said of an event in one language.
type EventText struct {
	Language LanguageTag `json:"language"`
	Title    string      `json:"title"`
	Purpose  string      `json:"purpose,omitempty"`
	Agenda   string      `json:"agenda,omitempty"`
	Outcome  string      `json:"outcome,omitempty"`
}

// Participant is who came: always a label, and a link where we know whom it means.
type Participant struct {
	Label          string       `json:"label"`
	AuthorityID    *ID          `json:"authority,omitempty"`
	OrganisationID *ID          `json:"organisation,omitempty"`
	CountryCode    *CountryCode `json:"country,omitempty"`
	Note           *string      `json:"note,omitempty"`
}

// Kind implements Entity.
func (*Event) Kind() Kind { return KindEvent }

// Localise implements Entity.
func (e *Event) Localise(preferences []LanguageTag) {
	have := make([]LanguageTag, len(e.Texts))
	for i, t := range e.Texts {
		have[i] = t.Language
	}
	e.EventText = EventText{}
	if i := chooseLanguage(have, preferences, "en"); i >= 0 {
		e.EventText = e.Texts[i]
	}
}

// References implements Entity.
func (e *Event) References() []Reference {
	refs := appendRefs(nil, RelTheme, "themes", e.ThemeIDs)
	refs = appendRefs(refs, RelOrganiser, "organisers", e.OrganiserIDs)
	refs = appendRefs(refs, RelPresented, "presented", e.PresentedIDs)
	refs = appendRefs(refs, RelOutput, "outputs", e.OutputIDs)
	for i, code := range e.CountryCodes {
		refs = append(refs, Reference{RelCountry, CountryID(code), []string{"countries", index(i)}})
	}
	if e.Place != nil && e.Place.AuthorityID != nil {
		refs = append(refs, Reference{RelPlace, *e.Place.AuthorityID, []string{"place", "authority"}})
	}
	for i, p := range e.Participants {
		if p.AuthorityID != nil {
			refs = append(refs, Reference{RelParticipant, *p.AuthorityID, []string{"participants", index(i), "authority"}})
		}
		if p.OrganisationID != nil {
			refs = append(refs, Reference{RelParticipant, *p.OrganisationID, []string{"participants", index(i), "organisation"}})
		}
		if p.CountryCode != nil {
			refs = append(refs, Reference{RelCountry, CountryID(*p.CountryCode), []string{"participants", index(i), "country"}})
		}
	}
	return refs
}
