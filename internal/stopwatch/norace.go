//go:build !race

package stopwatch

const underRaceDetector = false
