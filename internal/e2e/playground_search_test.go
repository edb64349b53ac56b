package e2e_test

import (
	"fmt"
	"net/url"
	"strings"
)

// findsByAnyName asks what people in different countries would type, and finds what they mean.
func (b *browser) findsByAnyName(site server) {
	b.t.Helper()
	tests := []struct {
		text string
		want []string // in the answer
	}{
		{"vivienda", []string{"housing/", "madrid-iris-15-years"}},
		{"logement", []string{"housing/", "strasbourg-slum-exit"}},
		{"locuințe sociale", []string{"romania-300-homes-pilot"}},
		{"housng", []string{"housing/", `"instead": "housing"`}},
		{"lakhatás", []string{"housing/", "Housing"}},
		{"стамбено", []string{"housing/"}},
		{"Torino", []string{"turin-possible-city"}},
		{"Gent", []string{"ghent-circulation-plan"}},
		{"Turin", []string{"turin-possible-city"}},
		{"Sinti", []string{"padua-sinti-flats"}},
		{"Travellers", []string{"dublin-pavee-point-health"}},
		{"Manouche", []string{"padua-sinti-flats"}},
		{"gens du voyage", []string{"namur-lives-sur-meuse"}},
		{"scholarshps", []string{"north-macedonia-stay-at-school", `"instead": "scholarships"`}},
		{"theme:housing country:ro", []string{`"field": "country"`, "housing/"}},
	}
	b.window(deskWidth, tallHeight)
	defer b.window(deskWidth, deskHeight)
	for i, test := range tests {
		query := fmt.Sprintf("query Q%d {\n q%d: search(text: %+q, first: 3) {\n totalCount nodes { slug themes { slug } }\n"+
			" interpretation { corrections { word instead } synonyms { label } filters { field value } } } }", i, i, test.text)
		b.open(site.url + "/playground?" + url.Values{"query": {query}}.Encode())
		b.waitForText(queryEditor, fmt.Sprintf("query Q%d", i))
		b.run()
		b.waitForText(responsePane, fmt.Sprintf(`"q%d"`, i))
		answer := b.waitForText(responsePane, `"filters"`)
		for _, want := range test.want {
			if !strings.Contains(answer, want) {
				b.t.Errorf("%q: no %s in\n%s", test.text, want, answer)
			}
		}
	}
}
