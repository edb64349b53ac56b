package mongostore_test

import (
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/mongostore"
)

// FuzzPosition reads any cursor: it is refused, or one that means the same when it is written again.
func FuzzPosition(f *testing.F) {
	for _, seed := range []string{
		"", "0.start", "12.65f0c0ffee", "12.65f0@PR_aaaaaaaaaaaaaaaaaaaaaaaaaa", "12.65f0+3.65f1", "12.a+0.b", "12.a+-1.b", "12.a@PR_x", "12.a+3.b@PR_aaaaaaaaaaaaaaaaaaaaaaaaaa", "-1.a", "1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if again, ok := mongostore.RoundTrip(knowledge.Cursor(text)); ok && again != knowledge.Cursor(text) {
			t.Errorf("%q became %q", text, again)
		}
	})
}
