package main

import (
	"context"
	"errors"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/partners"
)

// account makes what counts the use of the API.
func (s *server) account() (err error) {
	s.usage, err = partners.NewCounter(partners.CounterOptions{
		Store: s.store, Directory: s.partners, Logger: s.log, Now: s.now,
	})
	return err
}

// executed keeps account of an operation.
func (s *server) executed(ctx context.Context, x transport.Executed) {
	s.usage.Record(ctx, partners.Executed{
		Operation: x.Operation, Points: x.Points, Failed: x.Failed, Deprecated: x.Deprecated,
	})
}

// ready tells why the server should not get traffic yet.
func (s *server) ready() error {
	if err := s.app.ready(); err != nil {
		return err
	}
	if !s.partners.IsFilled() {
		return errors.New("reading the partners")
	}
	return nil
}

// knowPartners reads the partners once the index has them, and again where they may have changed unheard, until
// ctx ends.
func (s *server) knowPartners(ctx context.Context) error {
	select {
	case <-s.follower.Ready():
	case <-ctx.Done():
		return nil
	}
	for {
		err := s.partners.Fill(ctx, s.index, s.store)
		if err != nil && ctx.Err() == nil {
			if !knowledge.IsKind(err, knowledge.Unavailable) { // Whoever found that out has logged it.
				s.log.WarnContext(ctx, "the partners could not be read, and are tried again", "err", err)
			}
			if pause(ctx, warmAgain) == nil {
				continue
			}
		}
		select {
		case <-s.partners.Doubt():
		case <-ctx.Done():
			return nil
		}
	}
}
