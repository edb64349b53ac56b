package relay

import "goodpractice/internal/knowledge"

// Payload is what a mutation answers: the record, or why there is none.
type Payload[T any] struct {
	Node         T
	IsSearchable bool
	// ConsistencyToken names the state that was saved; empty where nothing was.
	ConsistencyToken string
	UserErrors       []UserError
}

// Practice is the record under the name that the schema gives it.
func (p *Payload[T]) Practice() T { return p.Node }

// Lesson is the record under the name that the schema gives it.
func (p *Payload[T]) Lesson() T { return p.Node }

// Recommendation is the record under the name that the schema gives it.
func (p *Payload[T]) Recommendation() T { return p.Node }

// Entry is the record under the name that the schema gives it.
func (p *Payload[T]) Entry() T { return p.Node }

// Authority is the record under the name that the schema gives it.
func (p *Payload[T]) Authority() T { return p.Node }

// Country is the record under the name that the schema gives it.
func (p *Payload[T]) Country() T { return p.Node }

// Theme is the record under the name that the schema gives it.
func (p *Payload[T]) Theme() T { return p.Node }

// TargetGroup is the record under the name that the schema gives it.
func (p *Payload[T]) TargetGroup() T { return p.Node }

// Event is the record under the name that the schema gives it.
func (p *Payload[T]) Event() T { return p.Node }

// Study is the record under the name that the schema gives it.
func (p *Payload[T]) Study() T { return p.Node }

// Organisation is the record under the name that the schema gives it.
func (p *Payload[T]) Organisation() T { return p.Node }

// Partner is the record under the name that the schema gives it.
func (p *Payload[T]) Partner() T { return p.Node }

// Record is the record under the name that the schema gives it.
func (p *Payload[T]) Record() T { return p.Node }

// The payloads of the schema.
type (
	// CreatePracticePayload is what createPractice answers.
	CreatePracticePayload = Payload[*knowledge.Practice]
	// UpdatePracticePayload is what updatePractice answers.
	UpdatePracticePayload = Payload[*knowledge.Practice]
	// TranslatePracticePayload is what translatePractice answers.
	TranslatePracticePayload = Payload[*knowledge.Practice]
	// CreateLessonPayload is what createLesson answers.
	CreateLessonPayload = Payload[*knowledge.LessonLearnt]
	// UpdateLessonPayload is what updateLesson answers.
	UpdateLessonPayload = Payload[*knowledge.LessonLearnt]
	// TranslateLessonPayload is what translateLesson answers.
	TranslateLessonPayload = Payload[*knowledge.LessonLearnt]
	// CreateRecommendationPayload is what createRecommendation answers.
	CreateRecommendationPayload = Payload[*knowledge.Recommendation]
	// UpdateRecommendationPayload is what updateRecommendation answers.
	UpdateRecommendationPayload = Payload[*knowledge.Recommendation]
	// TranslateRecommendationPayload is what translateRecommendation answers.
	TranslateRecommendationPayload = Payload[*knowledge.Recommendation]
	// RemoveTranslationPayload is what removeTranslation answers.
	RemoveTranslationPayload = Payload[knowledge.Entry]
	// SubmitEntryPayload is what submitEntry answers.
	SubmitEntryPayload = Payload[knowledge.Entry]
	// WithdrawEntryPayload is what withdrawEntry answers.
	WithdrawEntryPayload = Payload[knowledge.Entry]
	// StartEntryReviewPayload is what startEntryReview answers.
	StartEntryReviewPayload = Payload[knowledge.Entry]
	// RequestEntryChangesPayload is what requestEntryChanges answers.
	RequestEntryChangesPayload = Payload[knowledge.Entry]
	// PublishEntryPayload is what publishEntry answers.
	PublishEntryPayload = Payload[knowledge.Entry]
	// RejectEntryPayload is what rejectEntry answers.
	RejectEntryPayload = Payload[knowledge.Entry]
	// ArchiveEntryPayload is what archiveEntry answers.
	ArchiveEntryPayload = Payload[knowledge.Entry]
	// RestoreEntryPayload is what restoreEntry answers.
	RestoreEntryPayload = Payload[knowledge.Entry]
	// AssessEntryPayload is what assessEntry answers.
	AssessEntryPayload = Payload[knowledge.Entry]
	// LinkEntryPayload is what linkEntry answers.
	LinkEntryPayload = Payload[knowledge.Entry]
	// UnlinkEntryPayload is what unlinkEntry answers.
	UnlinkEntryPayload = Payload[knowledge.Entry]
	// CreateAuthorityPayload is what createAuthority answers.
	CreateAuthorityPayload = Payload[*knowledge.Authority]
	// UpdateAuthorityPayload is what updateAuthority answers.
	UpdateAuthorityPayload = Payload[*knowledge.Authority]
	// CreateCountryPayload is what createCountry answers.
	CreateCountryPayload = Payload[*knowledge.Country]
	// UpdateCountryPayload is what updateCountry answers.
	UpdateCountryPayload = Payload[*knowledge.Country]
	// CreateThemePayload is what createTheme answers.
	CreateThemePayload = Payload[*knowledge.Theme]
	// UpdateThemePayload is what updateTheme answers.
	UpdateThemePayload = Payload[*knowledge.Theme]
	// CreateTargetGroupPayload is what createTargetGroup answers.
	CreateTargetGroupPayload = Payload[*knowledge.TargetGroup]
	// UpdateTargetGroupPayload is what updateTargetGroup answers.
	UpdateTargetGroupPayload = Payload[*knowledge.TargetGroup]
	// CreateEventPayload is what createEvent answers.
	CreateEventPayload = Payload[*knowledge.Event]
	// UpdateEventPayload is what updateEvent answers.
	UpdateEventPayload = Payload[*knowledge.Event]
	// CreateStudyPayload is what createStudy answers.
	CreateStudyPayload = Payload[*knowledge.Study]
	// UpdateStudyPayload is what updateStudy answers.
	UpdateStudyPayload = Payload[*knowledge.Study]
	// CreateOrganisationPayload is what createOrganisation answers.
	CreateOrganisationPayload = Payload[*knowledge.Organisation]
	// UpdateOrganisationPayload is what updateOrganisation answers.
	UpdateOrganisationPayload = Payload[*knowledge.Organisation]
	// CreatePartnerPayload is what createPartner answers.
	CreatePartnerPayload = Payload[*knowledge.Partner]
	// UpdatePartnerPayload is what updatePartner answers.
	UpdatePartnerPayload = Payload[*knowledge.Partner]
	// SetPartnerDocumentsPayload is what setPartnerDocuments answers.
	SetPartnerDocumentsPayload = Payload[*knowledge.Partner]
	// ArchivePartnerPayload is what archivePartner answers.
	ArchivePartnerPayload = Payload[*knowledge.Partner]
	// RestorePartnerPayload is what restorePartner answers.
	RestorePartnerPayload = Payload[*knowledge.Partner]
	// ArchiveRecordPayload is what archiveRecord answers.
	ArchiveRecordPayload = Payload[knowledge.Entity]
	// RestoreRecordPayload is what restoreRecord answers.
	RestoreRecordPayload = Payload[knowledge.Entity]
)

// CreateTokenPayload is what createToken answers.
type CreateTokenPayload struct {
	Token  *knowledge.Token
	Secret *string
	// ConsistencyToken names the state that was saved; empty where nothing was.
	ConsistencyToken string
	UserErrors       []UserError
}

// RevokeTokenPayload is what revokeToken answers.
type RevokeTokenPayload struct {
	Token *knowledge.Token
	// ConsistencyToken names the state that was saved, now or before; empty where it was refused.
	ConsistencyToken string
	UserErrors       []UserError
}
