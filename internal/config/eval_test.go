package config_test

import (
	"reflect"
	"strings"
	"testing"

	"goodpractice/internal/config"
)

func TestParseEval(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]config.Eval{
		"eval d": {Dir: "d", Depth: 1000},
		"eval --save s --compare c --part 2/3 --typos 0.3 --depth 100 --keep k --json d": {
			Dir: "d", Save: "s", Compare: "c", Part: config.Part{Number: 2, Of: 3}, Typos: 0.3, Depth: 100, Keep: "k", JSON: true,
		},
	} {
		got, _, err := parse(line, nil)
		if err != nil || !reflect.DeepEqual(got.Selected, &want) {
			t.Errorf("%s: got %+v, error %v", line, got.Selected, err)
		}
	}
	got, _, err := parse("eval d", map[string]string{"GOODPRACTICE_PART": "1/2"})
	if selected, ok := got.Selected.(*config.Eval); err != nil || !ok || selected.Part != (config.Part{Number: 1, Of: 2}) {
		t.Errorf("got %+v, error %v", got.Selected, err)
	}
}

func TestParseRefusesAWrongEval(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"eval":                            "DIR: name a directory",
		"eval mongodb://db":               "DIR: name a file or a directory",
		"eval d --save mongodb://db":      "--save: name a file or a directory",
		"eval d --part 3/2":               `"3/2" is no part: use one such as 1/2`,
		"eval d --part 0/2":               "is no part",
		"eval d --part 1":                 "is no part",
		"eval d --part 1/2/3":             "is no part",
		"eval d --part 1/1001":            "is no part",
		"eval d --typos 1.1":              "--typos: use a number from 0 to 1",
		"eval d --typos=-0.1":             "--typos: use a number from 0 to 1",
		"eval d --typos nan":              "--typos: use a number from 0 to 1",
		"eval d --depth 99":               "--depth: use a number from 100 to 10000",
		"eval d --depth 10001 --typos 50": "--depth: use a number",
	} {
		if _, _, err := parse(line, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %s", line, err, want)
		}
	}
}
