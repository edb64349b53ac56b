package knowledgetest_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestFillSetsEveryStoredField(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			got := unset(reflect.ValueOf(knowledgetest.Fill(kind, 7)).Elem(), "")
			if len(got) != 1 || !strings.HasSuffix(got[0], ".Meta.Deleted") {
				t.Errorf("fields left at zero: %q, want only Meta.Deleted", got)
			}
		})
	}
}

func TestUnsetFindsWhatIsMissing(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Fill(knowledge.KindPractice, 7).(*knowledge.Practice)
	p.Metrics[1].Unit = ""
	p.Reach = nil
	p.Links = nil
	got := unset(reflect.ValueOf(p).Elem(), "")
	want := []string{".EntryCore.Meta.Deleted", ".Metrics[1].Unit", ".Reach", ".Links"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unset (-want +got):\n%s", diff)
	}
}

// unset lists the stored fields that are zero or empty, wherever they stand.
func unset(v reflect.Value, path string) []string {
	if v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 {
		return []string{path}
	}
	var out []string
	switch v.Kind() {
	case reflect.Pointer:
		return unset(v.Elem(), path)
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, unset(v.Index(i), fmt.Sprintf("%s[%d]", path, i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				out = append(out, unset(v.Field(i), path+"."+f.Name)...)
			}
		}
	}
	return out
}

func TestFillIsValid(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		for seed := range uint64(40) {
			e := knowledgetest.Fill(kind, seed)
			if err := e.Problems().Err(); err != nil {
				t.Errorf("Fill(%s, %d) has problems: %v", kind, seed, err)
			}
			if got := e.Head().ID.Kind(); got != kind {
				t.Errorf("Fill(%s, %d) has the id of a %s", kind, seed, got)
			}
			for _, r := range e.References() {
				if !slices.Contains(r.Relation.Targets(), r.Target.Kind()) {
					t.Errorf("Fill(%s, %d): %v points at a %s", kind, seed, r.Path, r.Target.Kind())
				}
			}
		}
	}
}

func TestFillSurvivesEncoding(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 3)
		if diff := cmp.Diff(e, knowledge.Clone(e)); diff != "" {
			t.Errorf("%s encoded and decoded (-want +got):\n%s", kind, diff)
		}
	}
}

func TestFillFollowsItsSeed(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		one := knowledgetest.Fill(kind, 1)
		if diff := cmp.Diff(one, knowledgetest.Fill(kind, 1)); diff != "" {
			t.Errorf("%s twice with one seed (-first +second):\n%s", kind, diff)
		}
		two := knowledgetest.Fill(kind, 2)
		if one.Head().ID == two.Head().ID || one.Head().Slug == two.Head().Slug {
			t.Errorf("%s with two seeds has one id %s or slug %s", kind, one.Head().ID, one.Head().Slug)
		}
	}
}
