package main

import (
	"context"
	"errors"
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
	if err := s.awaitPatiently(ctx); err != nil {
		return err
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

// awaitPatiently waits for the index, and says so where that takes long.
func (s *server) awaitPatiently(ctx context.Context) error {
	line := s.program.progress("Indexing the records …")
	line.at(0)
	defer line.clear()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-s.partners.Filled(): // Which is read as soon as the index has everything.
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	line.clear()
	return s.program.print("The records are still being indexed; " + s.local() + "/readyz tells when that is done.\n")
}

// giveToken gives out the token that makes the first steps easy, unless the store has had one for this
// machine only: whoever has ended that one wants no other. While the store does not answer it waits.
func (s *server) giveToken(ctx context.Context) error {
	for {
		secret, err := s.firstToken(ctx)
		switch {
		case err == nil && secret == "":
			return nil
		case err == nil:
			return s.program.printf("Development editor token (this machine only): %s\n"+
				"It is shown this once; goodpractice token create makes others.\n", secret)
		case !knowledge.IsKind(err, knowledge.Unavailable):
			return err
		}
		if err := pause(ctx, giveAgain); err != nil {
			return err
		}
	}
}

// giveAgain is how long giveToken waits after the store failed.
const giveAgain = time.Second

// firstToken makes the token, and gives its secret; "" where it was made before.
func (s *server) firstToken(ctx context.Context) (string, error) {
	select {
	case <-s.follower.Ready(): // The list comes from the index.
	case <-ctx.Done():
		return "", ctx.Err()
	}
	given := tokens{s.app}
	listed, err := given.List(ctx)
	if err != nil || slices.ContainsFunc(listed, func(t admin.Token) bool { return t.LoopbackOnly }) {
		return "", err
	}
	if mine, err := s.claimFirstToken(ctx); !mine || err != nil {
		return "", err
	}
	_, secret, err := given.Create(ctx, admin.TokenDraft{
		Name: "Development", Role: knowledge.RoleEditor, LoopbackOnly: true,
	})
	return secret, err
}

// claimFirstToken tells whether this server is the one to make the token: of several that start on an
// empty database, the first. The id of a token is taken for it that was deleted before it was anything,
// so that nobody ever sees it: a store lets each id be taken once.
func (s *server) claimFirstToken(ctx context.Context) (bool, error) {
	at := knowledge.Instant(s.now())
	claim := &knowledge.Token{Meta: knowledge.Meta{
		ID: knowledge.DeriveID(knowledge.KindToken, "development"), Revision: 1, Deleted: true,
		Status: knowledge.StatusArchived, CreatedAt: at, UpdatedAt: at,
		Edit: knowledge.Edit{Action: knowledge.ActionDelete, At: at},
	}}
	err := s.store.Save(ctx, claim)
	if errors.Is(err, knowledge.ErrConflict) {
		return false, nil
	}
	return err == nil, err
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
