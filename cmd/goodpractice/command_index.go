package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"goodpractice/internal/admin"
	"goodpractice/internal/knowledge"
)

// reindex builds the search index anew.
func (p *program) reindex(ctx context.Context) error {
	return p.with(ctx, false, func(client *admin.Client) error {
		line := p.progress("Records indexed: %d")
		total := 0
		err := client.Reindex(ctx, func(done int) {
			total = done
			line.at(done)
		})
		line.clear()
		if err != nil {
			return err
		}
		return p.printf("The search index is new: %s.\n", count(total, "record", "records"))
	})
}

// errDiffers is what check ends with where it found something.
var errDiffers = errors.New("the search index differs from the store; goodpractice reindex builds it anew")

// check compares the index with the store.
func (p *program) check(ctx context.Context) error {
	return p.with(ctx, false, func(client *admin.Client) error {
		report, err := client.Check(ctx)
		if err != nil {
			return err
		}
		return p.tell(report)
	})
}

// tell prints what a check found.
func (p *program) tell(report admin.CheckReport) error {
	if report.Equal() {
		return p.printf("The search index and the store are equal: %s.\n", count(report.Records, "record", "records"))
	}
	for _, found := range []struct {
		what string
		difference
	}{
		{"not in the index", difference(report.Missing)},
		{"in the index in another revision", difference(report.Stale)},
		{"in the index but not in the store", difference(report.Surplus)},
	} {
		if found.Count == 0 {
			continue
		}
		if err := p.printf("%s %s: %s\n", count(found.Count, "record", "records"), found.what, found.difference); err != nil {
			return err
		}
	}
	return errDiffers
}

// maxNamed is how many ids of a difference are printed.
const maxNamed = 20

// difference is a difference that can be printed.
type difference admin.Difference

// String lists ids.
func (d difference) String() string {
	ids := d.IDs[:min(len(d.IDs), maxNamed)]
	list := strings.Join(texts(ids), ", ")
	if len(ids) < d.Count {
		list += ", …"
	}
	return list
}

func texts(ids []knowledge.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
