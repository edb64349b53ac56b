package boltstore_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/knowledge"
)

// TestSavesShareCommits lets saves come while the first one is being committed, which takes an hour.
func TestSavesShareCommits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group boltstore.Group
		var commits []string
		commit := func(ids []knowledge.ID) error {
			commits = append(commits, strconv.Itoa(len(ids))) // The race detector tells if two run at once.
			time.Sleep(time.Hour)
			return fmt.Errorf("commit %d", len(commits))
		}
		errs := make([]error, 301)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { errs[i] = group.Save(knowledge.ID(strconv.Itoa(i)), commit) })
			if i == 0 {
				synctest.Wait() // The first is alone.
			}
		}
		all.Wait()
		if got := strings.Join(commits, " "); got != "1 128 128 44" {
			t.Errorf("the commits held %s saves, want 1, 128, 128 and 44", got)
		}
		outcomes := map[string]int{}
		for _, err := range errs {
			outcomes[err.Error()]++
		}
		if fmt.Sprint(outcomes) != "map[commit 1:1 commit 2:128 commit 3:128 commit 4:44]" {
			t.Errorf("outcomes = %v, want each save to get that of its own commit", outcomes)
		}
	})
}

// TestABrokenCommitHoldsUpNobody has a commit that panics while others wait.
func TestABrokenCommitHoldsUpNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group boltstore.Group
		commit := func(ids []knowledge.ID) error {
			time.Sleep(time.Hour)
			if slices.Contains(ids, "bad") {
				panic("broken")
			}
			return nil
		}
		outcomes := make(chan string, 3)
		save := func(id knowledge.ID) {
			defer func() {
				if recover() != nil {
					outcomes <- "panic"
				}
			}()
			outcomes <- fmt.Sprint(group.Save(id, commit))
		}
		go save("bad")
		synctest.Wait()
		go save("good")
		synctest.Wait()
		go save("better")
		got := []string{<-outcomes, <-outcomes, <-outcomes}
		if fmt.Sprint(got) != "[panic <nil> <nil>]" {
			t.Errorf("outcomes = %q", got)
		}
	})
}
