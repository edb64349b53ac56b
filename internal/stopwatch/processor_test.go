package stopwatch_test

import (
	"runtime"
	"testing"
	"time"

	"goodpractice/internal/stopwatch"
)

func TestProcessorCountsWorkAndNoWaiting(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells what a thread costs")
	}
	const wait = 200 * time.Millisecond
	waited := stopwatch.Processor(func() { <-time.After(wait) })
	if waited > wait/4 {
		t.Errorf("waiting for %s counts as %s", wait, waited)
	}
	n := 0
	worked := stopwatch.Processor(func() {
		for until := time.Now().Add(wait); time.Now().Before(until); { //nolint:forbidigo // It keeps the processor busy.
			n++
		}
	})
	if worked <= waited || worked > 2*wait {
		t.Errorf("%d rounds in %s count as %s, and waiting as %s", n, wait, worked, waited)
	}
}

func TestLimitIsNeverShorter(t *testing.T) {
	t.Parallel()
	if got := stopwatch.Limit(time.Second); got != time.Second && got != 5*time.Second {
		t.Errorf("got %s", got)
	}
}
