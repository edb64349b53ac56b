package main

import (
	"context"
	"net"
	"slices"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/web"
)

// patience is how long the greeting waits for the index: whoever opens the playground should find
// something.
const patience = 30 * time.Second

// greet tells where the server is once there is something to find. It also gives out a token to try
// things with, unless that was done before.
func (s *server) greet(ctx context.Context) error {
	waiting, stop := context.WithTimeout(ctx, patience)
	defer stop()
	line := s.program.progress("Indexing the records …")
	line.at(0)
	err := s.awaitIndex(waiting)
	line.clear()
	if ctx.Err() != nil {
		return nil // The server is being stopped.
	}
	if err != nil {
		if err := s.program.print("The records are still being indexed; " + s.local() + "/readyz tells when that is done.\n"); err != nil {
			return err
		}
	}
	if err := s.program.printf("Playground: %s%s\nGraphQL API: %s%s\n",
		s.local(), web.PlaygroundPath, s.local(), web.GraphQLPath); err != nil {
		return err
	}
	if s.isLoopback() {
		if err := s.giveToken(ctx); err != nil {
			return err
		}
	}
	return s.program.print("The server is ready. Stop it with Ctrl+C.\n")
}

// giveToken gives out the token that makes the first steps easy, unless the store has had a token for
// this machine only: whoever has ended that one wants no other.
func (s *server) giveToken(ctx context.Context) error {
	given := tokens{s.app}
	listed, err := given.List(ctx)
	if err == nil && slices.ContainsFunc(listed, func(t admin.Token) bool { return t.LoopbackOnly }) {
		return nil
	}
	var secret string
	if err == nil {
		_, secret, err = given.Create(ctx, admin.TokenDraft{
			Name: "Development", Role: knowledge.RoleEditor, LoopbackOnly: true,
		})
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // As above.
		}
		return err
	}
	return s.program.printf("Development editor token (this machine only): %s\n"+
		"It is shown this once; goodpractice token create makes others.\n", secret)
}

// isLoopback tells whether the server listens for this machine alone.
func (s *server) isLoopback() bool {
	address, ok := s.listener.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}

// local is where somebody at this machine finds the server.
func (s *server) local() string {
	host, _, _ := net.SplitHostPort(s.settings.Addr) // It was checked.
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// baseURL is where the public finds the server.
func (s *server) baseURL() string {
	if s.settings.BaseURL != "" {
		return s.settings.BaseURL
	}
	return s.local()
}
