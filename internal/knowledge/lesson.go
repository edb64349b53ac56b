package knowledge

// LessonLearnt is what somebody found out by doing, whether it worked or not.
type LessonLearnt struct {
	EntryCore
	LessonText `json:"-"` // the block that Localise chose

	Texts []LessonText `json:"texts"`

	Outcome    *LessonOutcome    `json:"outcome,omitempty"`
	Phase      *LessonPhase      `json:"phase,omitempty"`
	Confidence *LessonConfidence `json:"confidence,omitempty"`
	// PracticeIDs are the practices that the lesson comes from.
	PracticeIDs    []ID           `json:"practices"`
	ConfirmedBy    []Confirmation `json:"confirmedBy"`
	ContradictedBy []Confirmation `json:"contradictedBy"`
}

// LessonText is what a lesson says in one language.
type LessonText struct {
	EntryText
	// Statement is the lesson in one sentence: when X, do or avoid Y because Z.
	Statement        string `json:"statement,omitempty"`
	DrivingEvent     string `json:"drivingEvent,omitempty"`
	Cause            string `json:"cause,omitempty"`
	Advice           string `json:"advice,omitempty"`
	AppliesWhen      string `json:"appliesWhen,omitempty"`
	DoesNotApplyWhen string `json:"doesNotApplyWhen,omitempty"`
}

// Confirmation is another's experience that supports or contradicts a lesson.
type Confirmation struct {
	AuthorityID ID      `json:"authority"`
	PracticeID  *ID     `json:"practice,omitempty"`
	Note        *string `json:"note,omitempty"`
}

// Kind implements Entity.
func (*LessonLearnt) Kind() Kind { return KindLesson }

// Blocks implements Entry.
func (l *LessonLearnt) Blocks() []*EntryText { return blocks(l.Texts) }

// Shown implements Entry.
func (l *LessonLearnt) Shown() *EntryText { return l.LessonText.Shared() }

// Languages lists the languages of the texts, the source language first.
func (l *LessonLearnt) Languages() []LanguageTag { return languages(l) }

// Text is the block in the best of the languages asked for.
func (l *LessonLearnt) Text(languages []LanguageTag) *LessonText {
	t := chooseBlock(l.Texts, languages, l.SourceLanguage)
	return &t
}

// Localise implements Entity.
func (l *LessonLearnt) Localise(preferences []LanguageTag) { l.LessonText = *l.Text(preferences) }

// Completeness measures the entry against the rules of its kind.
func (l *LessonLearnt) Completeness() Completeness { return measure(l.checks()) }

// References implements Entity.
func (l *LessonLearnt) References() []Reference {
	refs := appendRefs(l.references(), RelComesFrom, "practices", l.PracticeIDs)
	refs = appendConfirmations(refs, RelConfirmedBy, "confirmedBy", l.ConfirmedBy)
	return appendConfirmations(refs, RelContradicted, "contradictedBy", l.ContradictedBy)
}

func appendConfirmations(refs []Reference, rel Relation, field string, list []Confirmation) []Reference {
	for i, x := range list {
		refs = append(refs, Reference{rel, x.AuthorityID, []string{field, index(i), "authority"}})
		if x.PracticeID != nil {
			refs = append(refs, Reference{rel, *x.PracticeID, []string{field, index(i), "practice"}})
		}
	}
	return refs
}
