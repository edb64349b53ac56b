package attack_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// hostileTexts are search texts that have been dear in other programs, or would be in ours if it let them in.
func hostileTexts() map[string]string {
	return map[string]string{
		"the beginning of everything":     "*",
		"a wildcard on both sides":        "*a*",
		"50 wildcards":                    strings.Repeat("*a* ", 50),
		"500 wildcards":                   strings.Repeat("*a* ", 500),
		"a regular expression":            "/.*/",
		"a regular expression that grows": "/(.{1,50}){20}/",
		"one with too many states":        "/.{1,200}x.{1,200}/",
		"all distances":                   strings.Repeat("housing~99 ", 150),
		"500 beginnings":                  strings.Repeat("ab* ", 500),
		"beginnings of three letters":     strings.Repeat("hou* pro* com* ", 40),
		"2,000 letters without a space":   strings.Repeat("a", 2000),
		"1,000 brackets":                  strings.Repeat("(", 1000) + "a" + strings.Repeat(")", 999),
		"300 alternatives":                strings.Repeat("of OR ", 300) + "the",
		"phrases of the commonest words":  strings.Repeat(`"of the" "in the" `, 100),
		"300 ranges of years":             strings.Repeat("year:1990..2030 ", 120),
		"100 filters":                     strings.Repeat("theme:housing ", 140),
		"everything left out":             strings.Repeat("-the -of ", 200),
		"control characters":              "housing\x01\x02\r\n\u2028\u202e" + strings.Repeat("\u0300", 500),
		"combining marks":                 "a" + strings.Repeat("\u0301", 1900),
		"only signs":                      strings.Repeat(`"':()-+^~\`, 200),
	}
}

// attackWithTexts searches for hostile texts, alone and with all that a page can ask for beside.
func attackWithTexts(t *testing.T, s *target) {
	t.Helper()
	const everything = `query ($text: String!) { search(text: $text, first: 20) {
		totalCount didYouMean interpretation { language unknown }
		edges { score highlights { path fragments } node { id title } }
	} }`
	number := 0
	for name, text := range hostileTexts() {
		number++
		t.Run("hostile search, "+name, func(t *testing.T) {
			got := s.post(t, from(fmt.Sprintf("127.0.4.%d", number)), everything, map[string]string{"text": text})
			if got.took > soon {
				t.Errorf("took %s", got.took)
			}
			answer := decode(t, got.body)
			if got.status != http.StatusOK || len(answer.Errors) > 0 {
				t.Errorf("no ordinary answer: status %d, %.300s", got.status, got.body)
			}
			s.stillFindsHousing(t)
		})
	}
	t.Run("hostile search, longer than allowed", func(t *testing.T) {
		got := s.post(t, from("127.0.4.250"), everything, map[string]string{"text": strings.Repeat("housing ", 251)})
		if answer := decode(t, got.body); len(answer.Errors) != 1 || answer.Errors[0].Extensions.Code != "BAD_USER_INPUT" {
			t.Errorf("status %d, %.300s", got.status, got.body)
		}
	})
	t.Run("markup in highlights", func(t *testing.T) { attackHighlights(t, s) })
}

// attackHighlights publishes a text with markup, and looks at what is marked in it.
func attackHighlights(t *testing.T, s *target) {
	t.Helper()
	const markup = `Zebraword <script>alert(1)</script> <img src=x onerror=alert(2)> &lt;b&gt; </mark><mark onmouseover=alert(3)>`
	made := s.asEditor(t, fmt.Sprintf(`mutation { createPractice(input: {language: "en", title: %q, summary: %q, action: %q,
		themes: ["housing"]}) { practice { id revision } userErrors { message path } } }`, "Zebraword", markup, markup))
	var created struct {
		Data struct {
			CreatePractice struct {
				Practice *struct {
					ID       string
					Revision int
				}
			}
		}
	}
	if err := json.Unmarshal(made.body, &created); err != nil || created.Data.CreatePractice.Practice == nil {
		t.Fatalf("not made: %.500s", made.body)
	}
	got := s.asEditor(t, `{ search(text: "zebraword", filter: {statuses: [DRAFT]}) { edges { highlights { fragments } } } }`)
	if !bytes.Contains(got.body, []byte("mark")) {
		t.Fatalf("nothing is marked: %.500s", got.body)
	}
	var shown struct {
		Data struct {
			Search struct {
				Edges []struct {
					Highlights []struct{ Fragments []string }
				}
			}
		}
	}
	if err := json.Unmarshal(got.body, &shown); err != nil {
		t.Fatal(err)
	}
	for _, edge := range shown.Data.Search.Edges {
		for _, highlight := range edge.Highlights {
			for _, fragment := range highlight.Fragments {
				rest := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(fragment)
				if strings.ContainsAny(rest, "<>") {
					t.Errorf("not safe to insert: %q", fragment)
				}
			}
		}
	}
}
