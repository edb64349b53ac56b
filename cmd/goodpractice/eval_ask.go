package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/sync/errgroup"

	"goodpractice/internal/config"
	"goodpractice/internal/evaluation"
	"goodpractice/internal/knowledge"
)

// typoSeed makes the typing errors the same in every run.
const typoSeed = 3

// examiner asks a knowledge base the queries of a collection, as a reader whom nobody knows.
type examiner struct {
	*app

	known      map[knowledge.ID]string // the documents
	collection *evaluation.Collection
	settings   *config.Eval
	cut        atomic.Int64 // queries that were too long
}

// ask judges the answers to all queries, in their order. Some are asked at the same time.
func (x *examiner) ask(
	ctx context.Context, queries []evaluation.Query, progress func(done int),
) ([]evaluation.Result, error) {
	results := make([]evaluation.Result, len(queries))
	var mu sync.Mutex // Guards done, and progress.
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for i, q := range queries {
		group.Go(func() error {
			ranking, err := x.find(ctx, x.textOf(q))
			if err != nil {
				return fmt.Errorf("query %s: %w", q.ID, err)
			}
			results[i] = evaluation.Result{Query: q.ID, Scores: evaluation.Score(ranking, x.collection.Grades[q.ID])}
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done)
			return nil
		})
	}
	return results, group.Wait()
}

// textOf is a query as it is asked: misspelt where that is wanted, and no longer than the API takes.
func (x *examiner) textOf(q evaluation.Query) string {
	text := strings.TrimSpace(q.Text)
	if x.settings.Typos > 0 {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(q.ID)) // It never fails.
		text = evaluation.Misspell(text, x.settings.Typos, rand.New(rand.NewPCG(typoSeed, hash.Sum64())))
	}
	letters := []rune(text)
	if len(letters) <= knowledge.MaxSearchText {
		return text
	}
	x.cut.Add(1)
	end := knowledge.MaxSearchText
	for end > 0 && !unicode.IsSpace(letters[end]) {
		end--
	}
	if end == 0 { // It is one word.
		end = knowledge.MaxSearchText
	}
	return strings.TrimSpace(string(letters[:end]))
}

// find lists the documents that a search finds, the best first, page after page.
func (x *examiner) find(ctx context.Context, text string) ([]string, error) {
	var ranking []string
	l := knowledge.Listing{
		Kinds: knowledge.EntryKinds(), Text: text, Order: knowledge.Order{Field: knowledge.OrderRelevance},
	}
	for text != "" && len(ranking) < x.settings.Depth { // Without a text everything would be listed.
		l.Page.First = min(knowledge.MaxPageSize, x.settings.Depth-len(ranking))
		page, err := x.catalog.Find(ctx, l)
		if err != nil {
			return nil, err
		}
		if page.Unread != nil {
			return nil, page.Unread
		}
		for _, item := range page.Items {
			ranking = append(ranking, x.known[item.Entity.Head().ID])
			l.Page.After = item.Cursor
		}
		if !page.HasNext {
			break
		}
	}
	return ranking, nil
}
