package transport

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// Deprecation tells why something is deprecated, and until the end of which day it stays at least (YYYY-MM-DD, empty
// where the reason names none). The thing is named by its schema coordinate, such as Practice.oldField,
// Query.practices(old:) or Theme.OLD_VALUE; both are empty for what is not deprecated, or not there any more.
func Deprecation(schema *ast.Schema, coordinate string) (reason, removedAfter string) {
	why := deprecationOf(directivesOf(schema, coordinate))
	if day := removalDay.FindStringSubmatch(why); day != nil {
		removedAfter = day[1]
	}
	return why, removedAfter
}

// How a reason says when: "Removed after 2027-03-01." or "Goes after 2027-03-01.", and "Deprecated since 2026-12-01.".
var (
	removalDay = regexp.MustCompile(`(?i)\b(?:removed|goes) after (\d{4}-\d{2}-\d{2})\b`)
	sinceDay   = regexp.MustCompile(`(?i)\bdeprecated since (\d{4}-\d{2}-\d{2})\b`)
)

// noticeMonths is for how long something stays deprecated at least before it is removed.
const noticeMonths = 3

// announceDeprecated tells in the header of an answer that the operation has used something deprecated: since when it is, as
// Deprecation (RFC 9745), and after the end of which day it may be gone, as Sunset (RFC 8594); of several the first. Where a
// reason does not say since when, it is the latest day on which the notice can have been given; where it names no day at
// all, nothing is told. It must be called before the answer is begun.
func announceDeprecated(h http.Header, schema *ast.Schema, coordinates []string) {
	var since, until time.Time
	for _, coordinate := range coordinates {
		reason, removedAfter := Deprecation(schema, coordinate)
		end, err := time.Parse(time.DateOnly, removedAfter)
		if err == nil {
			until = earlier(until, end.AddDate(0, 0, 1).Add(-time.Second))
		}
		if day := sinceDay.FindStringSubmatch(reason); day != nil {
			if begin, err := time.Parse(time.DateOnly, day[1]); err == nil {
				since = earlier(since, begin)
				continue
			}
		}
		if err == nil {
			since = earlier(since, monthsBefore(end, noticeMonths))
		}
	}
	if !since.IsZero() {
		h.Set("Deprecation", "@"+strconv.FormatInt(since.Unix(), 10))
	}
	if !until.IsZero() {
		h.Set("Sunset", until.Format(http.TimeFormat))
	}
}

// monthsBefore is the same day so many months before, or the last one of that month where it has no such day.
func monthsBefore(day time.Time, months int) time.Time {
	before := day.AddDate(0, -months, 0)
	if before.Day() != day.Day() {
		before = before.AddDate(0, 0, -before.Day())
	}
	return before
}

// earlier is the earlier of two times, of which the first may be missing.
func earlier(known, other time.Time) time.Time {
	if known.IsZero() || other.Before(known) {
		return other
	}
	return known
}

// deprecationOf is the reason of @deprecated among the directives; empty where it is not there.
func deprecationOf(directives ast.DirectiveList) string {
	d := directives.ForName("deprecated")
	if d == nil {
		return ""
	}
	if reason := d.Arguments.ForName("reason"); reason != nil && reason.Value != nil {
		return reason.Value.Raw
	}
	return "No longer supported"
}

// directivesOf finds the directives of what a coordinate names.
func directivesOf(schema *ast.Schema, coordinate string) ast.DirectiveList {
	typeName, member, _ := strings.Cut(coordinate, ".")
	definition := schema.Types[typeName]
	if definition == nil {
		return nil
	}
	member, argument, _ := strings.Cut(strings.TrimSuffix(member, ":)"), "(")
	if value := definition.EnumValues.ForName(member); value != nil {
		return value.Directives
	}
	field := definition.Fields.ForName(member)
	switch {
	case field == nil:
		return nil
	case argument == "":
		return field.Directives
	}
	if a := field.Arguments.ForName(argument); a != nil {
		return a.Directives
	}
	return nil
}
