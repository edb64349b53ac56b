package knowledge_test

import (
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// problemCase is one change to a valid record, and the problems that it makes.
type problemCase[E knowledge.Entity] struct {
	name   string
	change func(e E)
	want   []string
}

// problems runs the cases on filled records of the kind.
func problems[E knowledge.Entity](t *testing.T, kind knowledge.Kind, tests []problemCase[E]) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e, ok := knowledgetest.Fill(kind, 1).(E)
			if !ok {
				t.Fatalf("%s has another type", kind)
			}
			expect(t, e.Problems())
			test.change(e)
			expect(t, e.Problems(), test.want...)
		})
	}
}

// euros are characters that are one rune and three bytes each.
func euros(n int) string { return strings.Repeat("€", n) }

func TestProblemsOfTextsAtTheirLimits(t *testing.T) {
	t.Parallel()
	type practice = *knowledge.Practice
	problems(t, knowledge.KindPractice, []problemCase[practice]{
		{"title at its limit", func(p practice) { p.Texts[0].Title = euros(200) }, nil},
		{"title over its limit", func(p practice) { p.Texts[0].Title = euros(201) }, []string{"title TOO_LONG"}},
		{"title in another language", func(p practice) { p.Texts[1].Title = euros(201) }, []string{"texts.sr-Cyrl.title TOO_LONG"}},
		{"title of two lines", func(p practice) { p.Texts[0].Title = "a\nb" }, []string{"title INVALID_FORMAT"}},
		{"no title: a draft may lack it", func(p practice) { p.Texts[0].Title = "" }, nil},
		{"one-liner at its limit", func(p practice) { p.Texts[0].OneLiner = euros(300) }, nil},
		{"one-liner over its limit", func(p practice) { p.Texts[0].OneLiner = euros(301) }, []string{"oneLiner TOO_LONG"}},
		{"summary at its limit", func(p practice) { p.Texts[0].Summary = euros(4000) }, nil},
		{"summary over its limit", func(p practice) { p.Texts[0].Summary = euros(4001) }, []string{"summary TOO_LONG"}},
		{"text at its limit", func(p practice) { p.Texts[0].Situation = euros(20_000) }, nil},
		{"text over its limit", func(p practice) { p.Texts[0].Situation = euros(20_001) }, []string{"situation TOO_LONG"}},
		{"short text at its limit", func(p practice) { p.Metrics[1].Unit = euros(2000) }, nil},
		{"short text over its limit", func(p practice) { p.Metrics[1].Unit = euros(2001) }, []string{"metrics.1.unit TOO_LONG"}},
		{"name in a building block", func(p practice) { p.Texts[0].BuildingBlocks[1].Name = euros(201) }, []string{"buildingBlocks.1.name TOO_LONG"}},
		{"line breaks and tabs", func(p practice) { p.Texts[0].Action = "a\r\n\tb" }, nil},
		{"control character", func(p practice) { p.Texts[0].Action = "a\x07" }, []string{"action INVALID_FORMAT"}},
		{"invalid UTF-8", func(p practice) { p.Texts[0].Action = "a\xc3" }, []string{"action INVALID_FORMAT"}},
		{"other scripts and joiners", func(p practice) { p.Texts[0].Action = "Ελληνικά \u200d عربي 👩‍👧" }, nil},
		{"slug at its limit", func(p practice) { p.Slug = strings.Repeat("a", 100) }, nil},
		{"slug over its limit", func(p practice) { p.Slug = strings.Repeat("a", 101) }, []string{"slug TOO_LONG"}},
		{"slug in capitals", func(p practice) { p.Slug = "IRIS" }, []string{"slug INVALID_FORMAT"}},
		{"no slug", func(p practice) { p.Slug = "" }, []string{"slug REQUIRED"}},
		{"several faults at once", func(p practice) {
			p.Texts[0].Title, p.Texts[0].Summary, p.Texts[1].Action = euros(201), "\x00", "\x00"
		}, []string{"title TOO_LONG", "summary INVALID_FORMAT", "texts.sr-Cyrl.action INVALID_FORMAT"}},
	})
}

func TestProblemsOfEntries(t *testing.T) {
	t.Parallel()
	type practice = *knowledge.Practice
	problems(t, knowledge.KindPractice, []problemCase[practice]{
		{"no source language", func(p practice) { p.SourceLanguage = "" }, []string{"language INVALID_FORMAT", "language REQUIRED"}},
		{"source language in the wrong case", func(p practice) { p.SourceLanguage = "EN" }, []string{"language INVALID_FORMAT", "language REQUIRED"}},
		{"bad language tag in the record and its texts", func(p practice) {
			p.SourceLanguage, p.Texts[0].Language = "english!", "english!"
		}, []string{"language INVALID_FORMAT"}},
		{"no texts in the source language", func(p practice) { p.Texts = p.Texts[1:] }, []string{"language REQUIRED"}},
		{"no texts", func(p practice) { p.Texts = nil }, []string{"language REQUIRED"}},
		{"two blocks in the source language", func(p practice) { p.Texts[1].Language = "en" }, []string{"language DUPLICATE"}},
		{"two blocks in another language", func(p practice) { p.Texts = append(p.Texts, p.Texts[1]) }, []string{"language DUPLICATE"}},
		{"bad language tag in a translation", func(p practice) { p.Texts[1].Language = "x" }, []string{"texts.x.language INVALID_FORMAT"}},
		{"primary theme not among the themes", func(p practice) { p.PrimaryThemeID = new(knowledge.ID("TH_x")) }, []string{"primaryTheme UNKNOWN"}},
		{"no primary theme", func(p practice) { p.PrimaryThemeID = nil }, nil},
		{"authority named twice", func(p practice) { p.Contributors[1].AuthorityID = p.Contributors[0].AuthorityID }, []string{"authorities.1.id DUPLICATE"}},
		{"role of an authority", func(p practice) { p.Contributors[1].Role = "KING" }, []string{"authorities.1.role UNKNOWN"}},
		{"country in lower case", func(p practice) { p.CountryCodes[0] = "es" }, []string{"countries.0 INVALID_FORMAT"}},
		{"country of three letters", func(p practice) { p.CountryCodes[0] = "ESP" }, []string{"countries.0 INVALID_FORMAT"}},
		{"empty country", func(p practice) { p.CountryCodes[1] = "" }, []string{"countries.1 REQUIRED"}},
		{"language of a source", func(p practice) { p.Sources[0].Language = new(knowledge.LanguageTag("")) }, []string{"sources.0.language INVALID_FORMAT"}},
		{"all lists empty", func(p practice) {
			p.EntryCore = knowledge.EntryCore{Meta: p.Meta, SourceLanguage: "en"}
			*p = knowledge.Practice{EntryCore: p.EntryCore, Texts: p.Texts[:1]}
		}, nil},
	})
}

func TestProblemsInGreatNumber(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Practice("iris")
	p.Media = make([]knowledge.Media, knowledge.MaxItems)
	for i := range p.Media {
		p.Media[i] = knowledge.Media{URL: "\x00", Alt: "\x00", Rights: "\x00"}
	}
	if got := p.Problems(); len(got) != 100 {
		t.Errorf("there are %d problems, want the first 100", len(got))
	}
}

func TestProblemsOfValues(t *testing.T) {
	t.Parallel()
	type practice = *knowledge.Practice
	date := func(s string) *knowledge.Date { return new(knowledge.Date(s)) }
	problems(t, knowledge.KindPractice, []problemCase[practice]{
		{"period of one day", func(p practice) { p.Period.Start, p.Period.End = "2012-12-17", date("2012-12-17") }, nil},
		{"period reversed", func(p practice) { p.Period.Start, p.Period.End = "2012-12-17", date("2012-12-16") }, []string{"period.end OUT_OF_RANGE"}},
		{"period without an end", func(p practice) { p.Period.End = nil }, nil},
		{"period without a start", func(p practice) { p.Period.Start = "" }, []string{"period.start INVALID_FORMAT"}},
		{"both ends bad", func(p practice) { p.Period.Start, p.Period.End = "2012", date("") }, []string{"period.start INVALID_FORMAT", "period.end INVALID_FORMAT"}},
		{"precision of a period", func(p practice) { p.Period.Precision = "WEEK" }, []string{"period.precision UNKNOWN"}},
		{"no precision", func(p practice) { p.Period.Precision = "" }, []string{"period.precision REQUIRED"}},
		{"29 February in a leap year", func(p practice) { p.NextCheckDue = date("2028-02-29") }, nil},
		{"29 February in another year", func(p practice) { p.NextCheckDue = date("2027-02-29") }, []string{"nextCheckDue INVALID_FORMAT"}},
		{"day with a time", func(p practice) { p.NextCheckDue = date("2027-02-28T00:00:00Z") }, []string{"nextCheckDue INVALID_FORMAT"}},
		{"first and last year", func(p practice) { p.Period.Start, p.Period.End = "1000-01-01", date("2200-12-31") }, nil},
		{"year before the first", func(p practice) { p.Metrics[0].Date = date("0999-12-31") }, []string{"metrics.0.date INVALID_FORMAT"}},
		{"year after the last", func(p practice) { p.Metrics[0].Date = date("2201-01-01") }, []string{"metrics.0.date INVALID_FORMAT"}},
		{"year of an award", func(p practice) { *p.Awards[1].Year = 999 }, []string{"awards.1.year OUT_OF_RANGE"}},
		{"years at their limits", func(p practice) { *p.Awards[0].Year, *p.Awards[1].Year = 1000, 2200 }, nil},
		{"greatest amount", func(p practice) { p.Costs[0].Money.Amount = "123456789012345.1234" }, nil},
		{"amount with grouping", func(p practice) { p.Costs[0].Money.Amount = "1,250" }, []string{"costs.0.money.amount INVALID_FORMAT"}},
		{"amount with a comma", func(p practice) { p.Costs[0].Money.Amount = "12,5" }, []string{"costs.0.money.amount INVALID_FORMAT"}},
		{"negative amount", func(p practice) { p.Costs[0].Money.Amount = "-1" }, []string{"costs.0.money.amount INVALID_FORMAT"}},
		{"amount with an exponent", func(p practice) { p.Costs[0].Money.Amount = "1e6" }, []string{"costs.0.money.amount INVALID_FORMAT"}},
		{"amount of 16 digits", func(p practice) { p.Costs[0].Money.Amount = "1234567890123456" }, []string{"costs.0.money.amount INVALID_FORMAT"}},
		{"no amount", func(p practice) { p.Funding[1].Money.Amount = "" }, []string{"funding.1.money.amount INVALID_FORMAT"}},
		{"currency sign", func(p practice) { p.Costs[0].Money.Currency = "€" }, []string{"costs.0.money.currency INVALID_FORMAT"}},
		{"currency in lower case", func(p practice) { p.Costs[0].Money.Currency = "eur" }, []string{"costs.0.money.currency INVALID_FORMAT"}},
		{"poles and the date line", func(p practice) { *p.Places[0].Point = knowledge.GeoPoint{Latitude: -90, Longitude: 180} }, nil},
		{"the other pole, and the other side of the line", func(p practice) { *p.Places[0].Point = knowledge.GeoPoint{Latitude: 90, Longitude: -180} }, nil},
		{"beyond the pole", func(p practice) { p.Places[0].Point.Latitude = 90.01 }, []string{"places.0.point.latitude OUT_OF_RANGE"}},
		{"beyond the date line", func(p practice) { p.Places[0].Point.Longitude = -180.01 }, []string{"places.0.point.longitude OUT_OF_RANGE"}},
		{"shares at their limits", func(p practice) { *p.Funding[0].Share, *p.Funding[1].Share = 0, 100 }, nil},
		{"share over 100", func(p practice) { *p.Funding[0].Share = 100.5 }, []string{"funding.0.share OUT_OF_RANGE"}},
		{"negative share", func(p practice) { *p.Funding[0].Share = -1 }, []string{"funding.0.share OUT_OF_RANGE"}},
		{"nobody reached", func(p practice) { *p.Reach.DirectCount = 0 }, nil},
		{"fewer than nobody", func(p practice) { *p.Reach.HouseholdCount = -1 }, []string{"reach.householdCount OUT_OF_RANGE"}},
		{"negative metrics are numbers", func(p practice) { p.Metrics[0].Value = -12.5 }, nil},
	})
}

func TestProblemsOfAddresses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url, email string
		isURL, isEmail   bool
	}{
		{"full addresses", "https://example.org/a?b=c#d", "name@example.org", true, true},
		{"plain http, and a tag", "http://www.coe.int/t/congress/sessions/21/roma_en.asp?toPrint=yes&", "first.last+tag@mail.example.org", true, true},
		{"accents", "https://example.org/ș", "andré@example.org", true, true},
		{"no scheme, no domain", "example.org", "name", false, false},
		{"another scheme, an empty name", "javascript:alert(1)", "@example.org", false, false},
		{"a file, with a display name", "file:///etc/passwd", "Name <name@example.org>", false, false},
		{"no host, a space", "https:///path", "na me@example.org", false, false},
		{"a port alone, two addresses", "https://:443/", "a@example.org, b@example.org", false, false},
		{"a space in the host, a line break", "https://exa mple.org", "name@example.org\n", false, false},
		{"a line break", "https://example.org/\n", "name@example.org\nBcc: other@example.org", false, false},
		{"relative", "//example.org", "name@", false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := knowledgetest.Practice("iris")
			p.Contacts = []knowledge.Contact{{Email: &test.email, URL: &test.url, Visibility: knowledge.ContactPublic}}
			p.Metrics = []knowledge.Metric{{SourceURL: &test.url}}
			theme := knowledgetest.Theme("housing", "Housing")
			theme.ExactMatches = []string{"https://example.org", test.url}
			authority := knowledgetest.Authority("madrid", "Madrid", "ES")
			authority.Website = &test.url
			var ofPractice, ofTheme, ofAuthority []string
			if !test.isEmail {
				ofPractice = append(ofPractice, "contacts.0.email INVALID_FORMAT")
			}
			if !test.isURL {
				ofPractice = append(ofPractice, "contacts.0.url INVALID_FORMAT", "metrics.0.sourceUrl INVALID_FORMAT")
				ofTheme, ofAuthority = []string{"exactMatches.1 INVALID_FORMAT"}, []string{"website INVALID_FORMAT"}
			}
			got := p.Problems()
			if len(got) > 1 && got[0].Path[0] == "metrics" { // Metrics and contacts may come in any order.
				got = append(got[1:], got[0])
			}
			expect(t, got, ofPractice...)
			expect(t, theme.Problems(), ofTheme...)
			expect(t, authority.Problems(), ofAuthority...)
		})
	}
}
