package main

import (
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"time"
)

// rest waits for a random time.
func (c *cluster) rest(most time.Duration) {
	if err := pause(c.Context(), rand.N(most)+time.Millisecond); err != nil {
		c.Fatal(err)
	}
}

// clusterDeck is what the storm does, in random order, again and again.
func clusterDeck() []string {
	deck := []string{
		"server", "server", "freeze server", "wiped server", "two servers", "two servers, one wiped", "stop server",
		"stop", "kill", "kill-ferretdb", "kill-postgres", "kill and server", "stop and wiped server",
	}
	rand.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] })
	return deck
}

// storm kills and stops, and starts again, until the end. Everything is up when it is over.
func (c *cluster) storm(end time.Time) {
	c.Helper()
	var deck []string
	for time.Now().Before(end) {
		c.rest(clusterPause)
		if len(deck) == 0 {
			deck = clusterDeck()
		}
		card := deck[0]
		deck = deck[1:]
		c.done = append(c.done, time.Since(c.began).Round(time.Second).String()+" "+card)
		way, also, _ := strings.Cut(card, " and ")
		switch {
		case strings.Contains(way, "server"):
			c.disturb(way)
		default:
			c.disturbDatabase(way, also)
		}
	}
}

// disturb ends one or two servers and starts them again, with the old index or without.
func (c *cluster) disturb(card string) {
	c.Helper()
	chosen := rand.Perm(clusterServers)[:1]
	if card == "freeze server" {
		c.freeze(c.servers[chosen[0]])
		return
	}
	if strings.HasPrefix(card, "two") {
		chosen = rand.Perm(clusterServers)[:2]
	}
	for _, i := range chosen {
		c.end(c.servers[i], card == "stop server")
	}
	c.rest(clusterDown)
	if s := c.servers[chosen[0]]; strings.Contains(card, "wiped") {
		c.tally["indexes removed"]++
		if err := os.RemoveAll(s.data); err != nil {
			c.Error(err)
		}
	}
	for _, i := range chosen {
		c.launch(c.servers[i])
	}
}

// disturbDatabase takes the database away and brings it back. A server may end meanwhile and start while
// there is no database.
func (c *cluster) disturbDatabase(way, also string) {
	c.Helper()
	c.rig.do(way)
	c.tally["database "+way]++
	c.rest(clusterDown)
	if also != "" {
		c.disturb(also)
	}
	c.rig.do("start")
	c.back()
}

// freeze keeps a server from doing anything for a while, as a machine that is overloaded does: others take over
// what it has in hand, and then it goes on.
func (c *cluster) freeze(s *clusterServer) {
	c.Helper()
	c.tally["servers frozen"]++
	process := s.life.Load().process.Process
	if err := process.Signal(syscall.SIGSTOP); err != nil {
		c.Error(err)
	}
	c.rest(clusterFrozen)
	if err := process.Signal(syscall.SIGCONT); err != nil {
		c.Error(err)
	}
}

// lastStand kills all servers but one in the middle of the writes. What they leave behind, the last one has to
// publish: no other is started before it has.
func (c *cluster) lastStand() {
	c.Helper()
	gone := c.servers[1:]
	for _, s := range gone {
		c.end(s, false)
	}
	c.stopWriters()
	c.settle(time.Now())
	c.audit()
	for _, s := range gone {
		c.launch(s)
	}
	c.startWriters()
	c.rest(clusterPause)
}

// finale kills everything at once in the middle of the writes, and starts it again.
func (c *cluster) finale() {
	c.Helper()
	c.ending.Store(true)
	c.tally["database kill"]++
	c.rig.do("kill")
	for _, s := range c.servers {
		c.end(s, false)
	}
	c.tally["indexes removed"]++
	if err := os.RemoveAll(c.servers[0].data); err != nil {
		c.Error(err)
	}
	c.rig.do("start")
	c.back()
	for _, s := range c.servers {
		c.launch(s)
	}
	whole := time.Now()
	c.stopWriters()
	c.wrote = time.Since(c.began)
	c.converged = c.settle(whole)
	c.audit()
}
