package knowledge_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// relations names the link that each field with an id or a country code is, by kind and path; list
// positions are left out.
func relations() map[string]knowledge.Relation {
	return map[string]knowledge.Relation{
		"entry themes": knowledge.RelTheme, "entry targetGroups": knowledge.RelTargetGroup, "entry authorities.id": knowledge.RelContributor,
		"entry countries": knowledge.RelCountry, "entry partnerships.organisation": knowledge.RelOrganisation, "entry evidence.study": knowledge.RelEvidence,

		"PRACTICE places.authority": knowledge.RelPlace, "PRACTICE variantOf": knowledge.RelVariantOf,
		"PRACTICE inspiredBy": knowledge.RelInspiredBy, "PRACTICE supersedes": knowledge.RelSupersedes,

		"LESSON practices":             knowledge.RelComesFrom,
		"LESSON confirmedBy.authority": knowledge.RelConfirmedBy, "LESSON confirmedBy.practice": knowledge.RelConfirmedBy,
		"LESSON contradictedBy.authority": knowledge.RelContradicted, "LESSON contradictedBy.practice": knowledge.RelContradicted,

		"RECOMMENDATION restsOn.target": knowledge.RelRestsOn, "RECOMMENDATION adoptedAt": knowledge.RelAdoptedAt,
		"RECOMMENDATION supersededBy": knowledge.RelSupersededBy, "RECOMMENDATION followUp.authority": knowledge.RelFollowUp,

		"AUTHORITY country": knowledge.RelCountry, "AUTHORITY parent": knowledge.RelParent,
		"ORGANISATION country": knowledge.RelCountry, "ORGANISATION parent": knowledge.RelParent,
		"THEME broader": knowledge.RelBroader, "THEME related": knowledge.RelRelated, "THEME replacedBy": knowledge.RelReplacedBy,
		"TARGET_GROUP broader": knowledge.RelBroader, "TARGET_GROUP related": knowledge.RelRelated, "TARGET_GROUP replacedBy": knowledge.RelReplacedBy,

		"EVENT themes": knowledge.RelTheme, "EVENT organisers": knowledge.RelOrganiser, "EVENT presented": knowledge.RelPresented,
		"EVENT outputs": knowledge.RelOutput, "EVENT countries": knowledge.RelCountry, "EVENT place.authority": knowledge.RelPlace,
		"EVENT participants.authority": knowledge.RelParticipant, "EVENT participants.organisation": knowledge.RelParticipant,
		"EVENT participants.country": knowledge.RelCountry,

		"STUDY themes": knowledge.RelTheme, "STUDY authorOrganisations": knowledge.RelAuthor, "STUDY countries": knowledge.RelCountry,

		"TOKEN authorities": knowledge.RelActsFor, "TOKEN partner": knowledge.RelKeyOf,
	}
}

// A new field with an id fails this test until the entity lists it among its references: what is not
// listed is never looked up, and can be followed from one end only.
func TestReferencesNameEveryID(t *testing.T) {
	t.Parallel()
	named := relations()
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 3)
		var want []knowledge.Reference
		for _, l := range leaves(e) {
			var target knowledge.ID
			switch l.value.Type() {
			case reflect.TypeFor[knowledge.ID]():
				target = knowledge.ID(l.value.String())
			case reflect.TypeFor[knowledge.CountryCode]():
				target = knowledge.CountryID(knowledge.CountryCode(l.value.String()))
			default:
				continue
			}
			path := strings.Join(l.path, ".")
			if path == "primaryTheme" || kind == knowledge.KindCountry {
				continue // One of the themes; the country itself.
			}
			key := strings.NewReplacer(".0", "", ".1", "").Replace(path)
			relation, ok := named[string(kind)+" "+key]
			if !ok && kind.IsEntry() {
				relation, ok = named["entry "+key]
			}
			if !ok {
				t.Errorf("say in this test what link the new field %s of %s is", path, kind)
			}
			want = append(want, knowledge.Reference{Relation: relation, Target: target, Path: l.path})
		}
		got := slices.Clone(e.References())
		order := func(a, b knowledge.Reference) int {
			return strings.Compare(strings.Join(a.Path, "."), strings.Join(b.Path, "."))
		}
		slices.SortFunc(want, order)
		slices.SortFunc(got, order)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("references of %s (-want +got):\n%s", kind, diff)
		}
		for _, r := range got {
			if !slices.Contains(r.Relation.Targets(), r.Target.Kind()) {
				t.Errorf("%s of %s points at a %s, and may point at %v", r.Relation, kind, r.Target.Kind(), r.Relation.Targets())
			}
		}
	}
}

func TestEmptyRecordsPointAtNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		got := knowledge.New(kind).References()
		if kind == knowledge.KindAuthority {
			got = slices.DeleteFunc(got, func(r knowledge.Reference) bool { return r.Relation == knowledge.RelCountry })
		}
		if len(got) > 0 {
			t.Errorf("an empty %s points at %v", kind.Noun(), got)
		}
	}
	event := &knowledge.Event{Place: &knowledge.Place{}, Participants: []knowledge.Participant{{Label: "Roma Forum"}}}
	practice := &knowledge.Practice{Places: []knowledge.Place{{}}}
	lesson := &knowledge.LessonLearnt{ConfirmedBy: []knowledge.Confirmation{{AuthorityID: "AU_x"}}}
	if n := len(event.References()) + len(practice.References()); n > 0 || len(lesson.References()) != 1 {
		t.Errorf("optional links that are not set are listed: %v, %v, %v", event.References(), practice.References(), lesson.References())
	}
}
