package knowledge

import (
	"fmt"
	"math"
	"net/mail"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// inspect checks every value inside an entity by its type and its name: lengths, control characters,
// dates, codes, addresses, numbers. A new field is checked without being named here.
func inspect(e Entity) Problems {
	in := inspector{}
	if entry, ok := e.(Entry); ok {
		in.source = entry.Core().SourceLanguage
	}
	in.walk(reflect.ValueOf(e).Elem(), nil)
	if slug := e.Head().Slug; slug == "" {
		in.add(CodeRequired, "A record cannot be without a slug.", "slug")
	} else {
		in.problems = append(in.problems, CheckSlug(slug)...)
	}
	return in.problems
}

// inspector collects problems, each code once for each path.
type inspector struct {
	problems Problems
	source   LanguageTag // the language whose block is named by its fields alone
}

// maxProblems is how many problems are told: whoever has more of them sees the rest after the first.
const maxProblems = 100

// add notes a problem, unless it is known already or there are too many.
func (in *inspector) add(code ProblemCode, message string, path ...string) {
	if len(in.problems) < maxProblems && !slices.ContainsFunc(in.problems, func(p Problem) bool { return p.Code == code && slices.Equal(p.Path, path) }) {
		in.problems.add(code, message, path...)
	}
}

// walk checks a value and everything in it.
func (in *inspector) walk(v reflect.Value, path []string) {
	if in.byType(v, path) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			in.walk(v.Elem(), path)
		}
	case reflect.Slice:
		in.list(v, path)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch name := inputName(f); {
			case name == "-" || f.Type == reflect.TypeFor[Meta]():
			case f.Anonymous:
				in.walk(v.Field(i), path)
			default:
				in.walk(v.Field(i), append(slices.Clip(path), name))
			}
		}
	case reflect.String:
		in.text(v.String(), path)
	case reflect.Int:
		in.number(v.Int(), path)
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			in.add(CodeOutOfRange, "Give a finite number.", path...)
		}
	}
}

// list checks the length of a list and each of its items. Blocks of texts in the record's own
// language are named by their fields alone, others by their language.
func (in *inspector) list(v reflect.Value, path []string) {
	limit := MaxItems
	if v.Type().Elem() == reflect.TypeFor[Membership]() {
		limit = MaxMembership
	}
	if fieldOf(path) == "allowedOrigins" {
		limit = MaxOrigins
	}
	if v.Len() > limit {
		in.add(CodeTooMany, fmt.Sprintf("Give at most %d items.", limit), path...)
		return
	}
	for i := range v.Len() {
		item := v.Index(i)
		step := append(slices.Clip(path), index(i))
		if len(path) == 1 && path[0] == "texts" && in.source != "" {
			step = nil
			if l := LanguageTag(item.FieldByName("Language").String()); l != in.source {
				step = []string{"texts", string(l)}
			}
		}
		in.walk(item, step)
	}
}

// byType checks values whose type says what they are. It tells false where the value has to be
// looked into.
func (in *inspector) byType(v reflect.Value, path []string) bool {
	if allowed, ok := enumValues[v.Type()]; ok {
		switch s := v.String(); {
		case s == "":
			in.add(CodeRequired, "Choose one of "+strings.Join(allowed, ", ")+".", path...)
		case !slices.Contains(allowed, s):
			in.add(CodeUnknown, "Use one of "+strings.Join(allowed, ", ")+".", path...)
		}
		return true
	}
	switch x := v.Interface().(type) {
	case time.Time, ID:
		return true
	case LanguageTag:
		if tag, ok := ParseLanguageTag(string(x)); !ok || tag != x {
			in.add(CodeInvalidFormat, "Give a BCP 47 language tag, such as en, ro or sr-Cyrl.", path...)
		}
		return true
	case CountryCode:
		switch {
		case x == "":
			in.add(CodeRequired, "Give an ISO 3166-1 alpha-2 code in capitals, such as ES.", path...)
		case !countryPattern.MatchString(string(x)):
			in.add(CodeInvalidFormat, "Give an ISO 3166-1 alpha-2 code in capitals, such as ES.", path...)
		}
		return true
	case Date:
		if _, ok := parseDate(x); !ok {
			in.add(CodeInvalidFormat, "Give a day as YYYY-MM-DD, such as 2012-12-17.", path...)
		}
		return true
	case Period:
		in.period(x, path)
		return true
	}
	in.ranges(v, path)
	return false
}

func (in *inspector) period(p Period, path []string) {
	at := func(field string) []string { return append(slices.Clip(path), field) }
	in.walk(reflect.ValueOf(p.Precision), at("precision"))
	start, known := parseDate(p.Start)
	if !known {
		in.add(CodeInvalidFormat, "Give the first day as YYYY-MM-DD; with precision YEAR the month and day do not count.", at("start")...)
	}
	if p.End == nil {
		return
	}
	switch end, ok := parseDate(*p.End); {
	case !ok:
		in.add(CodeInvalidFormat, "Give the last day as YYYY-MM-DD.", at("end")...)
	case known && end.Before(start):
		in.add(CodeOutOfRange, "The end must not be before the start.", at("end")...)
	}
}

// number checks a whole number: a year by its name, and any other as a count that GraphQL can carry.
func (in *inspector) number(n int64, path []string) {
	switch {
	case fieldOf(path) == "year" && (n < MinYear || n > MaxYear):
		in.add(CodeOutOfRange, yearMessage(), path...)
	case fieldOf(path) == "pointsPerMinute" && (n < 1 || n > MaxPointsPerMinute):
		in.add(CodeOutOfRange, fmt.Sprintf("Give 1 to %d points a minute; archive the partner to switch it off.", MaxPointsPerMinute), path...)
	case n < 0 || n > math.MaxInt32:
		in.add(CodeOutOfRange, fmt.Sprintf("Give a whole number from 0 to %d.", math.MaxInt32), path...)
	}
}

// ranges checks the values inside a struct that a rule of their own is for.
func (in *inspector) ranges(v reflect.Value, path []string) {
	bad := func(code ProblemCode, field, message string) {
		in.add(code, message, append(slices.Clip(path), field)...)
	}
	switch x := v.Interface().(type) {
	case Money:
		if !amountPattern.MatchString(x.Amount) {
			bad(CodeInvalidFormat, "amount", "Give a decimal number such as 1250000.50, without a currency sign or grouping.")
		}
		if !currencyCode.MatchString(x.Currency) {
			bad(CodeInvalidFormat, "currency", "Give an ISO 4217 code, such as EUR.")
		}
	case GeoPoint:
		if !(x.Latitude >= -90 && x.Latitude <= 90) {
			bad(CodeOutOfRange, "latitude", "Give a latitude from -90 to 90 degrees.")
		}
		if !(x.Longitude >= -180 && x.Longitude <= 180) {
			bad(CodeOutOfRange, "longitude", "Give a longitude from -180 to 180 degrees.")
		}
	case Funding:
		if x.Share != nil && !(*x.Share >= 0 && *x.Share <= 100) {
			bad(CodeOutOfRange, "share", "Give the share in per cent, 0 to 100.")
		}
	case Label:
		if n := utf8.RuneCountInString(x.Text); n > MaxTitle {
			bad(CodeTooLong, "text", fmt.Sprintf("Use at most %d characters; there are %d.", MaxTitle, n))
		}
	}
}

// text checks a string by the name of its field.
func (in *inspector) text(s string, path []string) {
	if s == "" || len(path) == 0 {
		return
	}
	name := fieldOf(path)
	if !utf8.ValidString(s) || hasControl(s) {
		in.add(CodeInvalidFormat, "Remove the control characters; only line breaks and tabs are allowed.", path...)
		return
	}
	if limit := textLimit(name); utf8.RuneCountInString(s) > limit {
		in.add(CodeTooLong, fmt.Sprintf("Use at most %d characters; there are %d.", limit, utf8.RuneCountInString(s)), path...)
		return
	}
	switch {
	case name == "title" || name == "name":
		if strings.ContainsAny(s, "\r\n") {
			in.add(CodeInvalidFormat, "Use one line, without line breaks.", path...)
		}
	case isAddress(name):
		if u, err := url.Parse(s); err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			in.add(CodeInvalidFormat, "Give a full web address that begins with http:// or https://.", path...)
		}
	case name == "email":
		if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
			in.add(CodeInvalidFormat, "Give an e-mail address such as name@example.org.", path...)
		}
	}
}

// fieldOf is the field that a path leads to, or the list that it leads into.
func fieldOf(path []string) string {
	for _, step := range slices.Backward(path) {
		if _, err := strconv.Atoi(step); err != nil {
			return step
		}
	}
	return ""
}

// isAddress tells whether the field with the name, or each item of the list, is a web address.
func isAddress(name string) bool {
	switch name {
	case "url", "website", "exactMatches":
		return true
	default:
		return strings.HasSuffix(name, "Url") || strings.HasSuffix(name, "Urls")
	}
}

// textLimit is the greatest number of characters of the field with the name.
func textLimit(name string) int {
	if isAddress(name) {
		return MaxShortText
	}
	switch name {
	case "title", "name":
		return MaxTitle
	case "oneLiner":
		return MaxOneLiner
	case "summary":
		return MaxSummary
	case "email", "indicator", "unit", "note", "reference", "label", "function", "digest":
		return MaxShortText
	default:
		return MaxText
	}
}

// hasControl tells whether the text holds control characters other than line breaks and tabs.
func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r'
	})
}
