package knowledge_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestEncodeAndDecodeKeepEverything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(knowledge.Kinds()).Draw(t, "kind")
		e := knowledgetest.Fill(kind, rapid.Uint64Max(1000).Draw(t, "seed"))
		b, err := knowledge.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		got, err := knowledge.Decode(kind, b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, got); diff != "" {
			t.Fatalf("decoded (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(e, knowledge.Clone(e)); diff != "" {
			t.Fatalf("clone (-want +got):\n%s", diff)
		}
	})
}

func TestChosenTextsAreNotStored(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 1)
		before := encoded(t, e)
		e.Localise([]knowledge.LanguageTag{"sr-Cyrl"})
		if after := encoded(t, e); after != before {
			t.Errorf("%s is stored otherwise after Localise", kind)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 1)
		before := encoded(t, e)
		c := knowledge.Clone(e)
		for _, l := range leaves(c) {
			l.value.SetZero()
		}
		*c.Head() = knowledge.Meta{}
		if encoded(t, e) != before {
			t.Errorf("a change in a clone of %s is seen in the original", kind)
		}
		if encoded(t, c) == before {
			t.Errorf("the clone of %s did not change", kind)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind knowledge.Kind
		text string
		want string
	}{
		"an unknown kind": {"WATCH", "{}", `unknown kind "WATCH"`},
		"no JSON":         {knowledge.KindTargetGroup, "{", "decode target group: "},
		"another type":    {knowledge.KindPractice, `{"texts": 1}`, "decode practice: "},
		"nothing":         {knowledge.KindPractice, "", "decode practice: "},
	} {
		if e, err := knowledge.Decode(test.kind, []byte(test.text)); err == nil || e != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: Decode = %v, %v, want an error with %q", name, e, err, test.want)
		}
	}
}

func TestEncodeRefusesWhatJSONCannotSay(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Practice("iris")
	p.Metrics = []knowledge.Metric{{Value: math.NaN()}}
	if b, err := knowledge.Encode(p); err == nil || b != nil || !strings.Contains(err.Error(), string(p.ID)) {
		t.Errorf("Encode = %s, %v, want an error that names the record", b, err)
	}
	defer func() {
		if r := recover(); r == nil {
			t.Error("Clone of a record that cannot be encoded does not panic")
		}
	}()
	knowledge.Clone(p)
}

func TestInstant(t *testing.T) {
	t.Parallel()
	given := time.Date(2012, 12, 17, 10, 30, 0, 123_456_789, time.FixedZone("CET", 3600))
	want := time.Date(2012, 12, 17, 9, 30, 0, 123_000_000, time.UTC)
	if got := knowledge.Instant(given); got != want {
		t.Errorf("Instant(%v) = %v, want %v", given, got, want)
	}
}

// FuzzDecode looks for a stored form that breaks what is done with every record that was read.
func FuzzDecode(f *testing.F) {
	for i, kind := range knowledge.Kinds() {
		b, err := knowledge.Encode(knowledgetest.Fill(kind, 1))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, b)
	}
	f.Add(0, []byte(`{"texts":[{},{"language":"-"}],"period":{"start":"€€€€"},"sourceLanguage":"x"}`))
	f.Fuzz(func(t *testing.T, i int, b []byte) {
		if i < 0 || i >= len(knowledge.Kinds()) {
			return
		}
		e, err := knowledge.Decode(knowledge.Kinds()[i], b)
		if err != nil {
			return
		}
		_ = e.Problems()
		e.References()
		e.Localise([]knowledge.LanguageTag{"ro", ""})
		if entry, ok := e.(knowledge.Entry); ok {
			if c := entry.Completeness(); c.Score < 0 || c.Score > 100 {
				t.Errorf("completeness = %d", c.Score)
			}
			entry.Core().Year()
			_ = knowledge.SubmitProblems(entry)
		}
		once := knowledge.Clone(e)
		if !reflect.DeepEqual(once, knowledge.Clone(once)) {
			t.Errorf("a clone of a clone differs: %s", b)
		}
	})
}

// TestDecodeReadsFormerKeys reads what earlier versions wrote. What looks like a key in a text is none.
func TestDecodeReadsFormerKeys(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Practice("old", knowledgetest.Titled(`They said "partners":[] and left`))
	p.Partnerships = []knowledge.Partnership{{OrganisationID: knowledgetest.ID(knowledge.KindOrganisation, "office")}}
	now, err := knowledge.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	former := strings.Replace(string(now), `"partnerships":`, `"partners":`, 1)
	if former == string(now) {
		t.Fatal("there is no such key")
	}
	for _, text := range []string{former, string(now)} {
		read, err := knowledge.Decode(knowledge.KindPractice, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := knowledge.Encode(read); string(again) != string(now) {
			t.Errorf("%s was read as %s", text, again)
		}
	}
}
