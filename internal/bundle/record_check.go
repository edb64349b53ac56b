package bundle

import (
	"fmt"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// reasons says why a line is refused, one sentence each, beginning with the key at fault.
type reasons []string

// reason is why a line is refused, as a sentence for whoever reads the report.
type reason string

// Error implements error.
func (r reason) Error() string { return string(r) }

// add appends a reason for a key.
func (r *reasons) add(key, format string, args ...any) {
	*r = append(*r, key+": "+fmt.Sprintf(format, args...))
}

// String joins the reasons into one.
func (r reasons) String() string { return strings.Join(r, " ") }

// quoted is a value as a reason shows it: cut where it is long.
func quoted(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// check tells what is wrong with a line by itself. Whether the names in it are known, and whether its
// texts are too long, is found out later.
func (r *record) check() reasons {
	var bad reasons
	if r.ID == "" {
		bad.add("id", "Give the record an id, such as madrid-rehousing.")
	} else if p := knowledge.CheckSlug(r.ID); p != nil {
		bad.add("id", "%s", p[0].Message)
	}
	switch {
	case r.Kind == "":
		bad.add("kind", "Say PRACTICE, LESSON or RECOMMENDATION.")
	case !knowledge.Kind(r.Kind).IsEntry():
		bad.add("kind", "%s is none of PRACTICE, LESSON and RECOMMENDATION.", quoted(r.Kind))
	}
	if strings.TrimSpace(r.Title) == "" {
		bad.add("title", "Give a title.")
	}
	if r.Language == "" {
		bad.add("language", "Say in which language the texts are, such as en or ro.")
	} else if _, ok := knowledge.ParseLanguageTag(r.Language); !ok {
		bad.add("language", "%s is no BCP 47 language tag, such as en, ro or sr-Cyrl.", quoted(r.Language))
	}
	if r.isTranslation() {
		r.checkTranslation(&bad)
	}
	r.checkSource(&bad)
	oneOf(&bad, "lessonsBasis", r.LessonsBasis, basisStated, basisDerived)
	oneOf(&bad, "yearBasis", r.YearBasis, basisStated, basisInferred, basisNotStated)
	r.checkNumbers(&bad)
	for i, c := range r.Cities {
		if strings.TrimSpace(c.Name) == "" || c.Country == "" {
			bad.add("cities", "City %d needs a name and the code of its country.", i+1)
		}
	}
	return bad
}

func (r *record) checkTranslation(bad *reasons) {
	if p := knowledge.CheckSlug(r.TranslationOfID); p != nil {
		bad.add("translationOfId", "%s", p[0].Message)
	}
	if r.TranslationOfID == r.ID {
		bad.add("translationOfId", "A record cannot be a translation of itself.")
	}
}

func (r *record) checkSource(bad *reasons) {
	if r.SourceLanguage != "" {
		if _, ok := knowledge.ParseLanguageTag(r.SourceLanguage); !ok {
			bad.add("sourceLanguage", "%s is no BCP 47 language tag, such as en, ro or sr-Cyrl.", quoted(r.SourceLanguage))
		}
	}
	if r.SourceType != "" {
		if _, ok := sourceKind(r.SourceType); !ok {
			bad.add("sourceType", "%s is none of %s.", quoted(r.SourceType), strings.Join(sourceTypes(), ", "))
		}
	}
	if slices.Contains(r.OtherSources, "") {
		bad.add("otherSources", "An address is empty.")
	}
}

func (r *record) checkNumbers(bad *reasons) {
	if y := r.Year; y != nil && (*y < knowledge.MinYear || *y > knowledge.MaxYear) {
		bad.add("year", "Give a year from %d to %d.", knowledge.MinYear, knowledge.MaxYear)
	}
	if r.Year != nil && r.YearBasis == basisNotStated {
		bad.add("yearBasis", "The year is given, so its basis is %q or %q.", basisStated, basisInferred)
	}
	if l := r.SuggestedEvidenceLevel; l != nil && (*l < 0 || *l > 5) {
		bad.add("suggestedEvidenceLevel", "Give a whole number from 0 to 5.")
	}
}

// oneOf refuses a value that is neither empty nor one of those allowed.
func oneOf(bad *reasons, key, value string, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		bad.add(key, "%s is none of %s.", quoted(value), strings.Join(allowed, ", "))
	}
}

// sourceTypes lists the values of sourceType, in the order of the vocabulary.
func sourceTypes() []string {
	return []string{"official-or-programme", "ngo-or-network", "academic", "media", "document-mirror", "blog-or-aggregator"}
}

// sourceKinds lists what the values of sourceType are in the domain, in the same order.
func sourceKinds() []knowledge.SourceKind {
	return []knowledge.SourceKind{"OFFICIAL", "NGO_OR_NETWORK", "ACADEMIC", "MEDIA", "DOCUMENT_MIRROR", "BLOG_OR_AGGREGATOR"}
}

// sourceKind is a sourceType in the domain.
func sourceKind(s string) (knowledge.SourceKind, bool) {
	if i := slices.Index(sourceTypes(), s); i >= 0 {
		return sourceKinds()[i], true
	}
	return "", false
}

// sourceType is the opposite of sourceKind; "" for no kind.
func sourceType(kind *knowledge.SourceKind) string {
	if kind == nil {
		return ""
	}
	if i := slices.Index(sourceKinds(), *kind); i >= 0 {
		return sourceTypes()[i]
	}
	return ""
}
