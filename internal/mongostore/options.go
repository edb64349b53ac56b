package mongostore

import (
	"log/slog"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

// Defaults of Options.
const (
	DefaultDatabase  = "goodpractice"
	DefaultTimeout   = 5 * time.Second
	DefaultPoll      = 100 * time.Millisecond
	DefaultSweep     = time.Second
	DefaultGapWait   = 2 * time.Second
	DefaultRetention = 7 * 24 * time.Hour
)

// Options are the settings of a Store that the URI does not hold. Logger and Now are required; a duration
// of 0 stands for its default.
type Options struct {
	Logger *slog.Logger
	Now    func() time.Time
	// Timeout is how long one operation may take, its repetitions included.
	Timeout time.Duration
	// Poll is how often feeds look for what other processes have written.
	Poll time.Duration
	// Sweep is how often, more or less, the store looks for writes that their process has not published.
	Sweep time.Duration
	// GapWait is how long a reader of the log waits before it fills a gap in the numbers. It decides about
	// delay only: whoever comes later finds the number taken.
	GapWait time.Duration
	// Retention is how long the log is kept. A cursor that is older is lost.
	Retention time.Duration
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		set    *time.Duration
		usable time.Duration
	}{
		{&o.Timeout, DefaultTimeout},
		{&o.Poll, DefaultPoll},
		{&o.Sweep, DefaultSweep},
		{&o.GapWait, DefaultGapWait},
		{&o.Retention, DefaultRetention},
	} {
		if *d.set == 0 {
			*d.set = d.usable
		}
	}
	return o
}

// The settings of the driver. What the URI says of the pool, of TLS and of credentials holds.
const (
	// selectionTimeout is how long the driver looks for a server that can take writes. It is short, so
	// that requests do not pile up while there is none: the circuit breaker then answers at once.
	selectionTimeout = time.Second
	connectTimeout   = 3 * time.Second
	// heartbeat is how often the driver looks at servers that cannot push their state.
	heartbeat = 2 * time.Second
	// maxPool bounds the connections to each server, where the URI does not: a server of ours waits for
	// few operations at a time, and MongoDB-wire servers may allow no more than a hundred in all.
	maxPool = 32
)

// clientOptions reads the URI. The settings that correctness depends on are set here and win over those of
// the URI: writes are acknowledged by a majority (and so by its journals), reads come from the primary and
// see only what a majority has. Without these a failover could take back what a client or a feed has seen.
func clientOptions(uri string) *options.ClientOptions {
	o := options.Client().
		SetMaxPoolSize(maxPool).
		SetServerSelectionTimeout(selectionTimeout).
		SetConnectTimeout(connectTimeout).
		SetHeartbeatInterval(heartbeat).
		SetAppName("goodpractice").
		ApplyURI(uri)
	return o.SetWriteConcern(writeconcern.Majority()).
		SetReadConcern(readconcern.Majority()).
		SetReadPreference(readpref.Primary())
}
