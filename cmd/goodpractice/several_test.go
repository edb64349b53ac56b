package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"goodpractice/internal/mongostore/mongotest"
)

// Servers that start at the same moment on an empty database save the first records together, and give out
// one token among them.
func TestSeveralFirstStarts(t *testing.T) {
	t.Parallel()
	environment := append(os.Environ(), "GOODPRACTICE_STORE="+mongotest.URI(t))
	servers := make([]*serving, 3)
	var starting sync.WaitGroup
	for i := range servers {
		data := filepath.Join(t.TempDir(), "data")
		starting.Go(func() {
			var err error
			if servers[i], err = startServer(data, environment); err != nil {
				t.Error(err)
			}
		})
	}
	starting.Wait()
	if t.Failed() {
		t.FailNow()
	}
	given := 0
	for _, s := range servers {
		defer s.kill() //nolint:errcheck // Does no harm after stop.
		if s.token != "" {
			given++
		}
		if log := s.stderr.String(); strings.Contains(log, "level=ERROR") {
			t.Errorf("log:\n%s", log)
		}
	}
	if given != 1 {
		t.Errorf("%d servers gave out a token, want 1", given)
	}
	for _, s := range servers {
		eventually(t, "everything is found", startLimit, func() bool {
			a := s.operate(t, "", troubleCount, nil)
			return string(a.Data["practices"]) == `{"totalCount":91}` && string(a.Data["events"]) == `{"totalCount":2}` &&
				string(a.Data["themes"]) == `{"totalCount":93}`
		})
		if err := s.stop(); err != nil {
			t.Errorf("stop: %v\n%s", err, s.stderr)
		}
	}
	out, err := goodpractice(t, "check", "--data", filepath.Join(t.TempDir(), "data"), "--store", storeOf(environment))
	if err != nil || !strings.Contains(out, "are equal: 725 records") {
		t.Errorf("check printed %q, error %v", out, err)
	}
}

// storeOf is --store as an environment has it.
func storeOf(environment []string) string {
	return strings.TrimPrefix(environment[len(environment)-1], "GOODPRACTICE_STORE=")
}
