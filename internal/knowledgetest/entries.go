package knowledgetest

import (
	"fmt"

	"goodpractice/internal/knowledge"
)

// EntryOption sets something of an entry that is being built.
type EntryOption func(e knowledge.Entry)

// Practice is a practice in English with a title and a summary, and nothing linked.
func Practice(slug string, options ...EntryOption) *knowledge.Practice {
	p := &knowledge.Practice{EntryCore: core(knowledge.KindPractice, slug)}
	p.Texts = []knowledge.PracticeText{{EntryText: text(slug)}}
	return with(p, options)
}

// Lesson is a lesson learnt in English with a title and a summary, and nothing linked.
func Lesson(slug string, options ...EntryOption) *knowledge.LessonLearnt {
	l := &knowledge.LessonLearnt{EntryCore: core(knowledge.KindLesson, slug)}
	l.Texts = []knowledge.LessonText{{EntryText: text(slug)}}
	return with(l, options)
}

// Recommendation is a recommendation in English with a title and a summary, and nothing linked.
func Recommendation(slug string, options ...EntryOption) *knowledge.Recommendation {
	r := &knowledge.Recommendation{EntryCore: core(knowledge.KindRecommendation, slug)}
	r.Texts = []knowledge.RecommendationText{{EntryText: text(slug)}}
	return with(r, options)
}

// Titled sets the title in the entry's own language.
func Titled(title string) EntryOption {
	return Saying(func(t *knowledge.EntryText) { t.Title = title })
}

// Summed sets the summary in the entry's own language.
func Summed(summary string) EntryOption {
	return Saying(func(t *knowledge.EntryText) { t.Summary = summary })
}

// Saying changes the shared part of the texts in the entry's own language.
func Saying(change func(t *knowledge.EntryText)) EntryOption {
	return func(e knowledge.Entry) { change(e.Blocks()[0]) }
}

// Written says that the entry's own language is another than English.
func Written(language knowledge.LanguageTag) EntryOption {
	return func(e knowledge.Entry) {
		e.Core().SourceLanguage = language
		e.Blocks()[0].Language = language
	}
}

// Themed links themes by their slugs. The first is the primary theme.
func Themed(slugs ...string) EntryOption {
	return func(e knowledge.Entry) {
		c := e.Core()
		c.ThemeIDs = ids(knowledge.KindTheme, slugs)
		primary := c.ThemeIDs[0]
		c.PrimaryThemeID = &primary
	}
}

// For links target groups by their slugs.
func For(slugs ...string) EntryOption {
	return func(e knowledge.Entry) { e.Core().TargetGroupIDs = ids(knowledge.KindTargetGroup, slugs) }
}

// By names the contributing authorities by their slugs. The first leads.
func By(slugs ...string) EntryOption {
	return func(e knowledge.Entry) {
		c := e.Core()
		c.Contributors = nil
		for i, id := range ids(knowledge.KindAuthority, slugs) {
			role := knowledge.ContributorRole("PARTNER")
			if i == 0 {
				role = "LEAD"
			}
			c.Contributors = append(c.Contributors, knowledge.Contributor{AuthorityID: id, Role: role})
		}
	}
}

// In names the countries.
func In(codes ...knowledge.CountryCode) EntryOption {
	return func(e knowledge.Entry) { e.Core().CountryCodes = codes }
}

// From says in which year the entry's period begins.
func From(year int) EntryOption {
	return func(e knowledge.Entry) {
		e.Core().Period = &knowledge.Period{
			Start: knowledge.Date(fmt.Sprintf("%04d-01-01", year)), Precision: "YEAR",
		}
	}
}

// Standing sets the editorial status. An entry that is not public has never been published.
func Standing(status knowledge.EditorialStatus) EntryOption {
	return func(e knowledge.Entry) {
		c := e.Core()
		c.Status = status
		if status != knowledge.StatusPublished {
			c.PublishedAt, c.PublishedRevision = nil, 0
		}
	}
}

// core is what all built entries have.
func core(kind knowledge.Kind, slug string) knowledge.EntryCore {
	published := Now()
	return knowledge.EntryCore{
		Meta: meta(kind, slug), SourceLanguage: "en", Licence: knowledge.DefaultLicence,
		PublishedAt: &published, PublishedRevision: 1,
	}
}

// text is the block of texts that all built entries have.
func text(slug string) knowledge.EntryText {
	return knowledge.EntryText{
		Language: "en", Origin: "ORIGINAL", Title: spoken(slug), Summary: spoken(slug) + " in a few words.",
	}
}

// with applies the options.
func with[E knowledge.Entry](e E, options []EntryOption) E {
	for _, option := range options {
		option(e)
	}
	return e
}

// ids are the ids of the records with the slugs.
func ids(kind knowledge.Kind, slugs []string) []knowledge.ID {
	out := make([]knowledge.ID, len(slugs))
	for i, slug := range slugs {
		out[i] = ID(kind, slug)
	}
	return out
}
