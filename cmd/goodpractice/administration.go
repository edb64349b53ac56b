package main

import (
	"context"
	"io"
	"net/http"

	"goodpractice/internal/admin"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
)

// administration is the handler that commands speak to.
func (a *app) administration() (http.Handler, error) {
	return admin.New(admin.Options{
		Records: records{a}, Index: upkeep{a}, Tokens: tokens{a}, Store: copies{a}, StoreName: a.StoreName(), Log: a.log,
	})
}

// asOperator does something on behalf of whoever runs the program, who may do everything.
func asOperator(ctx context.Context) context.Context {
	return knowledge.WithReader(ctx, knowledge.Reader{
		Actor: knowledge.Actor{Name: "operator", Role: knowledge.RoleAdministrator},
	})
}

// upkeep looks after the index.
type upkeep struct{ *app }

// Reindex implements admin.Index.
func (u upkeep) Reindex(ctx context.Context, progress func(done int)) error {
	if err := u.awaitIndex(ctx); err != nil {
		return err
	}
	return u.follower.Rebuild(ctx, progress)
}

// Check implements admin.Index. An index that is merely behind, as after a crash, catches up first.
func (u upkeep) Check(ctx context.Context) (admin.CheckReport, error) {
	if err := u.awaitIndex(ctx); err != nil {
		return admin.CheckReport{}, err
	}
	r, err := u.follower.Check(ctx)
	if err != nil {
		return admin.CheckReport{}, err
	}
	difference := func(d indexsync.Difference) admin.Difference {
		return admin.Difference{Count: d.Count, IDs: d.IDs}
	}
	return admin.CheckReport{
		Records: r.Entities,
		Missing: difference(r.Missing), Stale: difference(r.Stale), Surplus: difference(r.Surplus),
	}, nil
}

// copies makes copies of the store.
type copies struct{ *app }

// Backup implements admin.Store.
func (c copies) Backup(ctx context.Context, w io.Writer) error {
	return c.store.Copy(ctx, w)
}
