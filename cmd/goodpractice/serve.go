package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"goodpractice/graph"
	"goodpractice/internal/admin"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/partners"
	"goodpractice/internal/web"
)

// serve runs the server until ctx ends, and then stops it in good order: no new requests, the streams
// end, the requests in hand are finished, the index and the store are closed. It answers from the
// beginning, also while the store does not.
func (p *program) serve(ctx context.Context, c *config.Serve) (err error) {
	a, err := openRecords(p.Global, p.log, p.now) //nolint:contextcheck // The store is needed for longer than ctx lasts.
	if err == nil {
		defer func() { err = errors.Join(err, a.close()) }()
		err = a.openIndex(ctx)
	}
	if err != nil {
		return p.occupied(ctx, err)
	}
	listener, err := listen(ctx, c.Addr)
	if err != nil {
		return err
	}
	ctx, fail := context.WithCancelCause(ctx) // The streams end with it, whatever ends the server.
	defer fail(nil)
	s := &server{app: a, program: p, listener: listener, settings: c}
	if err := s.prepare(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	err = errors.Join(s.run(ctx, fail), s.usage.Flush(context.WithoutCancel(ctx)))
	p.log.InfoContext(ctx, "stopped")
	return err
}

// occupied says it plainly where a server has the data directory open already.
func (p *program) occupied(ctx context.Context, err error) error {
	if !knowledge.IsKind(err, knowledge.Unavailable) {
		return err
	}
	client, connectErr := admin.Connect(ctx, p.Data)
	if connectErr != nil {
		return err
	}
	client.Close()
	return fmt.Errorf("a server is running on %s already: stop it first, or name another directory with --data", p.Data)
}

// listen takes the address.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is taken by another program: choose another with --addr, such as 127.0.0.1:0 for any free port", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("the address %s may not be used by you: choose a port above 1023 with --addr", addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("the address %s is none of this machine: choose another with --addr", addr)
	}
	return nil, fmt.Errorf("listen on %s: %w", addr, err)
}

// server is a knowledge base with a network around it.
type server struct {
	*app
	program  *program
	listener net.Listener
	settings *config.Serve

	administrators net.Listener
	site, desk     http.Handler // What the public gets, and what commands get.
	usage          *partners.Counter
	trusted        *trusted
}

// prepare makes what answers.
func (s *server) prepare(ctx context.Context) (err error) {
	if s.trusted, err = s.trustedDocuments(ctx); err != nil {
		return err
	}
	if s.desk, err = s.administration(); err != nil {
		return err
	}
	if s.site, err = s.public(ctx); err != nil {
		return err
	}
	s.administrators, err = admin.Listen(ctx, s.Data)
	return err
}

// public makes the handler of the site. Its streams end with ctx.
func (s *server) public(ctx context.Context) (http.Handler, error) {
	if err := s.account(); err != nil {
		return nil, err
	}
	meter, err := newMeter(s.settings, s.now)
	if err != nil {
		return nil, err
	}
	meter.quota = s.partners.Quota
	proxies, err := s.settings.ProxyNetworks()
	if err != nil {
		return nil, err
	}
	authenticate := meter.guard(s.auth.Authenticate)
	options := graph.Options{
		Catalog: s.catalog, BaseURL: s.baseURL(), Logger: s.log, Now: s.now,
		Away: s.store.Away, Behind: s.follower.Behind, Version: s.answersFrom,
		Documents: s.trusted.Document, TrustedOnly: s.trusted.only,
		RequestID: web.RequestID, Authenticate: web.SignIn(authenticate),
		AllowOrigin: web.Origins(s.settings.Origins, s.partners.AllowsOrigin), Executed: s.executed,
		Caller: meter.caller, Charge: meter.charge, Owe: meter.owe,
	}
	api, err := graph.New(ctx, options)
	if err != nil {
		return nil, err
	}
	files, missing, err := s.files(options, api, meter)
	if err != nil {
		return nil, err
	}
	playground, err := web.Playground(web.GraphQLPath)
	if err != nil {
		return nil, err
	}
	return web.New(web.Options{
		GraphQL: api, Public: files, Missing: missing, Playground: playground, Ready: s.ready, Away: s.store.Away, Behind: s.follower.Behind,
		Authenticate: authenticate, Origins: s.settings.Origins, AllowOrigin: s.partners.AllowsOrigin, Proxies: proxies, Log: s.log, Now: s.now,
	})
}

// run answers until ctx ends. What fails ends it for all the others.
func (s *server) run(ctx context.Context, fail context.CancelCauseFunc) error {
	s.log.InfoContext(ctx, "listening", "addr", s.listener.Addr().String(),
		"records", cmp.Or(s.StoreName(), filepath.Join(s.Data, storeName)))
	var group errgroup.Group
	for _, part := range []func() error{
		func() error { return web.Serve(ctx, s.listener, s.site, s.log) },
		func() error { return admin.Serve(ctx, s.administrators, s.desk, s.log) },
		func() error { return s.begin(ctx, fail) },
		func() error { return s.usage.Run(ctx) },
		func() error { return s.knowPartners(ctx) },
		func() error { return s.followDocuments(ctx) },
	} {
		group.Go(func() error {
			err := part()
			if err != nil {
				fail(err)
			}
			return err
		})
	}
	return group.Wait()
}

// begin brings the knowledge base from where it was opened to where it finds everything, tells that,
// and reads into memory what is asked for most. It ends the server where no waiting helps.
func (s *server) begin(ctx context.Context, fail context.CancelCauseFunc) error {
	err := s.store.Ready(ctx)
	if err == nil {
		err = s.sowFirst(ctx)
	}
	if err == nil {
		s.follow(ctx, fail)
		err = s.greet(ctx)
	}
	switch {
	case ctx.Err() != nil:
		return nil //nolint:nilerr // The server is being stopped.
	case err == nil:
		s.warm(ctx)
	}
	return err
}

// warmAgain is how long warm waits after the store failed.
const warmAgain = 5 * time.Second

// warm reads into memory what the server can then answer with while the store is away.
func (s *server) warm(ctx context.Context) {
	if s.Store == "" {
		return // It is never away.
	}
	select {
	case <-s.follower.Ready():
	case <-ctx.Done():
		return
	}
	for {
		err := s.catalog.Warm(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			s.log.WarnContext(ctx, "the memory for the time without a database is not full", "err", err)
			return
		}
		if pause(ctx, warmAgain) != nil {
			return
		}
	}
}
