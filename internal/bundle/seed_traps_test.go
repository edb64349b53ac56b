package bundle_test

import (
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

func TestSeedKeepsMadridAndItsRegionApart(t *testing.T) {
	t.Parallel()
	s := planted(t)
	region := get[*knowledge.Authority](t, s, knowledge.KindAuthority, "madrid-region")
	city := get[*knowledge.Authority](t, s, knowledge.KindAuthority, "madrid")
	if region.Type != "REGION" || city.Type != "MUNICIPALITY" || city.ParentID == nil || *city.ParentID != region.ID {
		t.Errorf("region %s, city %s of %v", region.Type, city.Type, city.ParentID)
	}
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "madrid-iris-15-years")
	if len(p.Contributors) != 1 || p.Contributors[0].AuthorityID != region.ID {
		t.Errorf("the IRIS programme is of %v, want the region", p.Contributors)
	}
}

func TestSeedKeepsAshkaliAndEgyptiansApart(t *testing.T) {
	t.Parallel()
	s := planted(t)
	both := get[*knowledge.TargetGroup](t, s, knowledge.KindTargetGroup, "balkan-egyptians")
	for _, slug := range []string{"ashkali", "egyptians"} {
		g := get[*knowledge.TargetGroup](t, s, knowledge.KindTargetGroup, slug)
		if g == nil || g.BroaderID == nil || *g.BroaderID != both.ID {
			t.Errorf("%s is no group of its own under Balkan Egyptians", slug)
		}
	}
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "mitrovica-mahalla-return")
	for _, slug := range []string{"ashkali", "egyptians"} {
		if !slices.Contains(p.TargetGroupIDs, knowledge.DeriveID(knowledge.KindTargetGroup, "seed", slug)) {
			t.Errorf("the practice is not for %s", slug)
		}
	}
}

func TestSeedShowsTheExplanationOfTheUmbrellaTerm(t *testing.T) {
	t.Parallel()
	g := get[*knowledge.TargetGroup](t, planted(t), knowledge.KindTargetGroup, "roma-and-travellers")
	g.Localise(nil)
	if !strings.Contains(g.ScopeNote, "umbrella for a wide diversity of groups") || len(g.HistoryNotes) != 5 ||
		!strings.HasPrefix(g.HistoryNotes[0].Text, "1969:") {
		t.Errorf("scope note %q, history %v", g.ScopeNote, g.HistoryNotes)
	}
	for _, n := range slices.Concat(g.ScopeNotes, g.HistoryNotes) {
		if len(n.SourceURLs) != 5 || n.SourceURLs[2] != "https://rm.coe.int/1680088eab" {
			t.Errorf("the sources of %q are %q, want the five of the footnote", n.Text, n.SourceURLs)
		}
	}
}

func TestSeedCreditsPositions(t *testing.T) {
	t.Parallel()
	for _, e := range seed(t) {
		if a, ok := e.(*knowledge.Authority); ok && a.Point != nil {
			if a.Point.Source == nil || !strings.Contains(*a.Point.Source, "GeoNames") || !strings.Contains(*a.Point.Source, "CC BY 4.0") {
				t.Errorf("%s: the position is credited to %v", a.Slug, a.Point.Source)
			}
		}
	}
}

func TestSeedNamesAuthoritiesAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	s := planted(t)
	for _, c := range []struct {
		slug  string
		names []string
	}{
		{"torino", []string{"Torino", "Turin"}},
		{"ghent", []string{"Ghent", "Gent", "Gand"}},
		{"resita", []string{"Reșița", "Reşiţa", "Resita"}},
		{"beyoglu", []string{"Beyoğlu", "Beyoglu", "Beyoglu / Istanbul"}},
		{"madrid-region", []string{"Madrid (region)", "Madrid (autonomous region)", "Comunidad de Madrid"}},
		{"southwark", []string{"Southwark", "Southwark (London)"}},
		{"acharnes", []string{"Acharnes", "Acharnés", "Αχαρνές"}},
	} {
		a := get[*knowledge.Authority](t, s, knowledge.KindAuthority, c.slug)
		if a == nil {
			t.Errorf("there is no authority %s", c.slug)
			continue
		}
		for _, name := range c.names {
			if !slices.ContainsFunc(a.Names, func(l knowledge.Label) bool { return l.Text == name }) {
				t.Errorf("%s is not called %s", c.slug, name)
			}
		}
	}
	if get[*knowledge.Authority](t, s, knowledge.KindAuthority, "region-of-yorkshire") != nil {
		t.Error("Yorkshire is no single authority")
	}
}

func TestSeedCountsAttendanceAsNoMembership(t *testing.T) {
	t.Parallel()
	for _, e := range seed(t) {
		a, ok := e.(*knowledge.Authority)
		if !ok {
			continue
		}
		for _, m := range a.Memberships {
			if strings.Contains(*m.Role, "not proof") != (m.Status == "ATTENDED") && !strings.Contains(*m.Role, "presented") {
				t.Errorf("%s: %q is %s", a.Slug, *m.Role, m.Status)
			}
			if m.Network == "" || m.SourceURL == nil {
				t.Errorf("%s: membership %+v", a.Slug, m)
			}
		}
	}
}

func TestSeedHasTheMadridSeminar(t *testing.T) {
	t.Parallel()
	s := planted(t)
	e := get[*knowledge.Event](t, s, knowledge.KindEvent, "madrid-housing-seminar-2012")
	study := get[*knowledge.Study](t, s, knowledge.KindStudy, "leaving-the-slums-behind")
	if e.Period.Start != "2012-12-17" || *e.Period.End != "2012-12-17" || len(e.Participants) != 12 || len(e.OrganiserIDs) != 2 {
		t.Errorf("period %+v, %d participants, %d organisers", e.Period, len(e.Participants), len(e.OrganiserIDs))
	}
	for _, p := range e.Participants {
		isYorkshire := p.Label == "Region of Yorkshire"
		if isYorkshire && (p.AuthorityID != nil || *p.CountryCode != "GB") {
			t.Errorf("Yorkshire is linked: %+v", p)
		}
		if p.AuthorityID == nil && p.OrganisationID == nil && !isYorkshire && !strings.HasPrefix(p.Label, "Nine other") {
			t.Errorf("%s is not linked", p.Label)
		}
	}
	if !slices.Contains(e.PresentedIDs, study.ID) {
		t.Error("the seminar did not present the study")
	}
	if *study.Independence != "PARTNER" || study.EvidenceLevel != knowledge.EvidenceUngraded || study.Method != nil || study.Year != nil {
		t.Errorf("study: %s, %s, method %v, year %v", *study.Independence, study.EvidenceLevel, study.Method, study.Year)
	}
	lesson := get[*knowledge.LessonLearnt](t, s, knowledge.KindLesson, "madrid-warwick-evaluation")
	if len(lesson.Evidence) != 1 || lesson.Evidence[0].StudyID != study.ID || lesson.Evidence[0].Accepted {
		t.Errorf("evidence of the lesson: %+v", lesson.Evidence)
	}
	if w := get[*knowledge.Event](t, s, knowledge.KindEvent, "budapest-education-workshop-2012"); len(w.Participants) != 7 {
		t.Errorf("the workshop had %d participants, want 7", len(w.Participants))
	}
}

func TestSeedLeavesOpenWhatTheSourcesDoNotSay(t *testing.T) {
	t.Parallel()
	s := planted(t)
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "codlea-property-titles") // "not stated"
	if p.Period != nil || p.Lifecycle != nil || p.Targeting != nil || p.Transfer != nil || len(p.Metrics) > 0 || len(p.Contacts) > 0 {
		t.Errorf("something was made up: %+v", p)
	}
	if len(p.Completeness().Missing) == 0 {
		t.Error("nothing shows as missing")
	}
	derived := get[*knowledge.Practice](t, s, knowledge.KindPractice, "madrid-iris-15-years")
	if !slices.Equal(derived.Provenance.Derived, []string{"learnt"}) || *derived.Provenance.SuggestedEvidence != 2 {
		t.Errorf("provenance %+v", derived.Provenance)
	}
}

func TestSeedMergesNamesOfOneOrganisation(t *testing.T) {
	t.Parallel()
	o := get[*knowledge.Organisation](t, planted(t), knowledge.KindOrganisation, "iris")
	if o.ParentID == nil || *o.ParentID != knowledge.DeriveID(knowledge.KindAuthority, "seed", "madrid-region") {
		t.Errorf("IRIS belongs to %v, want the Region of Madrid", o.ParentID)
	}
	o.Localise([]knowledge.LanguageTag{"es"})
	if !slices.Contains(o.AlternativeNames(), "IRIS") || !strings.Contains(o.Name, "Instituto de Realojamiento") {
		t.Errorf("%q, also %q", o.Name, o.AlternativeNames())
	}
}

func TestPlantFinishesWhatWasInterrupted(t *testing.T) {
	t.Parallel()
	s, all := newMemory(), seed(t)
	if _, err := bundle.Plant(t.Context(), s, all[:300]); err != nil {
		t.Fatal(err)
	}
	changed := all[0].Head().ID
	change(t, s, knowledge.Clone(all[0]).(*knowledge.Country), func(c *knowledge.Country) { c.IsCouncilOfEurope = !c.IsCouncilOfEurope })
	n, err := bundle.Plant(t.Context(), s, seed(t))
	if err != nil || n != len(all)-300 {
		t.Errorf("Plant = %d, %v; want %d", n, err, len(all)-300)
	}
	if got := len(s.states[changed]); got != 2 {
		t.Errorf("the changed record has %d revisions, want the 2 that it had", got)
	}
}
