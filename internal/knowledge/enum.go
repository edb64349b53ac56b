package knowledge

// EditorialStatus is where a record stands on its way to the public.
type EditorialStatus string

// The editorial states. Everyone may read PUBLISHED; the others are for those who may edit.
const (
	StatusDraft            EditorialStatus = "DRAFT"
	StatusSubmitted        EditorialStatus = "SUBMITTED"
	StatusInReview         EditorialStatus = "IN_REVIEW"
	StatusChangesRequested EditorialStatus = "CHANGES_REQUESTED"
	StatusPublished        EditorialStatus = "PUBLISHED"
	StatusRejected         EditorialStatus = "REJECTED"
	StatusWithdrawn        EditorialStatus = "WITHDRAWN"
	StatusArchived         EditorialStatus = "ARCHIVED"
)

// Enumerations whose values are documented in schema.graphql, where each carries its description.
// The Go type only keeps them apart; a test holds the values of both files together.
type (
	// TextOrigin tells who wrote a block of texts: ORIGINAL, HUMAN or MACHINE.
	TextOrigin string
	// ContributorRole is LEAD or PARTNER.
	ContributorRole string
	// Targeting is how a practice reaches its groups.
	Targeting string
	// Lifecycle is where a practice stands in its own life.
	Lifecycle string
	// DatePrecision is DAY, MONTH or YEAR.
	DatePrecision string
	// MoneyBasis is ACTUAL, BUDGET or ESTIMATE.
	MoneyBasis string
	// CostKind is CAPITAL, ANNUAL or PER_HOUSEHOLD.
	CostKind string
	// FundingSource is who paid.
	FundingSource string
	// ParticipationLevel is how far the people concerned took part.
	ParticipationLevel string
	// TransferabilityLevel is how far a practice can be transferred.
	TransferabilityLevel string
	// Classification is a reviewer's verdict on a practice.
	Classification string
	// EvidenceLevel is the method behind a claim, UNGRADED or LEVEL_0 to LEVEL_5.
	EvidenceLevel string
	// Finding is the direction of a result.
	Finding string
	// SupportKind is what a partner gave.
	SupportKind string
	// ContactVisibility is who sees a contact.
	ContactVisibility string
	// PlaceScale is how large a place is.
	PlaceScale string
	// LessonOutcome is whether what was tried worked.
	LessonOutcome string
	// LessonPhase is when in a project a lesson applies.
	LessonPhase string
	// LessonConfidence is how well a lesson is supported.
	LessonConfidence string
	// Instrument is the form of a recommendation.
	Instrument string
	// Addressee is whom a recommendation speaks to.
	Addressee string
	// Standing is the legal state of a recommendation itself.
	Standing string
	// FollowUpState is how far an authority has followed a clause.
	FollowUpState string
	// AuthorityKind is what sort of local or regional authority it is.
	AuthorityKind string
	// MembershipStatus is how an authority relates to a network.
	MembershipStatus string
	// EventKind is the form of an event.
	EventKind string
	// StudyKind is the sort of a study.
	StudyKind string
	// StudyMethod is how a study was made.
	StudyMethod string
	// Independence is who made a study.
	Independence string
	// OrganisationKind is the sort of an organisation.
	OrganisationKind string
	// Role is what a token may do.
	Role string
	// SourceKind is the sort of a source that is cited.
	SourceKind string
)

// Values that the program itself compares with.
const (
	OriginOriginal TextOrigin = "ORIGINAL"
	OriginHuman    TextOrigin = "HUMAN"
	OriginMachine  TextOrigin = "MACHINE"

	RoleLead    ContributorRole = "LEAD"
	RolePartner ContributorRole = "PARTNER"

	PrecisionDay   DatePrecision = "DAY"
	PrecisionMonth DatePrecision = "MONTH"
	PrecisionYear  DatePrecision = "YEAR"

	EvidenceUngraded EvidenceLevel = "UNGRADED"

	ContactPublic      ContactVisibility = "PUBLIC"
	ContactMembers     ContactVisibility = "MEMBERS"
	ContactSecretariat ContactVisibility = "SECRETARIAT"

	RoleAnonymous     Role = ""
	RoleReader        Role = "PARTNER"
	RoleContributor   Role = "CONTRIBUTOR"
	RoleEditor        Role = "EDITOR"
	RoleAdministrator Role = "ADMINISTRATOR"
)

// Relation names a link between two entities.
type Relation string

// The links. Each is stored on the side named first in its comment; the other side asks the index.
const (
	RelTheme        Relation = "THEME"         // entry, event or study → theme
	RelTargetGroup  Relation = "TARGET_GROUP"  // entry → target group
	RelContributor  Relation = "CONTRIBUTOR"   // entry → authority
	RelPlace        Relation = "PLACE"         // practice, event → authority
	RelCountry      Relation = "COUNTRY"       // anything → country
	RelOrganisation Relation = "ORGANISATION"  // entry → organisation that took part
	RelComesFrom    Relation = "COMES_FROM"    // lesson → practice
	RelConfirmedBy  Relation = "CONFIRMED_BY"  // lesson → authority or practice
	RelContradicted Relation = "CONTRADICTED"  // lesson → authority or practice
	RelRestsOn      Relation = "RESTS_ON"      // recommendation → practice, lesson or study
	RelAdoptedAt    Relation = "ADOPTED_AT"    // recommendation → event
	RelSupersededBy Relation = "SUPERSEDED_BY" // recommendation → recommendation
	RelFollowUp     Relation = "FOLLOW_UP"     // recommendation → authority
	RelVariantOf    Relation = "VARIANT_OF"    // practice → practice
	RelInspiredBy   Relation = "INSPIRED_BY"   // practice → practice
	RelSupersedes   Relation = "SUPERSEDES"    // practice → practice
	RelEvidence     Relation = "EVIDENCE"      // practice or lesson → study
	RelPresented    Relation = "PRESENTED"     // event → practice or study
	RelOutput       Relation = "OUTPUT"        // event → recommendation or lesson
	RelOrganiser    Relation = "ORGANISER"     // event → organisation
	RelParticipant  Relation = "PARTICIPANT"   // event → authority or organisation
	RelAuthor       Relation = "AUTHOR"        // study → organisation
	RelParent       Relation = "PARENT"        // authority → authority, organisation → authority
	RelBroader      Relation = "BROADER"       // theme → theme, target group → target group
	RelRelated      Relation = "RELATED"       // theme → theme, target group → target group
	RelReplacedBy   Relation = "REPLACED_BY"   // theme → theme, target group → target group
	RelActsFor      Relation = "ACTS_FOR"      // token → authority
	RelKeyOf        Relation = "KEY_OF"        // token → partner
)

// Targets lists the kinds that the link may point at.
func (r Relation) Targets() []Kind {
	switch r {
	case RelTheme:
		return []Kind{KindTheme}
	case RelTargetGroup:
		return []Kind{KindTargetGroup}
	case RelContributor, RelPlace, RelFollowUp, RelParent, RelActsFor:
		return []Kind{KindAuthority}
	case RelCountry:
		return []Kind{KindCountry}
	case RelOrganisation, RelOrganiser, RelAuthor:
		return []Kind{KindOrganisation}
	case RelComesFrom, RelVariantOf, RelInspiredBy, RelSupersedes:
		return []Kind{KindPractice}
	case RelConfirmedBy, RelContradicted:
		return []Kind{KindAuthority, KindPractice}
	case RelRestsOn:
		return []Kind{KindPractice, KindLesson, KindStudy}
	case RelAdoptedAt:
		return []Kind{KindEvent}
	case RelSupersededBy:
		return []Kind{KindRecommendation}
	case RelEvidence:
		return []Kind{KindStudy}
	case RelPresented:
		return []Kind{KindPractice, KindStudy}
	case RelOutput:
		return []Kind{KindRecommendation, KindLesson}
	case RelParticipant:
		return []Kind{KindAuthority, KindOrganisation}
	case RelKeyOf:
		return []Kind{KindPartner}
	case RelBroader, RelRelated, RelReplacedBy:
		return []Kind{KindTheme, KindTargetGroup}
	}
	return nil
}

// Acyclic tells whether following the link from an entity must never lead back to it.
func (r Relation) Acyclic() bool {
	switch r {
	case RelVariantOf, RelInspiredBy, RelSupersedes, RelSupersededBy, RelParent, RelBroader, RelReplacedBy:
		return true
	default:
		return false
	}
}
