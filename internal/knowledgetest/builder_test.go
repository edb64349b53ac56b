package knowledgetest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestBuildersMakeValidRecords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		build knowledge.Entity
		kind  knowledge.Kind
		slug  string
	}{
		{knowledgetest.Practice("school-mediators", knowledgetest.Themed("education", "work"), knowledgetest.By("madrid", "cadiz"),
			knowledgetest.For("children"), knowledgetest.In("ES"), knowledgetest.From(2012)), knowledge.KindPractice, "school-mediators"},
		{knowledgetest.Lesson("start-early", knowledgetest.Titled("Start early"), knowledgetest.Summed("It pays.")), knowledge.KindLesson, "start-early"},
		{knowledgetest.Recommendation("rec-315", knowledgetest.Written("fr")), knowledge.KindRecommendation, "rec-315"},
		{knowledgetest.Theme("housing", "Housing", "ro:Locuire", "Homes"), knowledge.KindTheme, "housing"},
		{knowledgetest.TargetGroup("children"), knowledge.KindTargetGroup, "children"},
		{knowledgetest.Authority("madrid", "Madrid", "ES"), knowledge.KindAuthority, "madrid"},
		{knowledgetest.Country("ES", "Spain", "es:España"), knowledge.KindCountry, "es"},
		{knowledgetest.Organisation("ngo", "An NGO"), knowledge.KindOrganisation, "ngo"},
		{knowledgetest.Event("cadiz-2013", "Seminar in Cádiz"), knowledge.KindEvent, "cadiz-2013"},
		{knowledgetest.Study("evaluation", "An evaluation"), knowledge.KindStudy, "evaluation"},
		{knowledgetest.Token("secret", knowledge.RoleContributor, "madrid"), knowledge.KindToken, "tk-r2sxrcmqb2avkntlx2musrh6ie"},
	}
	for _, test := range tests {
		t.Run(string(test.kind), func(t *testing.T) {
			t.Parallel()
			m := test.build.Head()
			if err := test.build.Problems().Err(); err != nil {
				t.Errorf("problems: %v", err)
			}
			if test.build.Kind() != test.kind || m.ID.Kind() != test.kind || m.Slug != test.slug {
				t.Errorf("kind %s, id %s, slug %q", test.build.Kind(), m.ID, m.Slug)
			}
			if m.Revision != 1 || m.Status != knowledge.StatusPublished || m.CreatedAt != knowledge.Instant(m.CreatedAt) {
				t.Errorf("head = %+v, want a published first revision with an instant of the domain", m)
			}
			for _, r := range test.build.References() {
				if r.Target.Kind() == "" {
					t.Errorf("%v points at %q", r.Path, r.Target)
				}
			}
		})
	}
}

func TestOptionsSetWhatTheyName(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Practice("a", knowledgetest.Themed("housing"), knowledgetest.By("madrid", "cadiz"),
		knowledgetest.For("children"), knowledgetest.From(2012), knowledgetest.Standing(knowledge.StatusDraft))
	theme := knowledgetest.ID(knowledge.KindTheme, "housing")
	if len(p.ThemeIDs) != 1 || p.ThemeIDs[0] != theme || *p.PrimaryThemeID != theme {
		t.Errorf("themes = %v, primary %v, want %s", p.ThemeIDs, *p.PrimaryThemeID, theme)
	}
	want := []knowledge.Contributor{
		{AuthorityID: knowledgetest.ID(knowledge.KindAuthority, "madrid"), Role: "LEAD"},
		{AuthorityID: knowledgetest.ID(knowledge.KindAuthority, "cadiz"), Role: "PARTNER"},
	}
	if diff := cmp.Diff(want, p.Contributors); diff != "" {
		t.Errorf("contributors (-want +got):\n%s", diff)
	}
	if *p.Year() != 2012 || p.Status != knowledge.StatusDraft || p.PublishedAt != nil {
		t.Errorf("year %d, status %s, published %v", *p.Year(), p.Status, p.PublishedAt)
	}
}

func TestLabelsReadTheirLanguage(t *testing.T) {
	t.Parallel()
	got := knowledgetest.Theme("housing", "Housing", "ro:Locuire", "Homes", "Note: this").Labels
	want := []knowledge.Label{
		{Language: "en", Kind: "PREFERRED", Text: "Housing"},
		{Language: "ro", Kind: "PREFERRED", Text: "Locuire"},
		{Language: "en", Kind: "ALTERNATIVE", Text: "Homes"},
		{Language: "en", Kind: "ALTERNATIVE", Text: "Note: this"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestRevisedLeavesTheOriginalAlone(t *testing.T) {
	t.Parallel()
	first := knowledgetest.Practice("a")
	second := knowledgetest.Revised(first, func(p *knowledge.Practice) { p.Texts[0].Title = "Changed" })
	if first.Revision != 1 || first.Texts[0].Title == "Changed" {
		t.Errorf("the first revision became %d %q", first.Revision, first.Texts[0].Title)
	}
	if second.Revision != 2 || second.ID != first.ID || second.UpdatedAt.Sub(first.UpdatedAt) != time.Second {
		t.Errorf("the second revision is %d of %s at %s", second.Revision, second.ID, second.UpdatedAt)
	}
	gone := knowledgetest.Deleted(second)
	if !gone.Deleted || gone.Revision != 3 || gone.Edit.Action != knowledge.ActionDelete || second.Deleted {
		t.Errorf("the tombstone is %+v", gone.Meta)
	}
}
