package knowledge

// PracticeChanges are the changes that a practice knows.
type PracticeChanges struct {
	EntryChanges
	PracticeTextChanges
	PracticeFacts
}

// PracticeTextChanges are changes to one block of a practice's texts.
type PracticeTextChanges struct {
	EntryTextChanges
	OneLiner, Objectives, CoverageNote, BeneficiariesOpinion       *string
	SuccessFactors, LimitingFactors, SideEffects                   *string
	Staffing, ImplementationTime, LegalBasis, CompetenceNeeded     *string
	WhatTransfers, Preconditions, NotAdvisedWhen, AdviceToAdopters *string
	BuildingBlocks                                                 []BuildingBlock
}

// PracticeFacts are changes to what a practice has beside its texts.
type PracticeFacts struct {
	Targeting     *Targeting
	Lifecycle     *Lifecycle
	Places        []Place
	Metrics       []Metric
	NoMetrics     *string
	Reach         *Beneficiaries
	Involvement   *CommunityParticipation
	Costs         []Cost
	Funding       []Funding
	Transfer      *Transferability
	Awards        []Award
	Media         []Media
	Links         []Link
	VariantOfIDs  []ID
	InspiredByIDs []ID
	SupersedesIDs []ID
}

// Apply implements Changes.
func (c *PracticeChanges) Apply(e Entity, language LanguageTag, find TermFinder) Problems {
	p := e.(*Practice)
	problems := c.EntryChanges.apply(p, find)
	if c.Transfer != nil && c.Transfer.Level.isDerived() {
		problems.add(CodeForbidden, "That others took it over is derived from what they report; choose a lower level.", "transfer", "level")
	}
	assign(p, &c.PracticeFacts)
	c.PracticeTextChanges.ApplyIn(p, language)
	return problems
}

// ApplyTo writes the changes into a block.
func (c *PracticeTextChanges) ApplyTo(t *PracticeText) {
	assign(&t.EntryText, &c.EntryTextChanges)
	assign(t, c)
}

// LessonChanges are the changes that a lesson knows.
type LessonChanges struct {
	EntryChanges
	LessonTextChanges
	LessonFacts
}

// LessonTextChanges are changes to one block of a lesson's texts.
type LessonTextChanges struct {
	EntryTextChanges
	Statement, DrivingEvent, Cause, Advice, AppliesWhen, DoesNotApplyWhen *string
}

// LessonFacts are changes to what a lesson has beside its texts.
type LessonFacts struct {
	Outcome        *LessonOutcome
	Phase          *LessonPhase
	Confidence     *LessonConfidence
	PracticeIDs    []ID
	ConfirmedBy    []Confirmation
	ContradictedBy []Confirmation
}

// Apply implements Changes.
func (c *LessonChanges) Apply(e Entity, language LanguageTag, find TermFinder) Problems {
	l := e.(*LessonLearnt)
	problems := c.EntryChanges.apply(l, find)
	assign(l, &c.LessonFacts)
	c.LessonTextChanges.ApplyIn(l, language)
	return problems
}

// ApplyTo writes the changes into a block.
func (c *LessonTextChanges) ApplyTo(t *LessonText) {
	assign(&t.EntryText, &c.EntryTextChanges)
	assign(t, c)
}

// RecommendationChanges are the changes that a recommendation knows.
type RecommendationChanges struct {
	EntryChanges
	RecommendationTextChanges
	RecommendationFacts
}

// RecommendationTextChanges are changes to one block of a recommendation's texts.
type RecommendationTextChanges struct {
	EntryTextChanges
	Wording *string
	Clauses []Clause
}

// RecommendationFacts are changes to what a recommendation has beside its texts.
type RecommendationFacts struct {
	Reference      *string
	Instrument     *Instrument
	Body           *string
	AdoptedAtID    *ID
	AdoptedOn      *Date
	Addressees     []Addressee
	RestsOn        []Basis
	Reply          *Reply
	Standing       *Standing
	SupersededByID *ID
	FollowUp       []FollowUp
}

// Apply implements Changes.
func (c *RecommendationChanges) Apply(e Entity, language LanguageTag, find TermFinder) Problems {
	r := e.(*Recommendation)
	problems := c.EntryChanges.apply(r, find)
	assign(r, &c.RecommendationFacts)
	c.RecommendationTextChanges.ApplyIn(r, language)
	return problems
}

// ApplyTo writes the changes into a block.
func (c *RecommendationTextChanges) ApplyTo(t *RecommendationText) {
	assign(&t.EntryText, &c.EntryTextChanges)
	assign(t, c)
}
