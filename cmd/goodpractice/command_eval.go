package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"goodpractice/internal/config"
	"goodpractice/internal/evaluation"
)

// evaluate judges the search by a collection, with a knowledge base of its own.
func (p *program) evaluate(ctx context.Context, c *config.Eval) error {
	collection, err := evaluation.Load(c.Dir)
	if err != nil {
		return err
	}
	asked := choose(collection, c)
	if len(asked) == 0 {
		return errors.New("no query is left: the collection has none with a relevant document, or --part leaves none of them")
	}
	before, err := readScores(c.Compare)
	if err != nil {
		return err
	}
	results, err := p.judge(ctx, c, collection, asked)
	if err != nil {
		return err
	}
	if c.Save != "" {
		err := writeWhole(c.Save, func(w io.Writer) error { return evaluation.WriteResults(w, results) })
		if err != nil {
			return err
		}
	}
	report := evalReport{results: results}
	if c.Compare != "" {
		report.earlier = c.Compare
		if report.differences, report.paired = evaluation.Compare(before, results); report.paired == 0 {
			return fmt.Errorf("%s has none of the queries of this run", c.Compare)
		}
	}
	if c.JSON {
		return report.printJSON(p)
	}
	return report.print(p)
}

// choose lists the queries to ask.
func choose(collection *evaluation.Collection, c *config.Eval) []evaluation.Query {
	judged := collection.Judged()
	if c.Part.Of == 0 {
		return judged
	}
	var part []evaluation.Query
	for _, q := range judged {
		if evaluation.InPart(q.ID, c.Part.Number, c.Part.Of) {
			part = append(part, q)
		}
	}
	return part
}

// readScores reads what an earlier run saved; nothing where no file is named.
func readScores(path string) ([]evaluation.Result, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the scores to compare with cannot be read: %w", err)
	}
	defer file.Close() //nolint:errcheck // Nothing was written.
	return evaluation.ReadResults(file, path)
}

// judge fills a knowledge base with the collection, asks it, and deletes it unless it is to be kept.
func (p *program) judge(
	ctx context.Context, c *config.Eval, collection *evaluation.Collection, asked []evaluation.Query,
) (results []evaluation.Result, err error) {
	dir, remove, err := evalDirectory(c.Keep)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	a, err := openRecords(config.Global{Data: dir}, p.log, p.now) //nolint:contextcheck // It is closed below.
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.close()) }() // Before the directory goes.
	if err := a.openIndex(ctx); err != nil {
		return nil, err
	}
	begun := p.now()
	known, err := p.fill(ctx, a, collection)
	if err != nil {
		return nil, err
	}
	p.note("%s found by searches after %s.", count(len(known), "document is", "documents are"), p.since(begun))
	begun = p.now()
	x := &examiner{app: a, known: known, collection: collection, settings: c}
	line := p.progress("Queries asked: %d")
	results, err = x.ask(ctx, asked, line.at)
	line.clear()
	if err != nil {
		return nil, err
	}
	p.note("%s answered in %s.", count(len(results), "query was", "queries were"), p.since(begun))
	if n := x.cut.Load(); n > 0 {
		p.note("Longer than a search text may be, and cut at a word: %s.", count(int(n), "query", "queries"))
	}
	if n := collection.Unasked(); n > 0 {
		p.note("Judged without a text, and left out: %s.", count(n, "query", "queries"))
	}
	return results, nil
}

// note tells something on standard error that is no result.
func (p *program) note(format string, args ...any) {
	_, _ = fmt.Fprintf(p.stderr, format+"\n", args...) // It is a courtesy.
}

// since is how long something has taken, as it is shown.
func (p *program) since(begun time.Time) time.Duration {
	return p.now().Sub(begun).Round(time.Millisecond)
}

// evalDirectory makes the directory of the knowledge base: the one to keep, or one that remove deletes.
func evalDirectory(keep string) (dir string, remove func() error, err error) {
	if keep == "" {
		dir, err = os.MkdirTemp("", "goodpractice-eval-*")
		remove = func() error { return os.RemoveAll(dir) }
	} else {
		dir, remove = keep, func() error { return nil }
		err = os.Mkdir(keep, 0o700)
	}
	if err != nil {
		return "", nil, fmt.Errorf("make a directory for the collection: %w", err)
	}
	return dir, remove, nil
}
