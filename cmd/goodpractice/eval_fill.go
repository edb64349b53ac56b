package main

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"goodpractice/internal/bundle"
	"goodpractice/internal/evaluation"
	"goodpractice/internal/knowledge"
)

// A document without a title gets the first words of its text for one: at most so many words and
// characters, about what the titles of real practices have.
const (
	titleWords      = 10
	titleCharacters = 100
)

// fill saves the documents of a collection as published practices, as the first records of a server are
// saved, and waits until searches find them. It gives the documents by the practices' ids.
func (p *program) fill(
	ctx context.Context, a *app, collection *evaluation.Collection,
) (map[knowledge.ID]string, error) {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	known := make(map[knowledge.ID]string, len(collection.Documents))
	line := p.progress("Documents saved: %d")
	defer line.clear()
	at := knowledge.Instant(p.now())
	languages := languagesOf(collection)
	var batch []knowledge.Entity
	for i := range collection.Documents {
		d := &collection.Documents[i]
		if practice := practiceOf(d, languages[i], i+1, at); practice != nil {
			if err := check(practice); err != nil {
				return nil, fmt.Errorf("document %s cannot be a practice: %w", d.ID, err)
			}
			known[practice.ID] = d.ID
			batch = append(batch, practice)
		}
		if len(batch) == sowBatch || i == len(collection.Documents)-1 {
			if _, err := bundle.Plant(ctx, a.store, batch); err != nil {
				return nil, fmt.Errorf("save the documents: %w", err)
			}
			batch = nil
			line.at(len(known))
		}
	}
	if n := len(collection.Documents) - len(known); n > 0 {
		p.note("Without a text, and left out: %s.", count(n, "document", "documents"))
	}
	a.follow(ctx, fail)
	if err := a.awaitIndex(ctx); err != nil {
		if cause := context.Cause(ctx); cause != nil { // The follower has failed.
			err = cause
		}
		return nil, fmt.Errorf("index the documents: %w", err)
	}
	return known, nil
}

// check applies the rules of a practice that is saved, but for the lengths of its texts: a collection
// has its own.
func check(practice *knowledge.Practice) error {
	var broken knowledge.Problems
	for _, problem := range practice.Problems() {
		if problem.Code != knowledge.CodeTooLong {
			broken = append(broken, problem)
		}
	}
	return broken.Err()
}

// practiceOf makes a document a practice with a title and a situation; nil for a document without a text.
func practiceOf(
	d *evaluation.Document, language knowledge.LanguageTag, number int, at time.Time,
) *knowledge.Practice {
	title, text := strings.Join(strings.Fields(printable(d.Title)), " "), strings.TrimSpace(printable(d.Text))
	switch {
	case title == "" && text == "":
		return nil
	case title == "":
		title = firstWords(text)
	case utf8.RuneCountInString(title) > knowledge.MaxTitle:
		title, text = firstWords(title), title+"\n\n"+text
	}
	p := &knowledge.Practice{}
	p.Meta = knowledge.Meta{
		ID: knowledge.DeriveID(knowledge.KindPractice, "evaluation", d.ID), Slug: fmt.Sprintf("document-%d", number),
		Revision: 1, Status: knowledge.StatusPublished, CreatedAt: at, UpdatedAt: at,
		Edit: knowledge.Edit{Action: knowledge.ActionImport, At: at},
	}
	p.PublishedAt, p.PublishedRevision = &at, 1
	p.SourceLanguage, p.Licence = language, knowledge.DefaultLicence
	p.Texts = []knowledge.PracticeText{{EntryText: knowledge.EntryText{
		Language: language, Origin: knowledge.OriginOriginal, Title: title, Situation: text,
	}}}
	knowledge.FillLists(p)
	return p
}

// firstWords are the first words of a text, for a title.
func firstWords(text string) string {
	title := ""
	for i, word := range strings.Fields(text) {
		longer := strings.TrimSpace(title + " " + word)
		if i == titleWords || utf8.RuneCountInString(longer) > titleCharacters {
			break
		}
		title = longer
	}
	if title == "" { // The first word is longer than a title.
		title = string([]rune(text)[:titleCharacters])
	}
	return title
}

// printable puts a space in the place of each control character that no practice may have.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			return ' '
		}
		return r
	}, text)
}
