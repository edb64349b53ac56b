package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits on what is stored, in characters (Unicode code points) and items.
const (
	MaxTitle      = 200
	MaxOneLiner   = 300
	MaxSummary    = 4000
	MaxText       = 20_000
	MaxShortText  = 2000
	MaxItems      = 200
	MaxSlug       = 100
	MaxKey        = 200
	MinYear       = 1000
	MaxYear       = 2200
	MaxMembership = 500
)

var (
	slugPattern   = regexp.MustCompile(`^[a-z0-9]+(?:[-./][a-z0-9]+)*$`)
	amountPattern = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,4})?$`)
	currencyCode  = regexp.MustCompile(`^[A-Z]{3}$`)
)

// Problems implements Entity.
func (p *Practice) Problems() Problems { return entryProblems(p) }

// Problems implements Entity.
func (l *LessonLearnt) Problems() Problems { return entryProblems(l) }

// Problems implements Entity.
func (r *Recommendation) Problems() Problems { return entryProblems(r) }

// entryProblems is all that can stop a draft from being saved.
func entryProblems(e Entry) Problems {
	p := inspect(e)
	c := e.Core()
	seen := map[LanguageTag]bool{}
	for _, b := range e.Blocks() {
		if seen[b.Language] {
			p.add(CodeDuplicate, "There is already a block of texts in "+string(b.Language)+"; change that one.", "language")
		}
		seen[b.Language] = true
	}
	if !seen[c.SourceLanguage] {
		p.add(CodeRequired, "The texts in the record's own language cannot be removed.", "language")
	}
	if c.PrimaryThemeID != nil && !slices.Contains(c.ThemeIDs, *c.PrimaryThemeID) {
		p.add(CodeUnknown, "The primary theme must be one of the themes.", "primaryTheme")
	}
	contributors := map[ID]bool{}
	for i, x := range c.Contributors {
		if contributors[x.AuthorityID] {
			p.add(CodeDuplicate, "This authority is named already.", "authorities", index(i), "id")
		}
		contributors[x.AuthorityID] = true
	}
	return p
}

// SubmitProblems is what keeps an entry from being submitted: the few things without which nobody
// can review it.
func SubmitProblems(e Entry) Problems {
	var p Problems
	c, t := e.Core(), source(e)
	if isBlank(t.Title) {
		p.add(CodeRequired, "A title is needed before the record can be submitted.", "title")
	}
	if isBlank(t.Summary) {
		p.add(CodeRequired, "A summary is needed before the record can be submitted.", "summary")
	}
	if len(c.ThemeIDs) == 0 {
		p.add(CodeRequired, "At least one theme is needed before the record can be submitted.", "themes")
	}
	if len(c.Contributors) == 0 && len(c.CountryCodes) == 0 {
		p.add(CodeRequired, "Name the authority that contributes this, or at least the country.", "authorities")
	}
	if isBlank(t.Situation) && isBlank(t.Action) && isBlank(t.Results) {
		p.add(CodeRequired, "Describe at least one of the situation, the action and the results.", "action")
	}
	return p
}

// Problems implements Entity.
func (a *Authority) Problems() Problems {
	p := inspect(a)
	named(&p, a.Names, "names")
	return p
}

// Problems implements Entity.
func (c *Country) Problems() Problems {
	p := inspect(c)
	named(&p, c.Names, "names")
	if c.ID != "" && c.Code != "" && c.ID != CountryID(c.Code) {
		p.add(CodeInvalidFormat, "The code of a country cannot be changed; make a new country.", "code")
	}
	return p
}

// Problems implements Entity.
func (t *Theme) Problems() Problems { return t.problems(KindTheme, inspect(t)) }

// Problems implements Entity.
func (t *TargetGroup) Problems() Problems { return t.problems(KindTargetGroup, inspect(t)) }

func (c *Concept) problems(kind Kind, p Problems) Problems {
	named(&p, c.Labels, "labels")
	for _, r := range c.References() {
		if k := r.Target.Kind(); k != kind && k != "" {
			p.add(CodeWrongKind, "This is the id of a "+k.Noun()+"; give that of a "+kind.Noun()+".", r.Path...)
		}
	}
	if c.BroaderID != nil && *c.BroaderID == c.ID {
		p.add(CodeCycle, "A term cannot be broader than itself.", "broader")
	}
	return p
}

// Problems implements Entity.
func (e *Event) Problems() Problems {
	p := inspect(e)
	titled(&p, e.Texts, func(t EventText) (LanguageTag, string) { return t.Language, t.Title })
	for i, x := range e.Participants {
		required(&p, x.Label, "participants", "Give the name of the participant as the source has it.", index(i), "label")
	}
	return p
}

// Problems implements Entity.
func (s *Study) Problems() Problems {
	p := inspect(s)
	titled(&p, s.Texts, func(t StudyText) (LanguageTag, string) { return t.Language, t.Title })
	return p
}

// Problems implements Entity.
func (o *Organisation) Problems() Problems {
	p := inspect(o)
	named(&p, o.Names, "names")
	return p
}

// Problems implements Entity.
func (t *Token) Problems() Problems {
	p := inspect(t)
	required(&p, t.Name, "name", "Say whom the token is for.")
	if t.Role == RoleContributor && len(t.AuthorityIDs) == 0 {
		p.add(CodeRequired, "Name at least one authority that the contributor writes for.", "authorities")
	}
	if t.PartnerID != nil && (t.Role == RoleContributor || t.Role == RoleEditor || t.Role == RoleAdministrator) {
		p.add(CodeWrongKind, "A partner's key has the role PARTNER.", "role")
	}
	return p
}

// required adds a problem for an empty value.
func required(p *Problems, value, field, message string, more ...string) {
	if isBlank(value) {
		p.add(CodeRequired, message, append([]string{field}, more...)...)
	}
}

// isBlank tells whether there is nothing to read.
func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// titled checks that there is a block of texts, one a language, and a title in each.
func titled[T any](p *Problems, texts []T, head func(T) (LanguageTag, string)) {
	if len(texts) == 0 {
		p.add(CodeRequired, "Give the title in at least one language.", "texts")
	}
	seen := map[LanguageTag]bool{}
	for i, t := range texts {
		language, title := head(t)
		required(p, title, "texts", "Give the title.", index(i), "title")
		if seen[language] {
			p.add(CodeDuplicate, "There is already a block of texts in "+string(language)+"; change that one.", "texts", index(i), "language")
		}
		seen[language] = true
	}
}

// named checks that there is a preferred label, and one of them a language.
func named(p *Problems, labels []Label, field string) {
	preferred := map[LanguageTag]bool{}
	for i, l := range labels {
		required(p, l.Text, field, "A label cannot be empty.", index(i), "text")
		if l.Kind != LabelPreferred {
			continue
		}
		if preferred[l.Language] {
			p.add(CodeDuplicate, "There is already a preferred label in "+string(l.Language)+".", field, index(i))
		}
		preferred[l.Language] = true
	}
	if len(preferred) == 0 {
		p.add(CodeRequired, "Give a preferred name in at least one language.", field)
	}
}

// CheckSlug tells what is wrong with a slug; nil where nothing is.
func CheckSlug(slug string) Problems {
	switch {
	case len(slug) > MaxSlug:
		return Refuse(CodeTooLong, fmt.Sprintf("Use at most %d characters.", MaxSlug), "slug")
	case !slugPattern.MatchString(slug):
		return Refuse(CodeInvalidFormat, "Use lower-case letters without accents and digits, with single hyphens, dots or slashes between them.", "slug")
	}
	return nil
}

// CheckKey tells what is wrong with an idempotency key; nil where nothing is.
func CheckKey(key string) Problems {
	if n := utf8.RuneCountInString(key); n == 0 || n > MaxKey || !utf8.ValidString(key) || strings.ContainsFunc(key, unicode.IsControl) {
		return Refuse(CodeInvalidFormat, fmt.Sprintf("Use 1 to %d printable characters.", MaxKey), "idempotencyKey")
	}
	return nil
}

// CheckText tells what is wrong with a text that is no field of a record; nil where nothing is.
func CheckText(text string, limit int, path ...string) Problems {
	switch n := utf8.RuneCountInString(text); {
	case n > limit:
		return Refuse(CodeTooLong, fmt.Sprintf("Use at most %d characters; there are %d.", limit, n), path...)
	case !utf8.ValidString(text) || hasControl(text):
		return Refuse(CodeInvalidFormat, "Remove the control characters; only line breaks and tabs are allowed.", path...)
	}
	return nil
}

// yearMessage tells which years are accepted.
func yearMessage() string { return fmt.Sprintf("Give a year from %d to %d.", MinYear, MaxYear) }

// yearPeriod is the period for a year of which no more is known.
func yearPeriod(year int) *Period {
	return &Period{Start: Date(fmt.Sprintf("%04d-01-01", year)), Precision: PrecisionYear}
}

// parseDate reads a calendar day.
func parseDate(d Date) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil && t.Year() >= MinYear && t.Year() <= MaxYear
}
