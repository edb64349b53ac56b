package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/knowledge"
)

// How long, and how often, a command looks for the server when somebody has the store open and
// answers nowhere: a server that is just starting or stopping.
const (
	lookFor   = 2 * time.Second
	lookEvery = 100 * time.Millisecond
)

// with calls use with whoever has the data directory open: the running server, or else this process
// for as long as use takes. Unless mayBegin is set, there must be records.
func (p *program) with(ctx context.Context, mayBegin bool, use func(*admin.Client) error) error {
	client, err := admin.Connect(ctx, p.Data)
	if errors.Is(err, admin.ErrNoServer) {
		return p.withoutServer(ctx, mayBegin, use)
	}
	if err != nil {
		return err
	}
	return p.withServer(ctx, client, use)
}

// withServer asks the running server, unless its records are not those that were asked for.
func (p *program) withServer(ctx context.Context, client *admin.Client, use func(*admin.Client) error) error {
	defer client.Close()
	if p.Store != "" {
		name, err := client.StoreName(ctx)
		if err != nil {
			return err
		}
		if name != p.StoreName() {
			if name == "" {
				name = "the directory"
			}
			return fmt.Errorf("the server that is running on %s has its records in %s, not in %s: leave --store out, "+
				"or name another directory with --data", p.Data, name, p.StoreName())
		}
	}
	return use(client)
}

// withoutServer opens the knowledge base in this process.
func (p *program) withoutServer(ctx context.Context, mayBegin bool, use func(*admin.Client) error) (err error) {
	if err := p.mayOpen(mayBegin); err != nil {
		return err
	}
	a, err := openRecords(p.Global, p.log, p.now) //nolint:contextcheck // The store is closed when the command is done.
	if err == nil {
		defer func() { err = errors.Join(err, a.close()) }()
		a.isBrief = true
		if err := a.answers(ctx, mayBegin); err != nil {
			return err
		}
		err = a.openIndex(ctx)
	}
	if knowledge.IsKind(err, knowledge.Unavailable) {
		return p.withLateServer(ctx, err, use)
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	a.follow(ctx, cancel)
	handler, err := a.administration()
	if err != nil {
		return err
	}
	client := admin.Local(ctx, handler, p.log)
	defer client.Close()
	return use(client)
}

// mayOpen tells why there is nothing to open in the data directory. Nothing is made by looking.
func (p *program) mayOpen(mayBegin bool) error {
	switch {
	case p.Store != "" || mayBegin:
		return nil
	case isAbsent(p.Data):
		return fmt.Errorf("the directory %s does not exist: name another with --data", p.Data)
	case isAbsent(filepath.Join(p.Data, storeName)):
		return fmt.Errorf("there are no records in %s: name another directory with --data", p.Data)
	}
	return nil
}

// answers tells why a command cannot work on the store: a database may not answer, or be empty.
func (a *app) answers(ctx context.Context, mayBegin bool) error {
	if err := a.reachStore(ctx); err != nil || mayBegin || a.Store == "" {
		return err
	}
	empty, err := a.isWithout(ctx, func(knowledge.ID) bool { return true })
	if err == nil && empty {
		err = fmt.Errorf("there are no records in %s: name another database with --store", a.StoreName())
	}
	return err
}

// withLateServer looks for the server for a while; unavailable is why the store could not be opened.
func (p *program) withLateServer(ctx context.Context, unavailable error, use func(*admin.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, lookFor)
	client, err := p.lookForServer(ctx)
	cancel()
	if err != nil {
		return unavailable
	}
	return p.withServer(ctx, client, use)
}

func (p *program) lookForServer(ctx context.Context) (*admin.Client, error) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		client, err := admin.Connect(ctx, p.Data)
		if !errors.Is(err, admin.ErrNoServer) {
			return client, err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil, admin.ErrNoServer
		}
	}
}
