package graph_test

import (
	"goodpractice/internal/knowledge"
)

// point makes every link of a record lead to the records of the sets: the lists to all of them and to one that does not
// exist, the single links to the last.
func point(e knowledge.Entity, sets ...set) {
	to := func(kind knowledge.Kind) []knowledge.ID {
		var ids []knowledge.ID
		for _, s := range sets {
			if id := s[kind]; id.Kind() == kind && id != e.Head().ID && id != knowledge.CountryID("") {
				ids = append(ids, id)
			}
		}
		return append(ids, knowledge.DeriveID(kind, "nowhere"))
	}
	one := func(kind knowledge.Kind) *knowledge.ID {
		ids := to(kind)
		return &ids[max(0, len(ids)-2)]
	}
	codes := []knowledge.CountryCode{"ES", "RO", "XX"}
	if len(sets) == 1 {
		codes = codes[:1]
	}
	country := codes[max(0, len(codes)-2)]
	if entry, ok := e.(knowledge.Entry); ok {
		pointCore(entry.Core(), to, codes)
	}
	switch x := e.(type) {
	case *knowledge.Practice:
		x.VariantOfIDs, x.InspiredByIDs, x.SupersedesIDs = to("PRACTICE"), to("PRACTICE"), to("PRACTICE")
		for i := range x.Places {
			x.Places[i].AuthorityID = one("AUTHORITY")
		}
	case *knowledge.LessonLearnt:
		x.PracticeIDs = to("PRACTICE")
		x.ConfirmedBy = confirmations(to("AUTHORITY"), one("PRACTICE"))
		x.ContradictedBy = confirmations(to("AUTHORITY"), one("PRACTICE"))
	case *knowledge.Recommendation:
		pointRecommendation(x, to, one)
	case *knowledge.Authority:
		x.ParentID, x.CountryCode = one("AUTHORITY"), country
	case *knowledge.Theme:
		x.BroaderID, x.RelatedIDs, x.ReplacedByID = one("THEME"), to("THEME"), one("THEME")
	case *knowledge.TargetGroup:
		x.BroaderID, x.RelatedIDs, x.ReplacedByID = one("TARGET_GROUP"), to("TARGET_GROUP"), one("TARGET_GROUP")
	case *knowledge.Event:
		pointEvent(x, to, one, codes)
	case *knowledge.Study:
		x.AuthorIDs, x.ThemeIDs, x.CountryCodes = to("ORGANISATION"), to("THEME"), codes
	case *knowledge.Organisation:
		x.ParentID, x.CountryCode = one("AUTHORITY"), &country
	case *knowledge.Country:
		x.Code = map[knowledge.ID]knowledge.CountryCode{
			knowledge.CountryID("ES"): "ES", knowledge.CountryID("RO"): "RO",
		}[x.ID]
	}
}

// pointCore does so for what all entries have.
func pointCore(c *knowledge.EntryCore, to func(knowledge.Kind) []knowledge.ID, codes []knowledge.CountryCode) {
	c.ThemeIDs, c.TargetGroupIDs, c.CountryCodes = to("THEME"), to("TARGET_GROUP"), codes
	c.PrimaryThemeID = &c.ThemeIDs[0]
	c.Contributors, c.Partnerships, c.Evidence = nil, nil, nil
	for _, id := range to("AUTHORITY") {
		c.Contributors = append(c.Contributors, knowledge.Contributor{AuthorityID: id, Role: knowledge.RolePartner})
	}
	for _, id := range to("ORGANISATION") {
		c.Partnerships = append(c.Partnerships, knowledge.Partnership{OrganisationID: id})
	}
	for _, id := range to("STUDY") {
		c.Evidence = append(c.Evidence, knowledge.Evidence{StudyID: id, Level: "LEVEL_2"})
	}
}

func pointRecommendation(
	r *knowledge.Recommendation, to func(knowledge.Kind) []knowledge.ID, one func(knowledge.Kind) *knowledge.ID,
) {
	r.RestsOn, r.FollowUp = nil, nil
	for _, kind := range []knowledge.Kind{"PRACTICE", "LESSON", "STUDY"} {
		for _, id := range to(kind) {
			r.RestsOn = append(r.RestsOn, knowledge.Basis{TargetID: id})
		}
	}
	for _, id := range to("AUTHORITY") {
		r.FollowUp = append(r.FollowUp, knowledge.FollowUp{AuthorityID: id, State: "DONE"})
	}
	r.AdoptedAtID, r.SupersededByID = one("EVENT"), one("RECOMMENDATION")
}

func pointEvent(
	e *knowledge.Event, to func(knowledge.Kind) []knowledge.ID, one func(knowledge.Kind) *knowledge.ID,
	codes []knowledge.CountryCode,
) {
	e.ThemeIDs, e.OrganiserIDs, e.CountryCodes = to("THEME"), to("ORGANISATION"), codes
	e.PresentedIDs = append(to("PRACTICE"), to("STUDY")...)
	e.OutputIDs = append(to("LESSON"), to("RECOMMENDATION")...)
	e.Place.AuthorityID = one("AUTHORITY")
	for i := range e.Participants {
		p := &e.Participants[i]
		p.AuthorityID, p.OrganisationID, p.CountryCode = one("AUTHORITY"), one("ORGANISATION"), &codes[len(codes)-1]
	}
}

func confirmations(authorities []knowledge.ID, practice *knowledge.ID) []knowledge.Confirmation {
	var out []knowledge.Confirmation
	for _, id := range authorities {
		out = append(out, knowledge.Confirmation{AuthorityID: id, PracticeID: practice})
	}
	return out
}
