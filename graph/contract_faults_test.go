package graph_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func day(text string) time.Time {
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err) // The text is in this file.
	}
	return parsed
}

// TestContractFaults tells the check what was released on 1 January and what became of it by 1 June.
func TestContractFaults(t *testing.T) {
	t.Parallel()
	const old = ` @deprecated(reason: "Use new. Removed after 2026-05-31.")`
	for name, test := range map[string]struct {
		released, current string
		want              []string // The beginnings of the faults.
	}{
		"nothing changed":                {`type Query { a: Int }`, `type Query { a: Int }`, nil},
		"more is fine":                   {`type Query { a: Int }`, `type Query { a(b: Int, c: Int! = 1): Int! d: Int }`, nil},
		"a field went":                   {`type Query { a: Int b: Int }`, `type Query { a: Int }`, []string{"Query.b was removed, and was not"}},
		"a field went in time":           {`type Query { a: Int b: Int` + old + ` }`, `type Query { a: Int }`, nil},
		"a field went a day early":       {`type Query { a: Int b: Int @deprecated(reason: "Removed after 2026-06-01.") }`, `type Query { a: Int }`, []string{"Query.b was removed, but may go after 2026-06-01"}},
		"a field went without a day":     {`type Query { a: Int b: Int @deprecated(reason: "Soon.") }`, `type Query { a: Int }`, []string{"Query.b was removed, and was not"}},
		"a field promises less":          {`type Query { a: [Int!]! }`, `type Query { a: [Int]! }`, []string{"Query.a was [Int!]! and is [Int]!"}},
		"a field is of another type":     {`type Query { a: Int }`, `type Query { a: String }`, []string{"Query.a was Int and is String"}},
		"a list became one":              {`type Query { a: [Int] }`, `type Query { a: Int }`, []string{"Query.a was [Int] and is Int"}},
		"an argument went":               {`type Query { a(b: Int): Int }`, `type Query { a: Int }`, []string{"Query.a(b:) was removed"}},
		"an argument went in time":       {`type Query { a(b: Int` + old + `): Int }`, `type Query { a: Int }`, nil},
		"an argument asks for more":      {`type Query { a(b: Int): Int }`, `type Query { a(b: Int!): Int }`, []string{"Query.a(b:) was Int and is Int!"}},
		"an argument asks for less":      {`type Query { a(b: Int!): Int }`, `type Query { a(b: Int): Int }`, nil},
		"an argument is required":        {`type Query { a: Int }`, `type Query { a(b: Int!): Int }`, []string{"Query.a(b:) is new and required"}},
		"an input went":                  {`type Query { a(b: I): Int } input I { x: Int y: Int }`, `type Query { a(b: I): Int } input I { x: Int }`, []string{"I.y was removed"}},
		"an input is required":           {`type Query { a(b: I): Int } input I { x: Int }`, `type Query { a(b: I): Int } input I { x: Int y: Int! }`, []string{"I.y is new and required"}},
		"a value went":                   {`type Query { a: E } enum E { X Y }`, `type Query { a: E } enum E { X }`, []string{"E.Y was removed"}},
		"a value went in time":           {`type Query { a: E } enum E { X Y` + old + ` }`, `type Query { a: E } enum E { X }`, nil},
		"a member went":                  {`type Query { a: U } union U = X | Y type X { i: Int } type Y { i: Int }`, `type Query { a: U y: Y } union U = X type X { i: Int } type Y { i: Int }`, []string{"U no longer has Y"}},
		"an interface went":              {`type Query { a: X b: N } interface N { i: Int } type X implements N { i: Int }`, `type Query { a: X b: N } interface N { i: Int } type X { i: Int }`, []string{"X no longer implements N"}},
		"a type changed its kind":        {`type Query { a: X } type X { i: Int }`, `type Query { a: X } interface X { i: Int }`, []string{"X was OBJECT and is INTERFACE"}},
		"a type went":                    {`type Query { a: Int b: X } type X { i: Int }`, `type Query { a: Int }`, []string{"Query.b was removed", "X was removed"}},
		"types went with their field":    {`type Query { a: Int b: X` + old + ` } type X { y: Y } type Y { x: X }`, `type Query { a: Int }`, nil},
		"a type went that others have":   {`type Query { a: Int b: X` + old + ` c: X } type X { i: Int }`, `type Query { a: Int c: Int }`, []string{"Query.c was X and is Int", "X was removed"}},
		"a type went that others may be": {`type Query { a: N b: X` + old + ` } interface N { i: Int } type X implements N { i: Int }`, `type Query { a: N } interface N { i: Int }`, []string{"X was removed"}},
		"deprecated with notice":         {`type Query { a: Int b: Int }`, `type Query { a: Int b: Int @deprecated(reason: "Removed after 2026-04-01.") }`, nil},
		"deprecated with too little":     {`type Query { a: Int b: Int }`, `type Query { a: Int b: Int @deprecated(reason: "Removed after 2026-03-31.") }`, []string{"Query.b may not go before 2026-04-01"}},
		"deprecated without a day":       {`type Query { a: Int }`, `type Query { a: Int b: Int @deprecated }`, []string{"Query.b is deprecated without a day"}},
		"deprecated on no day":           {`type Query { a: Int }`, `type Query { a: Int b: Int @deprecated(reason: "Removed after 2026-02-30.") }`, []string{"Query.b is deprecated without a day"}},
		"a day moved closer":             {`type Query { a: Int b: Int` + old + ` }`, `type Query { a: Int b: Int @deprecated(reason: "Removed after 2026-05-30.") }`, []string{"Query.b was to be there until 2026-05-31"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			released := contract{loadSchema(t, test.released), day("2026-01-01")}
			current := contract{loadSchema(t, test.current), day("2026-06-01")}
			got := contractFaults(released, current, released.day)
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("faults %q, want %q", got, test.want)
			}
		})
	}
}

func TestNamingFaults(t *testing.T) {
	t.Parallel()
	released := contract{loadSchema(t, `type Query { a: Int b: Int c: Int @deprecated(reason: "Old.") }`), day("2026-01-01")}
	current := contract{loadSchema(t, `type Query { a: Int @deprecated(reason: "New.") c: Int @deprecated(reason: "Old.") }`), day("2026-06-01")}
	const head = "# Changes\n\n## Unreleased\n\n"
	for name, test := range map[string]struct {
		changelog string
		want      int
	}{
		"all are named":           {head + "- `Query.a` goes, `Query.b` went.\n\n## 2026-01-01\n", 0},
		"one is not":              {head + "- `Query.a` goes.\n\n## 2026-01-01\n", 1},
		"named in an old release": {head + "\n## 2026-01-01\n\n- `Query.a` and `Query.b`.\n", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := namingFaults(released, current, test.changelog); len(got) != test.want {
				t.Errorf("faults %q, want %d", got, test.want)
			}
		})
	}
}
