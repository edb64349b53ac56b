package knowledge

// Recommendation is what a body advises others to do, and what that rests on.
type Recommendation struct {
	EntryCore
	RecommendationText `json:"-"` // the block that Localise chose

	Texts []RecommendationText `json:"texts"`

	Reference   *string     `json:"reference,omitempty"` // for example "Congress Recommendation 315 (2011)"
	Instrument  *Instrument `json:"instrument,omitempty"`
	Body        *string     `json:"body,omitempty"` // the body that adopted it
	AdoptedAtID *ID         `json:"adoptedAt,omitempty"`
	AdoptedOn   *Date       `json:"adoptedOn,omitempty"`
	Addressees  []Addressee `json:"addressees"`
	RestsOn     []Basis     `json:"restsOn"`
	Reply       *Reply      `json:"reply,omitempty"`
	Standing    *Standing   `json:"standing,omitempty"`
	// SupersededByID is the recommendation that replaced this one.
	SupersededByID *ID        `json:"supersededBy,omitempty"`
	FollowUp       []FollowUp `json:"followUp"`
}

// RecommendationText is what a recommendation says in one language.
type RecommendationText struct {
	EntryText
	// Wording is the text itself, as adopted.
	Wording string `json:"wording,omitempty"`
	// Clauses are the numbered parts of the text.
	Clauses []Clause `json:"clauses,omitempty"`
}

// Clause is one numbered part of a recommendation.
type Clause struct {
	Number string `json:"number"`
	Text   string `json:"text"`
}

// Basis is a practice, lesson or study that a recommendation, or one clause of it, rests on.
type Basis struct {
	TargetID ID      `json:"target"`
	Clause   *string `json:"clause,omitempty"`
}

// Reply is the official answer to a recommendation.
type Reply struct {
	Body      string  `json:"body"`
	Date      *Date   `json:"date,omitempty"`
	Reference *string `json:"reference,omitempty"`
	URL       *string `json:"url,omitempty"`
}

// FollowUp is what an authority did about a clause.
type FollowUp struct {
	AuthorityID ID            `json:"authority"`
	Clause      *string       `json:"clause,omitempty"`
	State       FollowUpState `json:"state"`
	Note        *string       `json:"note,omitempty"`
}

// Kind implements Entity.
func (*Recommendation) Kind() Kind { return KindRecommendation }

// Blocks implements Entry.
func (r *Recommendation) Blocks() []*EntryText { return blocks(r.Texts) }

// Shown implements Entry.
func (r *Recommendation) Shown() *EntryText { return r.RecommendationText.Shared() }

// Languages lists the languages of the texts, the source language first.
func (r *Recommendation) Languages() []LanguageTag { return languages(r) }

// Text is the block in the best of the languages asked for.
func (r *Recommendation) Text(languages []LanguageTag) *RecommendationText {
	t := chooseBlock(r.Texts, languages, r.SourceLanguage)
	return &t
}

// Localise implements Entity.
func (r *Recommendation) Localise(preferences []LanguageTag) {
	r.RecommendationText = *r.Text(preferences)
}

// Completeness measures the entry against the rules of its kind.
func (r *Recommendation) Completeness() Completeness { return measure(r.checks()) }

// References implements Entity.
func (r *Recommendation) References() []Reference {
	refs := r.references()
	for i, x := range r.RestsOn {
		refs = append(refs, Reference{RelRestsOn, x.TargetID, []string{"restsOn", index(i), "target"}})
	}
	if r.AdoptedAtID != nil {
		refs = append(refs, Reference{RelAdoptedAt, *r.AdoptedAtID, []string{"adoptedAt"}})
	}
	if r.SupersededByID != nil {
		refs = append(refs, Reference{RelSupersededBy, *r.SupersededByID, []string{"supersededBy"}})
	}
	for i, x := range r.FollowUp {
		refs = append(refs, Reference{RelFollowUp, x.AuthorityID, []string{"followUp", index(i), "authority"}})
	}
	return refs
}
