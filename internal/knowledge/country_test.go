package knowledge_test

import (
	"testing"

	"goodpractice/internal/knowledge"
)

func TestCountryCodesAreAssignedOrNot(t *testing.T) {
	t.Parallel()
	for code, want := range map[knowledge.CountryCode]bool{
		"AD": true, "ES": true, "GB": true, "GR": true, "XK": true, "ZW": true, "TR": true,
		"XX": false, "UK": false, "EL": false, "EU": false, "ZZ": false, "es": false, "": false, "E": false, "S ": false, "ESP": false, "D A": false,
	} {
		if got := code.IsAssigned(); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
	n := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if knowledge.CountryCode([]rune{a, b}).IsAssigned() {
				n++
			}
		}
	}
	if n != 250 {
		t.Errorf("%d codes are assigned, want the 249 of ISO 3166-1 and XK", n)
	}
}
