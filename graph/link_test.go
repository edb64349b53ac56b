package graph_test

import (
	"strings"
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// linkedSite has one link of each relation.
func linkedSite(t *testing.T, on storage) *site {
	t.Helper()
	id := knowledgetest.ID
	ref := func(kind knowledge.Kind, slug string) *knowledge.ID { return new(id(kind, slug)) }
	practice := knowledgetest.Practice("practice", knowledgetest.By("city"), knowledgetest.In("ES"),
		knowledgetest.Themed("narrow"), knowledgetest.For("families"))
	practice.Places = []knowledge.Place{{AuthorityID: ref(knowledge.KindAuthority, "place")}}
	practice.Partnerships = []knowledge.Partnership{{OrganisationID: id(knowledge.KindOrganisation, "office")}}
	practice.Evidence = []knowledge.Evidence{{StudyID: id(knowledge.KindStudy, "study"), Level: "LEVEL_1"}}
	later := knowledgetest.Practice("later")
	before := []knowledge.ID{practice.ID}
	later.VariantOfIDs, later.InspiredByIDs, later.SupersedesIDs = before, before, before
	lesson := knowledgetest.Lesson("lesson", knowledgetest.By("city"))
	lesson.PracticeIDs = before
	lesson.ConfirmedBy = []knowledge.Confirmation{{AuthorityID: id(knowledge.KindAuthority, "place"), PracticeID: &later.ID}}
	lesson.ContradictedBy = lesson.ConfirmedBy
	advice := knowledgetest.Recommendation("advice", knowledgetest.By("city"))
	advice.RestsOn = []knowledge.Basis{{TargetID: practice.ID}, {TargetID: lesson.ID}, {TargetID: id(knowledge.KindStudy, "study")}}
	advice.AdoptedAtID, advice.SupersededByID = ref(knowledge.KindEvent, "seminar"), ref(knowledge.KindRecommendation, "newer")
	advice.FollowUp = []knowledge.FollowUp{{AuthorityID: id(knowledge.KindAuthority, "place"), State: "DONE"}}
	return newSite(t, on, transport.Limits{}, append(linkedNouns(), practice, later, lesson, advice,
		knowledgetest.Recommendation("newer"))...)
}

// linkedNouns are the records of linkedSite that are no entries.
func linkedNouns() []knowledge.Entity {
	id := knowledgetest.ID
	ref := func(kind knowledge.Kind, slug string) *knowledge.ID { return new(id(kind, slug)) }
	city, place := knowledgetest.Authority("city", "City", "ES"), knowledgetest.Authority("place", "Place", "ES")
	city.ParentID = ref(knowledge.KindAuthority, "region")
	narrow, old := knowledgetest.Theme("narrow"), knowledgetest.Theme("old")
	narrow.BroaderID, narrow.RelatedIDs = ref(knowledge.KindTheme, "broad"), []knowledge.ID{id(knowledge.KindTheme, "near")}
	old.ReplacedByID = ref(knowledge.KindTheme, "broad")
	families := knowledgetest.TargetGroup("families")
	families.BroaderID = ref(knowledge.KindTargetGroup, "people")
	office := knowledgetest.Organisation("office", "Office")
	office.ParentID, office.CountryCode = ref(knowledge.KindAuthority, "city"), new(knowledge.CountryCode("ES"))
	study := knowledgetest.Study("study", "Study")
	study.AuthorIDs, study.ThemeIDs = []knowledge.ID{office.ID}, []knowledge.ID{narrow.ID}
	study.CountryCodes = []knowledge.CountryCode{"ES"}
	seminar := knowledgetest.Event("seminar", "Seminar")
	seminar.ThemeIDs, seminar.OrganiserIDs = []knowledge.ID{narrow.ID}, []knowledge.ID{office.ID}
	seminar.CountryCodes = []knowledge.CountryCode{"ES"}
	seminar.PresentedIDs = []knowledge.ID{id(knowledge.KindPractice, "practice"), study.ID}
	seminar.OutputIDs = []knowledge.ID{id(knowledge.KindLesson, "lesson"), id(knowledge.KindRecommendation, "advice")}
	seminar.Place = &knowledge.Place{AuthorityID: &place.ID}
	seminar.Participants = []knowledge.Participant{{Label: "Both", AuthorityID: &city.ID, OrganisationID: &office.ID}}
	return []knowledge.Entity{
		knowledgetest.Country("ES", "Spain"), city, place, knowledgetest.Authority("region", "Region", "ES"),
		knowledgetest.Theme("broad"), narrow, knowledgetest.Theme("near"), old,
		knowledgetest.TargetGroup("people"), families, office, study, seminar,
	}
}

func TestEveryLinkIsAnsweredFromBothEnds(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := linkedSite(t, on)
			// From which record, which field, and to which records by slug.
			for line := range strings.SplitSeq(strings.TrimSpace(linkTable), "\n") {
				columns := strings.Fields(line)
				record, field, want := columns[0], columns[1], columns[2:]
				t.Run(record+"."+field, func(t *testing.T) {
					t.Parallel()
					noun, slug, _ := strings.Cut(record, ":")
					query := "{ " + noun + "(" + argument(noun) + ": \"" + slug + "\") { " + nested(field) + " } }"
					answer := s.ask(t, "", query, nil)
					if len(answer.Errors) > 0 {
						t.Fatalf("%s: %s", query, answer.body)
					}
					if got := strings.Count(string(answer.body), `"slug":`); got != len(want) {
						t.Errorf("%s: %d records, want %v: %s", query, got, want, answer.body)
					}
					for _, w := range want {
						if !strings.Contains(string(answer.body), `"slug":"`+w+`"`) {
							t.Errorf("%s: %s lacks %s", query, answer.body, w)
						}
					}
				})
			}
		})
	}
}

// argument is what names a record of the noun.
func argument(noun string) string {
	if noun == "country" {
		return "code"
	}
	return "slug"
}

// nested writes fields, joined by dots, as a selection that ends with the slug. A trailing + stands for the nodes of a
// connection, a trailing ! for a union.
func nested(fields string) string {
	field, rest, more := strings.Cut(fields, ".")
	inner := "slug"
	if more {
		inner = nested(rest)
	}
	switch {
	case strings.HasSuffix(field, "+"):
		return strings.TrimSuffix(field, "+") + " { totalCount nodes { " + inner + " } }"
	case strings.HasSuffix(field, "!"):
		return strings.TrimSuffix(field, "!") + " { ... on Practice { slug } ... on Study { slug } ... on Entry { slug } }"
	}
	return field + " { " + inner + " }"
}
