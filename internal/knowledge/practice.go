package knowledge

// Practice is what a city or region did.
type Practice struct {
	EntryCore
	PracticeText `json:"-"` // the block that Localise chose

	Texts []PracticeText `json:"texts"`

	Targeting   *Targeting              `json:"targeting,omitempty"`
	Lifecycle   *Lifecycle              `json:"lifecycle,omitempty"`
	Places      []Place                 `json:"places"`
	Metrics     []Metric                `json:"metrics"`
	NoMetrics   *string                 `json:"noMetrics,omitempty"` // why nothing was measured
	Reach       *Beneficiaries          `json:"reach,omitempty"`
	Involvement *CommunityParticipation `json:"involvement,omitempty"`
	Costs       []Cost                  `json:"costs"`
	Funding     []Funding               `json:"funding"`
	Transfer    *Transferability        `json:"transfer,omitempty"`
	Verdict     *Classification         `json:"verdict,omitempty"`
	Awards      []Award                 `json:"awards"`
	Media       []Media                 `json:"media"`
	Links       []Link                  `json:"links"`

	VariantOfIDs  []ID `json:"variantOf"`
	InspiredByIDs []ID `json:"inspiredBy"`
	SupersedesIDs []ID `json:"supersedes"`

	VerifiedBy *string `json:"verifiedBy,omitempty"`
}

// PracticeText is what a practice says in one language.
type PracticeText struct {
	EntryText
	// OneLiner is the practice in one sentence, at most 300 characters.
	OneLiner             string          `json:"oneLiner,omitempty"`
	Objectives           string          `json:"objectives,omitempty"`
	BuildingBlocks       []BuildingBlock `json:"buildingBlocks,omitempty"`
	CoverageNote         string          `json:"coverageNote,omitempty"`
	BeneficiariesOpinion string          `json:"beneficiariesOpinion,omitempty"`
	SuccessFactors       string          `json:"successFactors,omitempty"`
	LimitingFactors      string          `json:"limitingFactors,omitempty"`
	SideEffects          string          `json:"sideEffects,omitempty"`
	Staffing             string          `json:"staffing,omitempty"`
	ImplementationTime   string          `json:"implementationTime,omitempty"`
	LegalBasis           string          `json:"legalBasis,omitempty"`
	CompetenceNeeded     string          `json:"competenceNeeded,omitempty"`
	WhatTransfers        string          `json:"whatTransfers,omitempty"`
	Preconditions        string          `json:"preconditions,omitempty"`
	NotAdvisedWhen       string          `json:"notAdvisedWhen,omitempty"`
	AdviceToAdopters     string          `json:"adviceToAdopters,omitempty"`
}

// BuildingBlock is one part of a practice that could be taken alone.
type BuildingBlock struct {
	Name            string  `json:"name"`
	Purpose         string  `json:"purpose"`
	EnablingFactors *string `json:"enablingFactors,omitempty"`
	Category        *string `json:"category,omitempty"`
	Phase           *string `json:"phase,omitempty"`
}

// Kind implements Entity.
func (*Practice) Kind() Kind { return KindPractice }

// Blocks implements Entry.
func (p *Practice) Blocks() []*EntryText { return blocks(p.Texts) }

// Shown implements Entry.
func (p *Practice) Shown() *EntryText { return p.PracticeText.Shared() }

// Languages lists the languages of the texts, the source language first.
func (p *Practice) Languages() []LanguageTag { return languages(p) }

// Text is the block in the best of the languages asked for.
func (p *Practice) Text(languages []LanguageTag) *PracticeText {
	t := chooseBlock(p.Texts, languages, p.SourceLanguage)
	return &t
}

// Localise implements Entity.
func (p *Practice) Localise(preferences []LanguageTag) { p.PracticeText = *p.Text(preferences) }

// Completeness measures the entry against the rules of its kind.
func (p *Practice) Completeness() Completeness { return measure(p.checks()) }

// References implements Entity.
func (p *Practice) References() []Reference {
	refs := p.references()
	for i, x := range p.Places {
		if x.AuthorityID != nil {
			refs = append(refs, Reference{RelPlace, *x.AuthorityID, []string{"places", index(i), "authority"}})
		}
	}
	refs = appendRefs(refs, RelVariantOf, "variantOf", p.VariantOfIDs)
	refs = appendRefs(refs, RelInspiredBy, "inspiredBy", p.InspiredByIDs)
	return appendRefs(refs, RelSupersedes, "supersedes", p.SupersedesIDs)
}
