package knowledge

import (
	"reflect"
	"slices"
)

// enumValues lists the values of every enumeration, by its type. A test holds them together with
// schema.graphql, where each value is described.
var enumValues = map[reflect.Type][]string{
	reflect.TypeFor[EditorialStatus]():      {"DRAFT", "SUBMITTED", "IN_REVIEW", "CHANGES_REQUESTED", "PUBLISHED", "REJECTED", "WITHDRAWN", "ARCHIVED"},
	reflect.TypeFor[TextOrigin]():           {"ORIGINAL", "HUMAN", "MACHINE"},
	reflect.TypeFor[ContributorRole]():      {"LEAD", "PARTNER"},
	reflect.TypeFor[Targeting]():            {"EXPLICIT_EXCLUSIVE", "EXPLICIT_NOT_EXCLUSIVE", "MAINSTREAM"},
	reflect.TypeFor[Lifecycle]():            {"PILOT", "ONGOING", "MAINSTREAMED", "COMPLETED", "SUSPENDED", "DISCONTINUED"},
	reflect.TypeFor[DatePrecision]():        {"DAY", "MONTH", "YEAR"},
	reflect.TypeFor[MoneyBasis]():           {"ACTUAL", "BUDGET", "ESTIMATE"},
	reflect.TypeFor[CostKind]():             {"CAPITAL", "ANNUAL", "PER_HOUSEHOLD", "TOTAL"},
	reflect.TypeFor[FundingSource]():        {"OWN_BUDGET", "REGIONAL", "NATIONAL", "ESF_PLUS", "ERDF", "IPA", "AMIF", "EASI", "EEA_NORWAY", "COE_EU_JOINT", "CEB", "WORLD_BANK", "FOUNDATION", "NGO", "PRIVATE", "OTHER", "UNKNOWN"},
	reflect.TypeFor[ParticipationLevel]():   {"NONE", "INFORMED", "CONSULTED", "INVOLVED", "CO_LED"},
	reflect.TypeFor[TransferabilityLevel](): {"NOT_ASSESSED", "BOUND_TO_CONTEXT", "SOME_BLOCKS", "WITH_ADAPTATION", "TRANSFERRED_ONCE", "TRANSFERRED_TWICE"},
	reflect.TypeFor[Classification]():       {"PROMISING", "DEMONSTRATED", "REPLICATED"},
	reflect.TypeFor[EvidenceLevel]():        {"UNGRADED", "LEVEL_0", "LEVEL_1", "LEVEL_2", "LEVEL_3", "LEVEL_4", "LEVEL_5"},
	reflect.TypeFor[Finding]():              {"POSITIVE", "NULL", "NEGATIVE", "MIXED"},
	reflect.TypeFor[SupportKind]():          {"ADMINISTRATIVE", "FINANCIAL", "POLITICAL", "TECHNICAL"},
	reflect.TypeFor[ContactVisibility]():    {"PUBLIC", "MEMBERS", "SECRETARIAT"},
	reflect.TypeFor[PlaceScale]():           {"SITE", "NEIGHBOURHOOD", "MUNICIPALITY", "REGION", "COUNTRY", "CROSS_BORDER"},
	reflect.TypeFor[LessonOutcome]():        {"WORKED", "DID_NOT_WORK", "MIXED", "UNEXPECTED"},
	reflect.TypeFor[LessonPhase]():          {"PREPARE", "FUND", "START", "RUN", "SCALE", "EXIT"},
	reflect.TypeFor[LessonConfidence]():     {"SINGLE_CASE", "REPEATED", "EVALUATED"},
	reflect.TypeFor[Instrument]():           {"CONGRESS_RECOMMENDATION", "CONGRESS_RESOLUTION", "CM_RECOMMENDATION", "SEMINAR_CONCLUSION", "GUIDELINE", "OTHER"},
	reflect.TypeFor[Addressee]():            {"LOCAL", "REGIONAL", "NATIONAL", "COUNCIL_OF_EUROPE", "EUROPEAN_UNION", "CIVIL_SOCIETY"},
	reflect.TypeFor[Standing]():             {"DRAFT", "ADOPTED", "SUPERSEDED", "WITHDRAWN"},
	reflect.TypeFor[FollowUpState]():        {"NOT_STARTED", "IN_PROGRESS", "DONE", "REFUSED"},
	reflect.TypeFor[AuthorityKind]():        {"MUNICIPALITY", "DISTRICT", "CITY_REGION", "COUNTY", "REGION", "ASSOCIATION", "OTHER"},
	reflect.TypeFor[MembershipStatus]():     {"MEMBER", "PARTICIPANT", "ATTENDED", "HONOURED", "FORMER"},
	reflect.TypeFor[EventKind]():            {"SEMINAR", "WORKSHOP", "CONFERENCE", "SESSION", "STUDY_VISIT", "PRIZE"},
	reflect.TypeFor[StudyKind]():            {"IMPACT_EVALUATION", "PROCESS_EVALUATION", "MONITORING", "AUDIT", "RESEARCH", "TESTIMONY"},
	reflect.TypeFor[StudyMethod]():          {"RANDOMISED", "QUASI_EXPERIMENTAL", "MATCHED", "BEFORE_AFTER", "CROSS_SECTION", "QUALITATIVE", "SELF_REPORT"},
	reflect.TypeFor[Independence]():         {"INTERNAL", "PARTNER", "EXTERNAL"},
	reflect.TypeFor[OrganisationKind]():     {"PUBLIC_AGENCY", "NGO", "ROMA_LED", "UNIVERSITY", "INTERNATIONAL", "FUNDER", "COMPANY"},
	reflect.TypeFor[Role]():                 {"PARTNER", "CONTRIBUTOR", "EDITOR", "ADMINISTRATOR"},
	reflect.TypeFor[SourceKind]():           {"OFFICIAL", "NGO_OR_NETWORK", "ACADEMIC", "MEDIA", "DOCUMENT_MIRROR", "BLOG_OR_AGGREGATOR"},
	reflect.TypeFor[LabelKind]():            {"PREFERRED", "ALTERNATIVE"},
}

// EnumValues lists the values of the enumeration with the Go name; nil for an unknown name.
func EnumValues(name string) []string {
	for t, values := range enumValues {
		if t.Name() == name {
			return slices.Clone(values)
		}
	}
	return nil
}
