package transport_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain looks for goroutines that outlive the tests: connections, streams and operations must not.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}
