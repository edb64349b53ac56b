package e2e_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// findsByAnyName asks what people in different countries would type, and finds what they mean.
func (b *browser) findsByAnyName(site server) {
	b.t.Helper()
	tests := []struct {
		text  string
		first []string // one of them comes first; none where nothing is to be found
		want  []string // in the answer
	}{
		{"vivienda", []string{"madrid-iris-15-years"}, nil},
		{"logement", []string{"strasbourg-slum-exit"}, nil},
		{"locuințe sociale", []string{"romania-300-homes-pilot"}, nil},
		{"housng", []string{"brno-rapid-rehousing"}, []string{`"word": "housng"`, `"instead": "housing"`}},
		{"lakhatás", []string{"rome-lombroso-closure"}, []string{`"label": "Housing"`}},
		{"стамбено", []string{"rome-lombroso-closure"}, nil},
		{"Torino", []string{"turin-possible-city"}, []string{`"label": "Turin"`}},
		{"Turin", []string{"turin-possible-city"}, nil},
		{"Gent", []string{"ghent-circulation-plan", "ghent-stewards"}, []string{`"label": "Ghent"`, "ghent-circulation-plan"}},
		{"Ghent", []string{"ghent-circulation-plan", "ghent-stewards"}, nil},
		{"Beyoğlu", nil, []string{`"totalCount": 0`, `"label": "Beyoğlu"`}},
		{"Beyoglu", nil, []string{`"totalCount": 0`, `"label": "Beyoğlu"`}},
		{"Sinti", []string{"padua-sinti-flats"}, []string{`"label": "Roma and Travellers"`}},
		{"Manouche", []string{"padua-sinti-flats"}, []string{`"label": "Sinti / Manush"`}},
		{"Travellers", []string{"dublin-pavee-point-health", "longford-traveller-health"}, nil},
		{"gens du voyage", []string{"namur-lives-sur-meuse"}, nil},
		{"scholarshps", []string{"north-macedonia-stay-at-school"}, []string{`"instead": "scholarships"`}},
		{"JUSTROM", []string{"fuenlabrada-community-policing"}, []string{`"instead": "justrom3"`, `"totalCount": 1`}},
		{"Flüchtlinge Zentrum", []string{"sisli-refugee-centre", "sultanbeyli-refugees"}, []string{`"didYouMean": "Flüchtlinge centrum"`}},
		{"theme:housing country:ro", []string{"cluj-pata-2"}, []string{`"totalCount": 6`, `"field": "theme"`, `"field": "country"`, `"value": "RO"`}},
		{"theme:housing/self-build", []string{"rankovce-self-build"}, []string{`"totalCount": 4`, `"value": "housing/self-build"`}},
	}
	b.window(deskWidth, tallHeight)
	defer b.window(deskWidth, deskHeight)
	for i, test := range tests {
		query := fmt.Sprintf("query Q%d {\n q%d: search(text: %+q, first: 3) {\n totalCount didYouMean nodes { slug }\n"+
			" interpretation { corrections { word instead } synonyms { label } filters { field value } } } }", i, i, test.text)
		b.open(site.url + "/playground?" + url.Values{"query": {query}}.Encode())
		b.waitForText(queryEditor, fmt.Sprintf("query Q%d", i))
		b.run()
		b.waitForText(responsePane, fmt.Sprintf(`"q%d"`, i))
		answer := b.waitForText(responsePane, `"filters"`)
		if got := firstSlug(answer); !isOneOf(got, test.first) {
			b.t.Errorf("%q finds %q first, want one of %q, in\n%s", test.text, got, test.first, answer)
		}
		for _, want := range test.want {
			if !strings.Contains(answer, want) {
				b.t.Errorf("%q: no %s in\n%s", test.text, want, answer)
			}
		}
	}
}

// firstSlug is the first slug of an answer; "" where it has none.
func firstSlug(answer string) string {
	_, after, _ := strings.Cut(answer, `"slug": "`)
	slug, _, _ := strings.Cut(after, `"`)
	return slug
}

func isOneOf(slug string, wanted []string) bool {
	return slices.Contains(wanted, slug) || slug == "" && len(wanted) == 0
}
