package main

import (
	"context"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/quota"
	"goodpractice/internal/web"
)

// meter shares out what clients may use: operations by their points, and tokens that are tried.
type meter struct {
	buckets *quota.Buckets
	guesses *quota.Guesses
	public  quota.Rate // Of an address without a token.
	holder  quota.Rate // Of a token.
	// quota is what a partner may spend a minute; 0 where its tokens together have what one token has. Nil: that is so for all.
	quota func(partner knowledge.ID) int
}

// burst is for how long a client that has asked for nothing may ask at full speed on top of its rate.
const burst = 3 * time.Second

func newMeter(c *config.Serve, now func() time.Time) (*meter, error) {
	buckets, err := quota.New(quota.Options{Now: now})
	if err != nil {
		return nil, err
	}
	guesses, err := quota.NewGuesses(quota.Options{Now: now})
	if err != nil {
		return nil, err
	}
	return &meter{
		buckets: buckets, guesses: guesses, public: perMinute(c.PointsPerMinute), holder: perMinute(c.TokenPointsPerMinute),
	}, nil
}

// perMinute is a rate in points a minute. There is always room for two of the costliest operations.
func perMinute(points int) quota.Rate {
	perSecond := float64(points) / time.Minute.Seconds()
	return quota.Rate{PerSecond: perSecond, Burst: max(2*transport.DefaultCost, int(perSecond*burst.Seconds()))}
}

// payer is whose points are taken for what is asked in ctx: those of the partner whose key the token is, of the
// token or else of the address. An origin alone makes nobody pay: anything but a browser can make one up.
func (m *meter) payer(ctx context.Context) (quota.Key, quota.Rate) {
	switch actor := knowledge.ReaderFrom(ctx).Actor; {
	case actor.PartnerID != "":
		rate := m.holder
		if m.quota != nil {
			if points := m.quota(actor.PartnerID); points > 0 {
				rate = perMinute(points)
			}
		}
		return quota.Partner(string(actor.PartnerID)), rate
	case actor.ID != "":
		return quota.Token(string(actor.ID)), m.holder
	}
	return quota.Address(web.ClientAddress(ctx)), m.public
}

// caller names who asks.
func (m *meter) caller(ctx context.Context) string {
	key, _ := m.payer(ctx)
	return string(key)
}

// charge takes points.
func (m *meter) charge(ctx context.Context, points int) transport.Charge {
	key, rate := m.payer(ctx)
	return transport.Charge(m.buckets.Take(key, points, rate))
}

// owe takes points that were used already.
func (m *meter) owe(ctx context.Context, points int) {
	key, rate := m.payer(ctx)
	m.buckets.Owe(key, points, rate)
}

// guard bounds how many wrong tokens an address may try.
func (m *meter) guard(authenticate web.Authenticate) web.Authenticate {
	return func(ctx context.Context, authorization string, loopback bool) (knowledge.Actor, error) {
		if authorization == "" {
			return authenticate(ctx, authorization, loopback)
		}
		address := quota.Address(web.ClientAddress(ctx))
		if isAllowed, wait := m.guesses.Allowed(address, authorization); !isAllowed {
			return knowledge.Actor{}, &web.GuessingError{RetryAfter: wait}
		}
		actor, err := authenticate(ctx, authorization, loopback)
		if err == nil || knowledge.IsKind(err, knowledge.Unauthenticated) {
			m.guesses.Tell(address, authorization, err == nil)
		}
		return actor, err
	}
}

// chargePage takes the points of one page: of a record, or of an export.
func (m *meter) chargePage(ctx context.Context, points int) (refused bool, retryAfter time.Duration) {
	charged := m.charge(ctx, points)
	return charged.Refused, charged.RetryAfter
}
