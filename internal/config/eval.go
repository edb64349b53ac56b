package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Eval judges the search by a test collection.
type Eval struct {
	Dir     string  `arg:"" help:"Directory of the collection: docs.jsonl, queries.jsonl and qrels.tsv."`
	Save    string  `help:"Write the scores of each query to this file, JSON Lines, for --compare." placeholder:"FILE"`
	Compare string  `help:"Compare with an earlier run, of which --save wrote this file." placeholder:"FILE"`
	Part    Part    `help:"Ask only the queries of one part, such as 1/2 for the first of two. Their ids decide, so a part is always the same." placeholder:"K/N"`
	Typos   float64 `help:"Misspell this share, 0 to 1, of the words of five letters or more in the queries, always in the same way." default:"0" placeholder:"SHARE"`
	Depth   int     `help:"How many results of each query count." default:"1000" placeholder:"RESULTS"`
	Keep    string  `help:"Keep the records and the index in this directory, which must not exist yet, to look at them with serve --data. Otherwise they are deleted." placeholder:"DIR"`
	JSON    bool    `name:"json" help:"Print one JSON object instead of lines."`
}

// Help is the second paragraph of the help.
func (Eval) Help() string {
	return "The documents become published practices in a store of their own; --data and --store do not count. " +
		"Of each measure, the average over the queries that have an answer is printed."
}

// Depths that make sense: recall is measured over 100 results, average precision usually over 1,000.
const (
	minDepth = 100
	maxDepth = 10_000
)

// Validate checks what to judge by.
func (e Eval) Validate() error {
	var errs []error
	for _, named := range []struct{ path, name string }{
		{e.Dir, "DIR"}, {e.Save, "--save"}, {e.Compare, "--compare"}, {e.Keep, "--keep"},
	} {
		if isURI(named.path) {
			errs = append(errs, fmt.Errorf("%s: name a file or a directory", named.name))
		}
	}
	if e.Dir == "" {
		errs = append(errs, errors.New("DIR: name a directory"))
	}
	if !(e.Typos >= 0 && e.Typos <= 1) { // Nor anything that is no number.
		errs = append(errs, errors.New("--typos: use a number from 0 to 1"))
	}
	if e.Depth < minDepth || e.Depth > maxDepth {
		errs = append(errs, fmt.Errorf("--depth: use a number from %d to %d", minDepth, maxDepth))
	}
	return errors.Join(errs...)
}

// Part is one of several parts; the zero Part is everything.
type Part struct {
	Number, Of int // From 1 to Of.
}

// maxParts is more parts than any collection has queries to divide.
const maxParts = 1000

// UnmarshalText reads K/N.
func (p *Part) UnmarshalText(text []byte) error {
	number, of, _ := strings.Cut(string(text), "/")
	k, errK := strconv.Atoi(number)
	n, errN := strconv.Atoi(of)
	if errK != nil || errN != nil || k < 1 || k > n || n > maxParts {
		return fmt.Errorf("%q is no part: use one such as 1/2, the first of two", text)
	}
	*p = Part{k, n}
	return nil
}
