package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
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
	slugPattern    = regexp.MustCompile(`^[a-z0-9]+(?:[-./][a-z0-9]+)*$`)
	countryPattern = regexp.MustCompile(`^[A-Z]{2}$`)
	amountPattern  = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,4})?$`)
	currencyCode   = regexp.MustCompile(`^[A-Z]{3}$`)
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
	if _, ok := ParseLanguageTag(string(c.SourceLanguage)); !ok {
		p.add(CodeInvalidFormat, "Give the language of the texts as a BCP 47 tag, such as en, ro or sr-Cyrl.", "language")
	}
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
	if t.Title == "" {
		p.add(CodeRequired, "A title is needed before the record can be submitted.", "title")
	}
	if t.Summary == "" {
		p.add(CodeRequired, "A summary is needed before the record can be submitted.", "summary")
	}
	if len(c.ThemeIDs) == 0 {
		p.add(CodeRequired, "At least one theme is needed before the record can be submitted.", "themes")
	}
	if len(c.Contributors) == 0 && len(c.CountryCodes) == 0 {
		p.add(CodeRequired, "Name the authority that contributes this, or at least the country.", "authorities")
	}
	if t.Situation == "" && t.Action == "" && t.Results == "" {
		p.add(CodeRequired, "Describe at least one of the situation, the action and the results.", "action")
	}
	return p
}

// Problems implements Entity.
func (a *Authority) Problems() Problems {
	p := inspect(a)
	named(&p, a.Names, "names")
	required(&p, string(a.Type), "type", "Say what kind of authority it is.")
	required(&p, string(a.CountryCode), "country", "Give the country as an ISO 3166-1 code, such as ES.")
	return p
}

// Problems implements Entity.
func (c *Country) Problems() Problems {
	p := inspect(c)
	named(&p, c.Names, "names")
	required(&p, string(c.Code), "code", "Give the ISO 3166-1 alpha-2 code, such as ES.")
	if c.ID != "" && c.Code != "" && c.ID != CountryID(c.Code) {
		p.add(CodeInvalidFormat, "The code of a country cannot be changed; make a new country.", "code")
	}
	return p
}

// Problems implements Entity.
func (t *Theme) Problems() Problems { return t.problems(inspect(t)) }

// Problems implements Entity.
func (t *TargetGroup) Problems() Problems { return t.problems(inspect(t)) }

func (c *Concept) problems(p Problems) Problems {
	named(&p, c.Labels, "labels")
	if c.BroaderID != nil && *c.BroaderID == c.ID {
		p.add(CodeCycle, "A term cannot be broader than itself.", "broader")
	}
	return p
}

// Problems implements Entity.
func (e *Event) Problems() Problems {
	p := inspect(e)
	required(&p, string(e.Type), "type", "Say what kind of event it is.")
	if len(e.Texts) == 0 || e.Texts[0].Title == "" {
		p.add(CodeRequired, "Give the title in at least one language.", "texts")
	}
	for i, x := range e.Participants {
		required(&p, x.Label, "participants", "Give the name of the participant as the source has it.", index(i), "label")
	}
	return p
}

// Problems implements Entity.
func (s *Study) Problems() Problems {
	p := inspect(s)
	required(&p, string(s.Type), "type", "Say what kind of study it is.")
	if len(s.Texts) == 0 || s.Texts[0].Title == "" {
		p.add(CodeRequired, "Give the title in at least one language.", "texts")
	}
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
	required(&p, string(t.Role), "role", "Choose the role of the token.")
	if t.Role == RoleContributor && len(t.AuthorityIDs) == 0 {
		p.add(CodeRequired, "Name at least one authority that the contributor writes for.", "authorities")
	}
	return p
}

// required adds a problem for an empty value.
func required(p *Problems, value, field, message string, more ...string) {
	if strings.TrimSpace(value) == "" {
		p.add(CodeRequired, message, append([]string{field}, more...)...)
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
		return Refuse(CodeInvalidFormat, "Use lower-case letters without accents, digits, and single hyphens between them.", "slug")
	}
	return nil
}

// CheckKey tells what is wrong with an idempotency key; nil where nothing is.
func CheckKey(key string) Problems {
	if n := utf8.RuneCountInString(key); n == 0 || n > MaxKey || hasControl(key) {
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

// yearPeriod is the period for a year of which no more is known.
func yearPeriod(year int) *Period {
	return &Period{Start: Date(fmt.Sprintf("%04d-01-01", year)), Precision: PrecisionYear}
}

// parseDate reads a calendar day.
func parseDate(d Date) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil && t.Year() >= MinYear && t.Year() <= MaxYear
}
