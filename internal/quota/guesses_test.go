package quota_test

import (
	"testing"
	"time"

	"goodpractice/internal/quota"
)

func newGuesses(t *testing.T, c *clock) *quota.Guesses {
	t.Helper()
	g, err := quota.NewGuesses(quota.Options{Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestWrongTokensAreBounded(t *testing.T) {
	t.Parallel()
	c := newClock()
	g := newGuesses(t, c)
	const client = quota.Key("address 192.0.2.7")
	looked := 0
	for range 100 {
		if ok, _ := g.Allowed(client, "Bearer wrong"); ok {
			looked++
			g.Tell(client, "Bearer wrong", false)
		}
	}
	if looked != 20 {
		t.Errorf("%d wrong tokens were looked at", looked)
	}
	ok, wait := g.Allowed(client, "Bearer wrong")
	if ok || wait <= 0 || wait > 6*time.Second {
		t.Errorf("allowed %t, after %s", ok, wait)
	}
	c.pass(wait)
	if ok, _ := g.Allowed(client, "Bearer wrong"); !ok {
		t.Error("the wait was not enough")
	}
	if ok, _ := g.Allowed("address 192.0.2.8", "Bearer wrong"); !ok {
		t.Error("another client is shut out")
	}
}

func TestAGoodTokenIsLookedAtWhateverNeighboursTry(t *testing.T) {
	t.Parallel()
	g := newGuesses(t, newClock())
	const client = quota.Key("address 192.0.2.7")
	g.Tell(client, "Bearer good", true)
	for range 100 {
		g.Tell(client, "Bearer wrong", false)
	}
	if ok, _ := g.Allowed(client, "Bearer good"); !ok {
		t.Error("the good token is not looked at")
	}
	if ok, _ := g.Allowed(client, "Bearer new"); ok {
		t.Error("a token that nobody knows is looked at")
	}
	g.Tell(client, "Bearer good", false) // It was revoked.
	if ok, _ := g.Allowed(client, "Bearer good"); ok {
		t.Error("a token that is good no more is looked at")
	}
}
