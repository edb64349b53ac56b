package knowledge

// Concept is one term of a controlled vocabulary, in the sense of SKOS.
type Concept struct {
	Meta
	Label      string `json:"-"` // the preferred label that Localise chose
	Definition string `json:"-"` // the definition that Localise chose
	ScopeNote  string `json:"-"` // the scope note that Localise chose

	Notation *string `json:"notation,omitempty"`
	Labels   []Label `json:"labels"`
	// HiddenLabels match in searches and are shown to nobody: misspellings, offensive names.
	HiddenLabels []Label `json:"hiddenLabels"`
	Definitions  []Note  `json:"definitions"`
	ScopeNotes   []Note  `json:"scopeNotes"`
	// HistoryNotes say how the term has been used over time, the oldest use first.
	HistoryNotes []Note `json:"historyNotes"`
	BroaderID    *ID    `json:"broader,omitempty"`
	RelatedIDs   []ID   `json:"related"`
	// ExactMatches are addresses of the same concept elsewhere: EuroVoc, the SDGs.
	ExactMatches []string `json:"exactMatches"`
	ReplacedByID *ID      `json:"replacedBy,omitempty"`
}

// Note is a text about a concept in a language, with the addresses where it was read.
type Note struct {
	Language   LanguageTag `json:"language"`
	Text       string      `json:"text"`
	SourceURLs []string    `json:"sourceUrls"`
}

// Localise implements Entity.
func (c *Concept) Localise(preferences []LanguageTag) {
	c.Label = preferred(c.Labels, preferences)
	c.Definition = note(c.Definitions, preferences)
	c.ScopeNote = note(c.ScopeNotes, preferences)
}

// AlternativeLabels are other labels to show, in any language. Hidden labels are never among them.
func (c *Concept) AlternativeLabels() []string { return labelsOf(c.Labels, LabelAlternative, c.Label) }

// References implements Entity.
func (c *Concept) References() []Reference {
	var refs []Reference
	if c.BroaderID != nil {
		refs = append(refs, Reference{RelBroader, *c.BroaderID, []string{"broader"}})
	}
	refs = appendRefs(refs, RelRelated, "related", c.RelatedIDs)
	if c.ReplacedByID != nil {
		refs = append(refs, Reference{RelReplacedBy, *c.ReplacedByID, []string{"replacedBy"}})
	}
	return refs
}

// Theme is a subject of practices: housing, or something narrower.
type Theme struct{ Concept }

// Kind implements Entity.
func (*Theme) Kind() Kind { return KindTheme }

// TargetGroup is whom practices are for.
type TargetGroup struct{ Concept }

// Kind implements Entity.
func (*TargetGroup) Kind() Kind { return KindTargetGroup }

// preferred is the preferred label in the best language; English, then the first, as a fallback.
func preferred(labels []Label, preferences []LanguageTag) string {
	var have []LanguageTag
	var text []string
	for _, l := range labels {
		if l.Kind == LabelPreferred {
			have, text = append(have, l.Language), append(text, l.Text)
		}
	}
	if i := chooseLanguage(have, preferences, "en"); i >= 0 {
		return text[i]
	}
	return ""
}

// labelsOf lists the labels of a kind, each text once, without the one that is shown already.
func labelsOf(labels []Label, kind LabelKind, shown string) []string {
	seen := map[string]bool{shown: true}
	out := []string{}
	for _, l := range labels {
		if l.Kind == kind && !seen[l.Text] {
			seen[l.Text] = true
			out = append(out, l.Text)
		}
	}
	return out
}

// note is the text in the best language; English, then the first, as a fallback.
func note(notes []Note, preferences []LanguageTag) string {
	have := make([]LanguageTag, len(notes))
	for i, n := range notes {
		have[i] = n.Language
	}
	if i := chooseLanguage(have, preferences, "en"); i >= 0 {
		return notes[i].Text
	}
	return ""
}
