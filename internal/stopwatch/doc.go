// Package stopwatch measures, for tests, what a piece of work costs the processor. The time on the wall tells nothing
// where several packages are tested at once: a test may wait for its turn longer than it works.
//
//	if took := stopwatch.Processor(func() { parse(text) }); took > stopwatch.Limit(50*time.Millisecond) {
//		t.Errorf("%q takes %s", text, took)
//	}
//
// It measures nothing but work that is done in the goroutine that asks. Only tests may import it.
package stopwatch
