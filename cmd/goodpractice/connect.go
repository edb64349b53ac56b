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
// for as long as use takes. Unless mayBegin is set, there must be records in the directory.
func (p *program) with(ctx context.Context, mayBegin bool, use func(*admin.Client) error) error {
	client, err := admin.Connect(ctx, p.Data)
	if errors.Is(err, admin.ErrNoServer) {
		return p.withoutServer(ctx, mayBegin, use)
	}
	if err != nil {
		return err
	}
	defer client.Close()
	return use(client)
}

// withoutServer opens the knowledge base in this process.
func (p *program) withoutServer(ctx context.Context, mayBegin bool, use func(*admin.Client) error) (err error) {
	if !mayBegin && isAbsent(p.Data) {
		return fmt.Errorf("the directory %s does not exist: name another with --data", p.Data)
	}
	if !mayBegin && isAbsent(filepath.Join(p.Data, storeName)) {
		return fmt.Errorf("there are no records in %s: name another directory with --data", p.Data)
	}
	a, err := openApp(ctx, p.Data, p.log, p.now)
	if knowledge.IsKind(err, knowledge.Unavailable) {
		return p.withLateServer(ctx, err, use)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
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

// withLateServer looks for the server for a while; unavailable is why the store could not be opened.
func (p *program) withLateServer(ctx context.Context, unavailable error, use func(*admin.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, lookFor)
	client, err := p.lookForServer(ctx)
	cancel()
	if err != nil {
		return unavailable
	}
	defer client.Close()
	return use(client)
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
