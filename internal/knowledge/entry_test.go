package knowledge_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
)

// fieldOf finds the field of an entry, or of its first block of texts, that clients call name.
func fieldOf(e knowledge.Entry, name string) (reflect.Value, bool) {
	v := reflect.ValueOf(e).Elem()
	for _, in := range []reflect.Value{v, v.FieldByName("Texts").Index(0)} {
		for _, f := range reflect.VisibleFields(in.Type()) {
			top := in.Type().Field(f.Index[0])
			if inputName(f) == name && top.Tag.Get("json") != "-" {
				return in.FieldByIndex(f.Index), true
			}
		}
	}
	return reflect.Value{}, false
}

func TestEvidenceLevel(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		evidence []knowledge.Evidence
		want     knowledge.EvidenceLevel
	}{
		{"none", nil, "UNGRADED"},
		{"not accepted", []knowledge.Evidence{{Level: "LEVEL_5"}}, "UNGRADED"},
		{"accepted", []knowledge.Evidence{{Level: "LEVEL_2", Accepted: true}}, "LEVEL_2"},
		{"the lowest level is more than none", []knowledge.Evidence{{Level: "UNGRADED", Accepted: true}, {Level: "LEVEL_0", Accepted: true}}, "LEVEL_0"},
		{"ungraded does not hide a level", []knowledge.Evidence{{Level: "LEVEL_1", Accepted: true}, {Level: "UNGRADED", Accepted: true}}, "LEVEL_1"},
		{"the highest of the accepted", []knowledge.Evidence{
			{Level: "LEVEL_1", Accepted: true}, {Level: "LEVEL_3", Accepted: true}, {Level: "LEVEL_5"}, {Level: "LEVEL_2", Accepted: true},
		}, "LEVEL_3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := knowledge.EntryCore{Evidence: test.evidence}
			if got := c.EvidenceLevel(); got != test.want {
				t.Errorf("EvidenceLevel() = %s, want %s", got, test.want)
			}
		})
	}
}

func TestYear(t *testing.T) {
	t.Parallel()
	for start, want := range map[knowledge.Date]*int{
		"2012-12-17": new(2012), "1000-01-01": new(1000), "2012": new(2012), "": nil, "201": nil, "20x2-01-01": nil, "-012-01-01": nil, "€€€€": nil, "٢٠١٢": nil,
	} {
		c := knowledge.EntryCore{Period: &knowledge.Period{Start: start}}
		if diff := cmp.Diff(want, c.Year()); diff != "" {
			t.Errorf("year of %q (-want +got):\n%s", start, diff)
		}
	}
	if got := (&knowledge.EntryCore{}).Year(); got != nil {
		t.Errorf("without a period the year is %d", *got)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk full")
	err := fmt.Errorf("save: %w", &knowledge.Error{
		Kind: knowledge.Unavailable, Path: []string{"input", "id"}, Message: "Try again later.", Err: cause,
	})
	if got, want := err.Error(), "save: input.id: Try again later.: disk full"; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
	if got := (&knowledge.Error{Message: "Not here."}).Error(); got != "Not here." {
		t.Errorf("an error without path and cause = %q", got)
	}
	if !errors.Is(err, cause) || !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Error("the cause and the kind are not found")
	}
	if knowledge.IsKind(err, knowledge.NotFound) || knowledge.IsKind(cause, knowledge.Unavailable) || knowledge.IsKind(nil, knowledge.Internal) {
		t.Error("a kind is found that is not there")
	}
}

func TestProblemsAsAnError(t *testing.T) {
	t.Parallel()
	if err := (knowledge.Problems{}).Err(); err != nil {
		t.Errorf("no problems are the error %v", err)
	}
	problems := append(knowledge.Refuse(knowledge.CodeRequired, "Give a title.", "texts", "en", "title"),
		knowledge.Refuse(knowledge.CodeForbidden, "Sign in.")...)
	err := fmt.Errorf("create: %w", problems.Err())
	if got, want := err.Error(), "create: texts.en.title: Give a title.; Sign in."; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
	if got, ok := errors.AsType[knowledge.Problems](err); !ok || len(got) != 2 {
		t.Errorf("the problems are not found in %v", err)
	}
}

func TestSaveErrors(t *testing.T) {
	t.Parallel()
	several := &knowledge.SaveError{Errs: []error{nil, knowledge.ErrConflict, fmt.Errorf("practice: %w", knowledge.ErrSlugTaken)}}
	if got, want := several.Error(), "save: 1: the record has been changed since it was read; 2: practice: another record of this kind has the slug"; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
	wrapped := fmt.Errorf("import: %w", several)
	if !errors.Is(wrapped, knowledge.ErrConflict) || !errors.Is(wrapped, knowledge.ErrSlugTaken) || errors.Is(wrapped, knowledge.ErrCursorLost) {
		t.Error("the causes are not found")
	}
	one := errors.New("disk full")
	for name, test := range map[string]struct {
		err  error
		want []error
	}{
		"none": {nil, []error{nil, nil, nil}}, "one for all": {one, []error{one, one, one}}, "several": {wrapped, several.Errs},
	} {
		if got := knowledge.SaveErrors(test.err, 3); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: SaveErrors = %v, want %v", name, got, test.want)
		}
	}
}
