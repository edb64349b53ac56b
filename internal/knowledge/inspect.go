package knowledge

import (
	"fmt"
	"math"
	"net/mail"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// inspect checks every value inside an entity by its type and its name: lengths, control characters,
// dates, codes, addresses, numbers. A new field is checked without being named here.
func inspect(e Entity) Problems {
	in := inspector{enums: enumValues()}
	if entry, ok := e.(Entry); ok {
		in.source = entry.Core().SourceLanguage
	}
	in.walk(reflect.ValueOf(e).Elem(), nil)
	if m := e.Head(); m.Slug != "" {
		in.problems = append(in.problems, CheckSlug(m.Slug)...)
	}
	return in.problems
}

type inspector struct {
	problems Problems
	source   LanguageTag // the language whose block is named by its fields alone
	enums    map[reflect.Type][]string
}

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
			switch name := jsonName(f); {
			case name == "-" || f.Type == reflect.TypeFor[Meta]():
			case f.Anonymous:
				in.walk(v.Field(i), path)
			default:
				in.walk(v.Field(i), append(slices.Clip(path), name))
			}
		}
	case reflect.String:
		in.text(v.String(), path)
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			in.problems.add(CodeOutOfRange, "Give a finite number.", path...)
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
	if v.Len() > limit {
		in.problems.add(CodeTooMany, fmt.Sprintf("Give at most %d items.", limit), path...)
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
	if allowed, ok := in.enums[v.Type()]; ok {
		if s := v.String(); s != "" && !slices.Contains(allowed, s) {
			in.problems.add(CodeUnknown, "Use one of "+strings.Join(allowed, ", ")+".", path...)
		}
		return true
	}
	switch x := v.Interface().(type) {
	case time.Time, ID:
		return true
	case LanguageTag:
		if tag, ok := ParseLanguageTag(string(x)); !ok || tag != x {
			in.problems.add(CodeInvalidFormat, "Give a BCP 47 language tag, such as en, ro or sr-Cyrl.", path...)
		}
		return true
	case CountryCode:
		if x != "" && !countryPattern.MatchString(string(x)) {
			in.problems.add(CodeInvalidFormat, "Give an ISO 3166-1 alpha-2 code in capitals, such as ES.", path...)
		}
		return true
	case Date:
		if _, ok := parseDate(x); !ok {
			in.problems.add(CodeInvalidFormat, "Give a day as YYYY-MM-DD, such as 2012-12-17.", path...)
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
	start, ok := parseDate(p.Start)
	if !ok {
		in.problems.add(CodeInvalidFormat, "Give the first day as YYYY-MM-DD; with precision YEAR the month and day do not count.", append(path, "start")...)
		return
	}
	if p.End == nil {
		return
	}
	switch end, ok := parseDate(*p.End); {
	case !ok:
		in.problems.add(CodeInvalidFormat, "Give the last day as YYYY-MM-DD.", append(path, "end")...)
	case end.Before(start):
		in.problems.add(CodeOutOfRange, "The end must not be before the start.", append(path, "end")...)
	}
}

// ranges checks the numbers inside the values that have them.
func (in *inspector) ranges(v reflect.Value, path []string) {
	bad := func(message string, field string) {
		in.problems.add(CodeOutOfRange, message, append(slices.Clip(path), field)...)
	}
	switch x := v.Interface().(type) {
	case Money:
		if !amountPattern.MatchString(x.Amount) {
			in.problems.add(CodeInvalidFormat, "Give a decimal number such as 1250000.50, without a currency sign or grouping.", append(slices.Clip(path), "amount")...)
		}
		if !currencyCode.MatchString(x.Currency) {
			in.problems.add(CodeInvalidFormat, "Give an ISO 4217 code, such as EUR.", append(slices.Clip(path), "currency")...)
		}
	case GeoPoint:
		if !(x.Latitude >= -90 && x.Latitude <= 90) {
			bad("Give a latitude from -90 to 90 degrees.", "latitude")
		}
		if !(x.Longitude >= -180 && x.Longitude <= 180) {
			bad("Give a longitude from -180 to 180 degrees.", "longitude")
		}
	case Funding:
		if x.Share != nil && !(*x.Share >= 0 && *x.Share <= 100) {
			bad("Give the share in per cent, 0 to 100.", "share")
		}
	case Population:
		if x.Value < 0 {
			bad("Give a number of people, 0 or more.", "value")
		}
	case Beneficiaries:
		if x.DirectCount != nil && *x.DirectCount < 0 {
			bad("Give a number of people, 0 or more.", "directCount")
		}
		if x.HouseholdCount != nil && *x.HouseholdCount < 0 {
			bad("Give a number of households, 0 or more.", "householdCount")
		}
	case Study:
		if x.Year != nil && (*x.Year < MinYear || *x.Year > MaxYear) {
			bad(fmt.Sprintf("Give a year from %d to %d.", MinYear, MaxYear), "year")
		}
	}
}

// text checks a string by the name of its field.
func (in *inspector) text(s string, path []string) {
	if s == "" || len(path) == 0 {
		return
	}
	name := path[len(path)-1]
	if !utf8.ValidString(s) || hasControl(s) {
		in.problems.add(CodeInvalidFormat, "Remove the control characters; only line breaks and tabs are allowed.", path...)
		return
	}
	if limit := textLimit(name); utf8.RuneCountInString(s) > limit {
		in.problems.add(CodeTooLong, fmt.Sprintf("Use at most %d characters; there are %d.", limit, utf8.RuneCountInString(s)), path...)
		return
	}
	switch name {
	case "url", "sourceUrl", "website", "exactMatches":
		if u, err := url.Parse(s); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			in.problems.add(CodeInvalidFormat, "Give a full web address that begins with http:// or https://.", path...)
		}
	case "email":
		if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
			in.problems.add(CodeInvalidFormat, "Give an e-mail address such as name@example.org.", path...)
		}
	}
}

// textLimit is the greatest number of characters of the field with the name.
func textLimit(name string) int {
	switch name {
	case "title", "name":
		return MaxTitle
	case "oneLiner":
		return MaxOneLiner
	case "summary":
		return MaxSummary
	case "url", "sourceUrl", "website", "email", "indicator", "unit", "note", "reference", "label", "function", "digest":
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
