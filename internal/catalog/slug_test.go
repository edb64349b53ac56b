package catalog_test

import (
	"regexp"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestSlugComesFromTheTitle(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	tests := []struct{ name, title, want string }{
		{"spaces and signs", "  Homes, first & last!  ", "homes-first-last"},
		{"digits", "Plan 2014–2020", "plan-2014-2020"},
		{"Romanian", "Locuințe pentru toți în Cluj", "locuinte-pentru-toti-in-cluj"},
		{"Spanish", "Educación de los niños", "educacion-de-los-ninos"},
		{"German", "Straße für Schüler", "strasse-fur-schuler"},
		{"Polish", "Łódź dla wszystkich", "lodz-dla-wszystkich"},
		{"Turkish", "İzmir’in ışığı", "izmirin-isigi"},
		{"Danish and Icelandic", "Ærø og Þingvellir", "aero-og-thingvellir"},
		{"Azerbaijani", "Bakı şəhəri", "baki-seheri"},
		{"Vietnamese", "Đường Nguyễn Huệ", "duong-nguyen-hue"},
		{"letters of full width", "Ｈｏｍｅｓ", "homes"},
		{"ligatures", "ﬁrst oﬃce", "first-office"},
		{"Latin words between others", "Дом Dom στο Spiti", "dom-spiti"},
		{"an apostrophe", "L'école d’ici", "lecole-dici"},
		{"cut at a word", strings.Repeat("word ", 30), strings.TrimSuffix(strings.Repeat("word-", 14), "-")},
		{"one long word", strings.Repeat("w", 150), strings.Repeat("w", 70)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft(test.title), knowledge.Request{}))
			same(t, "slug", test.want, p.Slug)
		})
	}
}

func TestSlugOfOtherScriptsNamesTheKind(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	pattern := regexp.MustCompile(`^practice-[a-z2-7]{8}$`)
	seen := map[string]bool{}
	for _, title := range []string{"Жилье для всех", "Στέγαση", "საცხოვრებელი", "Բնակարան", "住宅", "سكن", "…"} {
		p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft(title), knowledge.Request{}))
		if !pattern.MatchString(p.Slug) || seen[p.Slug] {
			t.Errorf("%q has the slug %q", title, p.Slug)
		}
		seen[p.Slug] = true
	}
}

func TestSlugThatIsTakenGetsANumber(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	var got []string
	for range 5 {
		p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
		got = append(got, p.Slug)
	}
	same(t, "slugs", []string{"homes-first", "homes-first-2", "homes-first-3", "homes-first-4", "homes-first-5"}, got)
	last := saved[*knowledge.Practice](t)(r.Create(as(t, cluj()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
	same(t, "the slug after many", "homes-first-"+string(last.ID[3:11]), last.Slug)
	other := &knowledge.LessonChanges{}
	other.Title = new("Homes first")
	l := saved[*knowledge.LessonLearnt](t)(r.Create(as(t, cluj()), knowledge.KindLesson, "en", other, knowledge.Request{}))
	same(t, "the slug of another kind", "homes-first", l.Slug)
}

func TestChosenSlug(t *testing.T) {
	t.Parallel()
	r := newRig(t, knowledgetest.Practice("taken"))
	choose := func(slug string) *knowledge.PracticeChanges {
		c := draft("Some title")
		c.Slug = new(slug)
		return c
	}
	p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", choose("my.own/name-1"), knowledge.Request{}))
	same(t, "slug", "my.own/name-1", p.Slug)
	p = saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", choose(""), knowledge.Request{}))
	same(t, "the slug where none is chosen", "some-title", p.Slug)

	unchanged := r.mark(t)
	for _, request := range []knowledge.Request{{}, dry(), keyed("key")} {
		_, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", choose("taken"), request)
		refusal(t, err, knowledge.CodeSlugTaken, "slug")
		_, err = r.Update(as(t, madrid()), target(p), nil, choose("taken"), request)
		refusal(t, err, knowledge.CodeSlugTaken, "changes.slug")
	}
	unchanged()
	moved := saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, choose("moved"), knowledge.Request{}))
	p = saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", choose("some-title"), knowledge.Request{}))
	same(t, "the slug that the other gave up", []string{"moved", "some-title"}, []string{moved.Slug, p.Slug})
}

func TestSlugOfANarrowerThemeFollowsItsBroader(t *testing.T) {
	t.Parallel()
	long := knowledgetest.Theme(strings.Repeat("long-", 18)+"end", "Long")
	r := newRig(t, long)
	tests := []struct{ name, label, broader, want string }{
		{"a theme of its own", "Rights", "", "rights"},
		{"a narrower theme", "Rent aid", "housing", "housing/rent-aid"},
		{"two steps down", "Co-operatives", "housing/social", "housing/social/co-operatives"},
		{"taken", "Social", "housing", "housing/social-2"},
		{"no room for both", "Short", long.Slug, "short"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			input := labelled(test.label)
			if test.broader != "" {
				input.Broader = new(test.broader)
			}
			got := saved[*knowledge.Theme](t)(r.Create(as(t, editor()), knowledge.KindTheme, "", input, knowledge.Request{}))
			same(t, "slug", test.want, got.Slug)
		})
	}
}
