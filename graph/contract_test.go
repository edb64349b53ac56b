package graph_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Where the schema of the last release is kept, and what is said of its changes.
const (
	schemaFile      = "../schema.graphql"
	releasedSchema  = "../conformance/released.graphql"
	schemaChangelog = "../docs/schema-changelog.md"
)

// noticeMonths is how long clients are told before something goes.
const noticeMonths = 3

var releaseSchema = flag.Bool("release-schema", false, "make schema.graphql the released schema, as of today")

// contract is a schema at a day.
type contract struct {
	schema *ast.Schema
	day    time.Time // Of its release; for a schema that is not released, today.
}

// TestSchemaKeepsItsContract fails on a change that breaks clients of the released schema before they were told for long
// enough, and on one that docs/schema-changelog.md does not name.
func TestSchemaKeepsItsContract(t *testing.T) {
	t.Parallel()
	today := time.Now().UTC().Truncate(24 * time.Hour) //nolint:forbidigo // A deprecated field may go on a day.
	text := readText(t, schemaFile)
	current := contract{loadSchema(t, text), today}
	changelog := readText(t, schemaChangelog)
	kept, err := os.ReadFile(releasedSchema)
	first := *releaseSchema && os.IsNotExist(err)
	if err != nil && !first {
		t.Fatalf("%v (make release-schema makes the first one)", err)
	}
	released := contract{&ast.Schema{}, today}
	if !first {
		released = contract{loadSchema(t, string(kept)), releaseDay(t, string(kept))}
	}
	notice := released.day // A new deprecation comes with a later release than the last.
	if *releaseSchema {
		notice = today
	}
	faults := append(contractFaults(released, current, notice), namingFaults(released, current, changelog)...)
	for _, fault := range faults {
		t.Error(fault)
	}
	heading := "## " + released.day.Format(time.DateOnly)
	if *releaseSchema {
		heading = "## " + today.Format(time.DateOnly)
	}
	if !strings.Contains(changelog, "\n"+heading+"\n") {
		t.Errorf("%s has no heading %q: put it above what is in that release", schemaChangelog, heading)
	}
	if !*releaseSchema || t.Failed() {
		return
	}
	header := fmt.Sprintf("# Released %s. Written by make release-schema and never edited.\n", today.Format(time.DateOnly))
	if err := os.WriteFile(releasedSchema, []byte(header+text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// contractFaults says what breaks clients before its time, and which deprecations do not say when something goes or give
// less than three months from notice, the earliest day on which clients can have been told.
func contractFaults(released, current contract, notice time.Time) []string {
	var faults []string
	deadlines := deadlinesOf(released.schema)
	for _, b := range breaks(released.schema, current.schema) {
		day, deprecated := deadlines[b.coordinate]
		switch {
		case !deprecated:
			faults = append(faults, fmt.Sprintf("%s %s, and was not deprecated", b.coordinate, b.what))
		case !day.Before(current.day):
			faults = append(faults, fmt.Sprintf("%s %s, but may go after %s only",
				b.coordinate, b.what, day.Format(time.DateOnly)))
		}
	}
	now := deprecations(current.schema)
	for _, coordinate := range sortedKeys(now) {
		day, ok := deadline(now[coordinate])
		before, known := deadlines[coordinate]
		earliest := notice.AddDate(0, noticeMonths, 0)
		switch {
		case !ok:
			faults = append(faults, coordinate+` is deprecated without a day: @deprecated(reason: "Use x. Removed after YYYY-MM-DD.")`)
		case known && day.Before(before):
			faults = append(faults, fmt.Sprintf("%s was to be there until %s", coordinate, before.Format(time.DateOnly)))
		case !known && day.Before(earliest):
			faults = append(faults, fmt.Sprintf("%s may not go before %s, three months from its announcement",
				coordinate, earliest.Format(time.DateOnly)))
		}
	}
	return faults
}

// namingFaults says which breaking changes and new deprecations the part of the changelog above the last release does not
// name, as `Type.field` in code marks.
func namingFaults(released, current contract, changelog string) []string {
	news, _, _ := strings.Cut(changelog, "\n## "+released.day.Format(time.DateOnly))
	before := deprecations(released.schema)
	var changed []string
	for _, b := range breaks(released.schema, current.schema) {
		changed = append(changed, b.coordinate)
	}
	for coordinate := range deprecations(current.schema) {
		if _, known := before[coordinate]; !known {
			changed = append(changed, coordinate)
		}
	}
	slices.Sort(changed)
	var faults []string
	for _, coordinate := range slices.Compact(changed) {
		if !strings.Contains(news, "`"+coordinate+"`") {
			faults = append(faults, fmt.Sprintf("docs/schema-changelog.md does not name `%s`", coordinate))
		}
	}
	return faults
}

var releasedOn = regexp.MustCompile(`^# Released (\d{4}-\d\d-\d\d)\.`)

// releaseDay is the day that the first line of a released schema names.
func releaseDay(t *testing.T, text string) time.Time {
	t.Helper()
	match := releasedOn.FindStringSubmatch(text)
	if match == nil {
		t.Fatalf("%s does not begin with the day of its release", releasedSchema)
	}
	day, err := time.Parse(time.DateOnly, match[1])
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func loadSchema(t *testing.T, text string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
