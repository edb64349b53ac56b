package catalog_test

import (
	"context"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// world is what is in the knowledge base before a test begins.
func world() []knowledge.Entity {
	archived := knowledgetest.Theme("segregation")
	archived.Status = knowledge.StatusArchived
	narrower := knowledgetest.Theme("housing/social", "Social housing")
	narrower.BroaderID = new(theme("housing"))
	return []knowledge.Entity{
		knowledgetest.Country("ES", "Spain", "es:España"), knowledgetest.Country("RO", "Romania"), knowledgetest.Country("FR", "France"),
		knowledgetest.Theme("housing", "Housing", "ro:Locuire"), narrower, knowledgetest.Theme("education"), archived,
		knowledgetest.TargetGroup("youth"), knowledgetest.TargetGroup("women"),
		knowledgetest.Authority("madrid", "Madrid", "ES"), knowledgetest.Authority("cluj-napoca", "Cluj-Napoca", "RO"),
		knowledgetest.Authority("lyon", "Lyon", "FR"),
		knowledgetest.Organisation("foundation", "A foundation"), knowledgetest.Event("seminar", "A seminar"),
		knowledgetest.Study("study", "A study"), knowledgetest.Study("audit", "An audit"),
	}
}

func theme(slug string) knowledge.ID     { return knowledgetest.ID(knowledge.KindTheme, slug) }
func authority(slug string) knowledge.ID { return knowledgetest.ID(knowledge.KindAuthority, slug) }
func practice(slug string) knowledge.ID  { return knowledgetest.ID(knowledge.KindPractice, slug) }
func lesson(slug string) knowledge.ID    { return knowledgetest.ID(knowledge.KindLesson, slug) }
func study(slug string) knowledge.ID     { return knowledgetest.ID(knowledge.KindStudy, slug) }

// actor is somebody with a token of their own.
func actor(name string, role knowledge.Role, authorities ...string) knowledge.Actor {
	a := knowledge.Actor{ID: knowledge.DeriveID(knowledge.KindToken, name), Name: name, Role: role}
	for _, slug := range authorities {
		a.Authorities = append(a.Authorities, authority(slug))
	}
	return a
}

// The people of the tests.
func anonymous() knowledge.Actor { return knowledge.Actor{} }
func partner() knowledge.Actor   { return actor("partner", knowledge.RoleReader) }
func madrid() knowledge.Actor    { return actor("madrid", knowledge.RoleContributor, "madrid") }
func cluj() knowledge.Actor      { return actor("cluj", knowledge.RoleContributor, "cluj-napoca") }
func network() knowledge.Actor   { return actor("network", knowledge.RoleContributor, "madrid", "lyon") }
func editor() knowledge.Actor    { return actor("editor", knowledge.RoleEditor) }
func admin() knowledge.Actor     { return actor("admin", knowledge.RoleAdministrator) }

// everyone is one reader of each sort, by name.
func everyone() map[string]knowledge.Actor {
	return map[string]knowledge.Actor{
		"anonymous": anonymous(), "partner": partner(), "owner": madrid(), "stranger": cluj(), "editor": editor(), "administrator": admin(),
	}
}

// as is the test's context with the reader in it.
func as(t *testing.T, a knowledge.Actor, languages ...knowledge.LanguageTag) context.Context {
	t.Helper()
	return knowledge.WithReader(t.Context(), knowledge.Reader{Actor: a, Languages: languages})
}

// draft is a complete input for a practice with the title.
func draft(title string) *knowledge.PracticeChanges {
	c := &knowledge.PracticeChanges{}
	c.Title, c.Summary, c.Situation = new(title), new(title+" in a few words."), new("It was cold.")
	c.Themes = []string{"housing"}
	return c
}

// saying is a change of the summary alone.
func saying(summary string) *knowledge.PracticeChanges {
	c := &knowledge.PracticeChanges{}
	c.Summary = new(summary)
	return c
}

// keyed is a request with an idempotency key.
func keyed(key string) knowledge.Request { return knowledge.Request{IdempotencyKey: new(key)} }

// dry is a request that saves nothing.
func dry() knowledge.Request { return knowledge.Request{DryRun: new(true)} }

// lead names authorities, of which the first leads.
func lead(slugs ...string) []knowledge.Contributor {
	out := make([]knowledge.Contributor, len(slugs))
	for i, slug := range slugs {
		out[i] = knowledge.Contributor{AuthorityID: authority(slug), Role: knowledge.RolePartner}
	}
	if len(out) > 0 {
		out[0].Role = knowledge.RoleLead
	}
	return out
}

// lessonOfMadrid is a public lesson.
func lessonOfMadrid(more ...knowledgetest.EntryOption) *knowledge.LessonLearnt {
	return knowledgetest.Lesson("lesson", append([]knowledgetest.EntryOption{knowledgetest.By("madrid"), knowledgetest.In("ES")}, more...)...)
}

// complete gives a practice everything that a complete one has.
func complete(p *knowledge.Practice) {
	p.TargetGroupIDs = []knowledge.ID{knowledgetest.ID(knowledge.KindTargetGroup, "youth")}
	p.Period = &knowledge.Period{Start: "2012-01-01", Precision: knowledge.PrecisionYear}
	p.Sources = []knowledge.Source{{Title: "A report"}}
	p.Contacts = []knowledge.Contact{{Function: new("Housing office"), Visibility: knowledge.ContactPublic}}
	text := &p.Texts[0]
	text.Situation, text.Results, text.Objectives, text.Learnt, text.OneLiner = "Cold.", "Warm.", "Warmth.", "Begin early.", "Homes for all."
	p.Lifecycle, p.Targeting = new(knowledge.Lifecycle("ONGOING")), new(knowledge.Targeting("MAINSTREAM"))
	p.Places = []knowledge.Place{{AuthorityID: new(authority("madrid"))}}
	p.Metrics = []knowledge.Metric{{Indicator: "Homes", Value: 12, Unit: "homes"}}
	p.Involvement = &knowledge.CommunityParticipation{}
	p.Funding = []knowledge.Funding{{Source: "UNKNOWN"}}
	p.Transfer = &knowledge.Transferability{Level: "NOT_ASSESSED"}
}
