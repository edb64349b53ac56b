package stopwatch

import "time"

// Limit is how long work may take that may take so long in an ordinary build. The race detector makes programs two to
// twenty times as slow (go.dev/doc/articles/race_detector); with it the limit is five times as long.
func Limit(ordinary time.Duration) time.Duration {
	if underRaceDetector {
		return 5 * ordinary
	}
	return ordinary
}
