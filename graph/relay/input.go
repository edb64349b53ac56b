package relay

import (
	"time"

	"goodpractice/internal/knowledge"
)

// Target names the record to change and the revision that the change is based on.
type Target struct {
	ID       knowledge.ID
	Revision knowledge.Revision
}

// Update is the input of a mutation that changes a record.
type Update[C any] struct {
	Target
	knowledge.Request

	Language *knowledge.LanguageTag
	Changes  *C
}

// Translate is the input of a mutation that adds or changes a translation.
type Translate[C any] struct {
	Target
	knowledge.Request

	Language knowledge.LanguageTag
	Origin   knowledge.TextOrigin
	Text     *C
}

// Step is the input of a mutation that moves a record to another status.
type Step struct {
	Target
	knowledge.Request

	Reason *string
}

// RemoveTranslationInput names a translation to remove.
type RemoveTranslationInput struct {
	Target
	knowledge.Request

	Language knowledge.LanguageTag
}

// AssessEntryInput is what a reviewer found.
type AssessEntryInput struct {
	Target
	knowledge.Request

	AcceptedStudies []knowledge.ID
	Classification  *knowledge.Classification
	VerifiedAt      *time.Time
	VerifiedBy      *string
	Reason          *string
}

// LinkEntryInput is a link to make.
type LinkEntryInput struct {
	UnlinkEntryInput

	Clause *string
}

// UnlinkEntryInput is a link to remove.
type UnlinkEntryInput struct {
	Target
	knowledge.Request

	Relation knowledge.Relation
	TargetID knowledge.ID
}

// CreateTokenInput is a token to give out.
type CreateTokenInput struct {
	Name        string
	Role        knowledge.Role
	Authorities []string
	Partner     *string
	ExpiresAt   *time.Time
}

// RevokeTokenInput is a token to end.
type RevokeTokenInput struct {
	ID knowledge.ID
}

// CreatePracticeInput is a practice to post.
type CreatePracticeInput struct {
	knowledge.Request
	knowledge.PracticeChanges

	Language knowledge.LanguageTag
}

// CreateLessonInput is a lesson to post.
type CreateLessonInput struct {
	knowledge.Request
	knowledge.LessonChanges

	Language knowledge.LanguageTag
}

// CreateRecommendationInput is a recommendation to post.
type CreateRecommendationInput struct {
	knowledge.Request
	knowledge.RecommendationChanges

	Language knowledge.LanguageTag
}

// CreateAuthorityInput is a record to add.
type CreateAuthorityInput struct {
	knowledge.Request
	knowledge.AuthorityChanges
}

// CreateCountryInput is a record to add.
type CreateCountryInput struct {
	knowledge.Request
	knowledge.CountryChanges
}

// CreateThemeInput is a record to add.
type CreateThemeInput struct {
	knowledge.Request
	knowledge.ConceptChanges
}

// CreateTargetGroupInput is a record to add.
type CreateTargetGroupInput struct {
	knowledge.Request
	knowledge.ConceptChanges
}

// CreateEventInput is a record to add.
type CreateEventInput struct {
	knowledge.Request
	knowledge.EventChanges
}

// CreateStudyInput is a record to add.
type CreateStudyInput struct {
	knowledge.Request
	knowledge.StudyChanges
}

// CreateOrganisationInput is a record to add.
type CreateOrganisationInput struct {
	knowledge.Request
	knowledge.OrganisationChanges
}

// CreatePartnerInput is a record to add.
type CreatePartnerInput struct {
	knowledge.Request
	knowledge.PartnerChanges
}

// SetPartnerDocumentsInput are the documents that a partner is to be trusted with.
type SetPartnerDocumentsInput struct {
	Target
	knowledge.Request

	Documents []*TrustedDocumentInput
}

// TrustedDocumentInput is one of them.
type TrustedDocumentInput struct {
	ID, Text string
}

// The inputs of the schema that differ in a type or in nothing.
type (
	// UpdatePracticeInput changes a practice.
	UpdatePracticeInput = Update[knowledge.PracticeChanges]
	// TranslatePracticeInput translates a practice.
	TranslatePracticeInput = Translate[knowledge.PracticeTextChanges]
	// UpdateLessonInput changes a lesson.
	UpdateLessonInput = Update[knowledge.LessonChanges]
	// TranslateLessonInput translates a lesson.
	TranslateLessonInput = Translate[knowledge.LessonTextChanges]
	// UpdateRecommendationInput changes a recommendation.
	UpdateRecommendationInput = Update[knowledge.RecommendationChanges]
	// TranslateRecommendationInput translates a recommendation.
	TranslateRecommendationInput = Translate[knowledge.RecommendationTextChanges]
	// UpdateAuthorityInput changes a record.
	UpdateAuthorityInput = Update[knowledge.AuthorityChanges]
	// UpdateCountryInput changes a record.
	UpdateCountryInput = Update[knowledge.CountryChanges]
	// UpdateThemeInput changes a record.
	UpdateThemeInput = Update[knowledge.ConceptChanges]
	// UpdateTargetGroupInput changes a record.
	UpdateTargetGroupInput = Update[knowledge.ConceptChanges]
	// UpdateEventInput changes a record.
	UpdateEventInput = Update[knowledge.EventChanges]
	// UpdateStudyInput changes a record.
	UpdateStudyInput = Update[knowledge.StudyChanges]
	// UpdateOrganisationInput changes a record.
	UpdateOrganisationInput = Update[knowledge.OrganisationChanges]
	// UpdatePartnerInput changes a record.
	UpdatePartnerInput = Update[knowledge.PartnerChanges]
	// SubmitEntryInput is the input of submitEntry.
	SubmitEntryInput = Step
	// WithdrawEntryInput is the input of withdrawEntry.
	WithdrawEntryInput = Step
	// StartEntryReviewInput is the input of startEntryReview.
	StartEntryReviewInput = Step
	// RequestEntryChangesInput is the input of requestEntryChanges.
	RequestEntryChangesInput = Step
	// PublishEntryInput is the input of publishEntry.
	PublishEntryInput = Step
	// RejectEntryInput is the input of rejectEntry.
	RejectEntryInput = Step
	// ArchiveEntryInput is the input of archiveEntry.
	ArchiveEntryInput = Step
	// RestoreEntryInput is the input of restoreEntry.
	RestoreEntryInput = Step
	// ArchivePartnerInput is the input of archivePartner.
	ArchivePartnerInput = Step
	// RestorePartnerInput is the input of restorePartner.
	RestorePartnerInput = Step
	// ArchiveRecordInput is the input of archiveRecord.
	ArchiveRecordInput = Step
	// RestoreRecordInput is the input of restoreRecord.
	RestoreRecordInput = Step
)
