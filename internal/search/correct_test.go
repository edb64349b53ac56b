package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

// corrections writes them as "word>instead".
func corrections(i *knowledge.Interpretation) string {
	var out []string
	for _, c := range i.Corrections {
		out = append(out, c.Word+">"+c.Instead)
	}
	return strings.Join(out, " ")
}

func TestWordsThatNoRecordHasAreCorrected(t *testing.T) {
	t.Parallel()
	entities := append(topical(30, 1), abroad()...)
	x := filled(t, entities...)
	tests := []struct {
		query, want string
		finds       string // a part of the slug of the first hit
	}{
		{"vaccinaton", "vaccinaton>vaccination", "2-"},
		{"Vacination", "Vacination>vaccination", "2-"},
		{"kindergraten lessons", "kindergraten>kindergarten", "1-"},
		{"(landlrod OR zzzzz)", "landlrod>landlord", "0-"},
		{"landlrod clinicc -teachres", "landlrod>landlord clinicc>clinic", ""}, // what is excluded is not corrected
		{"VACCINATON!", "VACCINATON>vaccination", "2-"},
		{"Wohnugen", "Wohnugen>wohnungen", "de-"},
		{"Ärztee krankenhus", "Ärztee>ärzte krankenhus>krankenhaus", "de-"},
		{"Kinderschule", "Kinderschule>kinder schule", "de-"}, // a compound of words that one record has
		{"Gartenschule", "", ""},                              // no record has both: it may be a name
		{"asentamineto", "asentamineto>asentamiento", "es-"},
		{"породцама", "породцама>породицама", "sr-cyrl-"},
		{"медијаторкма", "медијаторкма>медијаторкама", "sr-cyrl-"},
		{"cocuklrla", "cocuklrla>çocuklarla", "tr-"},
		{"socialhousing", "socialhousing>social housing", "0-"},
		{"vaccination", "", "2-"},
		{"cocuklarla", "", "tr-"},     // accents are no mistakes
		{`"vaccinaton"`, "", ""},      // nothing inside quotation marks
		{"vaccinato*", "", "2-"},      // nor a beginning
		{"zqx vaccination", "", "2-"}, // nothing is near
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query})
		if got := corrections(found.Interpretation); got != test.want {
			t.Errorf("%q: corrections %q, want %q", test.query, got, test.want)
		}
		got := slugs(found, entities)
		if test.finds != "" && (len(got) == 0 || !strings.HasPrefix(got[0], test.finds)) || test.query == `"vaccinaton"` && len(got) > 0 {
			t.Errorf("%q finds %v, want one of %s first", test.query, got, test.finds)
		}
	}
	literally := find(t, x, knowledge.Listing{Text: "vaccinaton", Reading: knowledge.Reading{NoCorrections: true}})
	if literally.Total != 0 || len(literally.Interpretation.Corrections) > 0 || !slices.Equal(literally.Interpretation.Unknown, []string{"vaccinaton"}) {
		t.Errorf("without corrections: %d, %+v", literally.Total, literally.Interpretation)
	}
}

func TestTheTextThatWasSearchedForIsTold(t *testing.T) {
	t.Parallel()
	x := filled(t, topical(30, 1)...)
	tests := []struct{ query, want string }{
		{"vaccinaton", "vaccination"},
		{"clinic  vaccinaton -landlrod year:2000..", "clinic vaccination -landlrod year:2000.."},
		{`"vaccinaton`, `"vaccinaton"`},
		{"(clinicc OR schoool)", "clinic OR school"},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query})
		if got := found.Interpretation.Text; got != test.want {
			t.Errorf("%q is searched for as %q, want %q", test.query, got, test.want)
		}
		again := find(t, x, knowledge.Listing{Text: found.Interpretation.Text, Reading: knowledge.Reading{NoCorrections: true}})
		if again.Total != found.Total {
			t.Errorf("%q finds %d, and %q %d", test.query, found.Total, found.Interpretation.Text, again.Total)
		}
	}
}

func TestRareWordsAreAskedAbout(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{practice("rare", "en", "Mediatros of the school", "Nothing else.")}
	for i := range 60 {
		entities = append(entities, practice(fmt.Sprintf("p%d", i), "en", "Mediators", fmt.Sprintf("Mediators of quarter %d.", i)))
	}
	x := filled(t, entities...)
	tests := []struct{ query, want string }{
		{"Mediatros", "mediators"},
		{"SCHOOL  Mediatros, year:..2030 -camps", "SCHOOL  mediators, year:..2030 -camps"},
		{"mediatros qarter", "mediators quarter"}, // with what was corrected
		{`"mediatros"`, ""},
		{"mediators", ""},
		{"qarter", ""},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query})
		if got := found.Interpretation.DidYouMean; got != test.want {
			t.Errorf("%q: did you mean %q, want %q", test.query, got, test.want)
		}
		found = find(t, x, knowledge.Listing{Text: test.query, Reading: knowledge.Reading{NoCorrections: true}})
		if got := found.Interpretation.DidYouMean; got != "" {
			t.Errorf("%q without corrections: did you mean %q", test.query, got)
		}
	}
	if found := find(t, x, knowledge.Listing{Text: "mediatros"}); len(found.Hits) != 1 || found.Hits[0].ID != entities[0].Head().ID {
		t.Errorf("asking changes what is found: %v", slugs(found, entities))
	}
}

// What only a draft says is unknown to the public: nothing that it is told depends on the draft.
func TestWordsOfDraftsAreUnknownToThePublic(t *testing.T) {
	t.Parallel()
	draft := practice("draft", "en", "Vaccinetion", "Xylophonist xylophonists zyxwvut.", kt.Standing(knowledge.StatusDraft), kt.By("rome"))
	with := filled(t, append(topical(30, 1), draft)...)
	without := filled(t, topical(30, 1)...)
	statuses := []knowledge.EditorialStatus{knowledge.StatusDraft, knowledge.StatusPublished}
	for _, query := range []string{"vaccinetion", "xylophonist", "clinic xylophonist", "zyxwvut school", "xylophonizt", "xylo*", "school OR zyxwvut"} {
		for _, asked := range [][]knowledge.EditorialStatus{nil, statuses} {
			l := knowledge.Listing{Text: query, Filter: knowledge.EntryFilter{Statuses: asked}, Facets: knowledge.FacetFields()}
			got, want := find(t, with, l), find(t, without, l)
			if a, b := fmt.Sprintf("%+v", *got.Interpretation), fmt.Sprintf("%+v", *want.Interpretation); a != b {
				t.Errorf("%q tells of the draft: %s, want %s", query, a, b)
			}
			if a, b := slugs(got, topical(30, 1)), slugs(want, topical(30, 1)); !slices.Equal(a, b) || got.Total != want.Total {
				t.Errorf("%q finds other records because of the draft: %v, want %v", query, a, b)
			}
		}
	}
	for _, viewer := range []knowledge.Actor{
		{Role: knowledge.RoleEditor},
		{ID: "TK_rome", Role: knowledge.RoleContributor, Authorities: []knowledge.ID{kt.ID(knowledge.KindAuthority, "rome")}},
	} {
		found := find(t, with, knowledge.Listing{Text: "vaccinetion", Viewer: viewer, Filter: knowledge.EntryFilter{Statuses: statuses}})
		if found.Total != 1 || len(found.Interpretation.Corrections) > 0 {
			t.Errorf("whoever may read the draft finds %d with %+v", found.Total, found.Interpretation)
		}
	}
}
