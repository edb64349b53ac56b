package knowledge

import "time"

// Entry is what practices, lessons learnt and recommendations share.
type Entry interface {
	Entity
	// Core is the part that all entries have. It may be changed in place.
	Core() *EntryCore
	// Blocks lists the shared part of each block of texts. They may be changed in place.
	Blocks() []*EntryText
	// Shown is the shared part of the block that Localise chose.
	Shown() *EntryText
	// Completeness measures the entry against the rules of its kind.
	Completeness() Completeness
}

// EntryCore is the part of an entry that does not depend on a language.
type EntryCore struct {
	Meta

	// SourceLanguage is the language that the entry was written in.
	SourceLanguage LanguageTag `json:"sourceLanguage" input:"language"`

	ThemeIDs       []ID          `json:"themes"`
	PrimaryThemeID *ID           `json:"primaryTheme,omitempty"`
	TargetGroupIDs []ID          `json:"targetGroups"`
	Contributors   []Contributor `json:"contributors" input:"authorities"`
	// CountryCodes holds the countries of the contributors and any others that the entry is about.
	CountryCodes []CountryCode `json:"countries"`
	Period       *Period       `json:"period,omitempty"`
	Partnerships []Partnership `json:"partnerships"`
	Sources      []Source      `json:"sources"`
	// Licence is an SPDX identifier; CC-BY-4.0 unless said otherwise.
	Licence    string      `json:"licence"`
	Provenance *Provenance `json:"provenance,omitempty"`
	Contacts   []Contact   `json:"contacts"`
	// HasHiddenContacts is set on a reader's copy from which contacts were withheld.
	HasHiddenContacts bool       `json:"-"`
	Evidence          []Evidence `json:"evidence"`

	PublishedAt *time.Time `json:"publishedAt,omitempty"`
	// PublishedRevision is the revision that last made the entry public, so that a follower that
	// skipped revisions still knows that it was published.
	PublishedRevision Revision   `json:"publishedRevision,omitempty"`
	LastVerifiedAt    *time.Time `json:"lastVerifiedAt,omitempty"`
	NextCheckDue      *Date      `json:"nextCheckDue,omitempty"`
	ArchivedReason    *string    `json:"archivedReason,omitempty"`
}

// DefaultLicence is given to entries that name none: Creative Commons Attribution 4.0.
const DefaultLicence = "CC-BY-4.0"

// Core implements Entry for every struct that embeds EntryCore.
func (c *EntryCore) Core() *EntryCore { return c }

// Year is the year in which the entry's period begins; nil where the period is not known.
func (c *EntryCore) Year() *int {
	if c.Period == nil || len(c.Period.Start) < 4 {
		return nil
	}
	y := 0
	for _, d := range c.Period.Start[:4] {
		if d < '0' || d > '9' {
			return nil
		}
		y = y*10 + int(d-'0')
	}
	return &y
}

// EvidenceLevel is the highest level that a reviewer accepted; UNGRADED where there is none.
func (c *EntryCore) EvidenceLevel() EvidenceLevel {
	best := EvidenceUngraded
	for _, e := range c.Evidence {
		if e.Accepted && e.Level != EvidenceUngraded && (best == EvidenceUngraded || e.Level > best) {
			best = e.Level // LEVEL_0 … LEVEL_5 order as text.
		}
	}
	return best
}

// references lists what every entry points at.
func (c *EntryCore) references() []Reference {
	refs := make([]Reference, 0, len(c.ThemeIDs)+len(c.TargetGroupIDs)+len(c.Contributors)+4)
	for i, id := range c.ThemeIDs {
		refs = append(refs, Reference{RelTheme, id, []string{"themes", index(i)}})
	}
	for i, id := range c.TargetGroupIDs {
		refs = append(refs, Reference{RelTargetGroup, id, []string{"targetGroups", index(i)}})
	}
	for i, x := range c.Contributors {
		refs = append(refs, Reference{RelContributor, x.AuthorityID, []string{"authorities", index(i), "id"}})
	}
	for i, code := range c.CountryCodes {
		refs = append(refs, Reference{RelCountry, CountryID(code), []string{"countries", index(i)}})
	}
	for i, x := range c.Partnerships {
		refs = append(refs, Reference{RelOrganisation, x.OrganisationID, []string{"partnerships", index(i), "organisation"}})
	}
	for i, x := range c.Evidence {
		refs = append(refs, Reference{RelEvidence, x.StudyID, []string{"evidence", index(i), "study"}})
	}
	return refs
}

// EntryText is the part of a block of texts that all entries have.
type EntryText struct {
	Language LanguageTag `json:"language"`
	Origin   TextOrigin  `json:"origin"`
	// Title is one line, at most 200 characters; 100 are advised.
	Title string `json:"title"`
	// Summary is at most 4,000 characters; 75 to 250 words are advised.
	Summary string `json:"summary,omitempty"`
	// Situation is what was the matter before.
	Situation string `json:"situation,omitempty"`
	// Action is what was done.
	Action string `json:"action,omitempty"`
	// Results is what came of it.
	Results string `json:"results,omitempty"`
	// Learnt is what others should know.
	Learnt string `json:"learnt,omitempty"`
}

// Shared gives the shared part of any block that embeds it.
func (t *EntryText) Shared() *EntryText { return t }

// blocks lists the shared parts of blocks of texts.
func blocks[T any, P interface {
	*T
	Shared() *EntryText
}](texts []T) []*EntryText {
	out := make([]*EntryText, len(texts))
	for i := range texts {
		out[i] = P(&texts[i]).Shared()
	}
	return out
}

// chooseBlock finds the block to show to a reader; the zero block where there is none.
func chooseBlock[T any, P interface {
	*T
	Shared() *EntryText
}](texts []T, preferences []LanguageTag, source LanguageTag) T {
	have := make([]LanguageTag, len(texts))
	for i := range texts {
		have[i] = P(&texts[i]).Shared().Language
	}
	var none T
	if i := chooseLanguage(have, preferences, source); i >= 0 {
		return texts[i]
	}
	return none
}

// languages lists the languages of an entry, its source language first.
func languages(e Entry) []LanguageTag {
	source := e.Core().SourceLanguage
	out := make([]LanguageTag, 0, len(e.Blocks()))
	for _, b := range e.Blocks() {
		if b.Language == source {
			out = append([]LanguageTag{source}, out...)
		} else {
			out = append(out, b.Language)
		}
	}
	return out
}
