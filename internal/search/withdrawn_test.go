package search_test

import (
	"fmt"
	"slices"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

// Nothing is learned again between the withdrawal and the questions.
func TestWhatIsWithdrawnIsNotSuggestedFromThenOn(t *testing.T) {
	t.Parallel()
	quartz := kt.Theme("quartz", "Quartz", "es:Cuarzo")
	quartz.HiddenLabels = []knowledge.Label{{Language: "en", Text: "zircon"}}
	renamed := kt.Theme("renamed", "Obsidian")
	entities := []knowledge.Entity{
		quartz, renamed, practice("x", "en", "Jazz evenings", "Vortex vortex."), practice("y", "en", "Jazz mornings", "Vortex."),
		practice("z", "en", "Quartz and jade", "Housing.", kt.Themed("quartz")),
	}
	x := filled(t, entities...)
	learn(t, x)
	for prefix, want := range map[string]string{
		"quar": "Quartz, Quartz and jade", "cuar": "Cuarzo", "zirc": "Quartz", "obsi": "Obsidian", "vort": "vortex", "even": "Jazz evenings",
	} {
		if got := suggested(suggest(t, x, prefix)); got != want {
			t.Errorf("before, %q: %s, want %s", prefix, got, want)
		}
	}
	named := func(text string) string {
		return fmt.Sprintf("%+v", find(t, x, knowledge.Listing{Text: text}).Interpretation.Filters)
	}
	before, early := named("theme:cuarzo jade"), named("theme:basalt jade")
	archived := *quartz
	archived.Status, archived.Revision = knowledge.StatusArchived, quartz.Revision+1
	other := *renamed
	other.Labels = []knowledge.Label{{Language: "en", Kind: knowledge.LabelPreferred, Text: "Basalt"}}
	other.Revision++
	withdrawn := kt.Revised(entities[2].(*knowledge.Practice), func(p *knowledge.Practice) { p.Status = knowledge.StatusWithdrawn }) //nolint:forcetypeassert // It is one.
	apply(t, x.Current(), "2", &archived, &other, withdrawn)
	for prefix, want := range map[string]string{
		"quar": "Quartz and jade", "cuar": "", "zirc": "", "obsi": "", "vort": "", "even": "", "jazz": "Jazz mornings",
	} {
		if got := suggested(suggest(t, x, prefix)); got != want {
			t.Errorf("after, %q: %s, want %s", prefix, got, want)
		}
	}
	if after := named("theme:cuarzo jade"); after == before || after != early {
		t.Errorf("a withdrawn theme is found by its name: %s, before %s", after, before)
	}
	if after := named("theme:basalt jade"); after == early {
		t.Errorf("a theme is not found by its new name: %s", after)
	}
}

// A word that partners and tokens alone have is none that others could find out by asking.
func TestNamesOfPartnersAndTokensAreUnknown(t *testing.T) {
	t.Parallel()
	x := filled(t, kt.Partner("quokka"), kt.Token("secret", knowledge.RoleEditor), practice("x", "en", "Jazz evenings", "Vortex."))
	learn(t, x)
	for _, viewer := range []knowledge.Actor{{}, {Role: knowledge.RoleEditor}, {ID: "TK_admin", Role: knowledge.RoleAdministrator}} {
		for _, text := range []string{"quokka", "editor"} {
			found := find(t, x, knowledge.Listing{Text: text, Viewer: viewer})
			if found.Total != 0 || !slices.Equal(found.Interpretation.Unknown, []string{text}) {
				t.Errorf("%q, asked by %q: %d results, unknown %q", text, viewer.Role, found.Total, found.Interpretation.Unknown)
			}
		}
	}
	if got := suggested(suggest(t, x, "quok")); got != "" {
		t.Errorf("suggested: %s", got)
	}
}
