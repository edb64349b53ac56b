package bundle

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// maxBatchBytes ends a batch before it has batchSize lines, where these are long.
const maxBatchBytes = 8 << 20

// importer is one reading of a file.
type importer struct {
	options Options
	names   *resolver
	named   naming // what the records of a batch of flat lines name
	report  Report
	isDry   bool // nothing is saved
	// seen tells on which line the file has a record, or a language of one, so that a second one is
	// noticed.
	seen map[seenKey]int
	// links are the links of the lossless form by where they lead. With seen, it is all that grows with
	// the file.
	links map[knowledge.ID]reference
	// earlier holds older states of the entity on the next line.
	earlier []knowledge.Entity
	// former are the slugs that records of the file gave up, and waiting the entities that such a slug
	// belongs or belonged to: they are saved last.
	former  map[slugKey]bool
	waiting []*plan
	// entities counts those of the lossless form, and ended is set by its last line.
	entities, lastLine int
	hasHeader, ended   bool
}

type seenKey struct {
	id       knowledge.ID
	language knowledge.LanguageTag // of a translation
}

// outcome is what became of a line.
type outcome int

const (
	created outcome = iota
	updated
	unchanged
)

// count enters what became of a line.
func (im *importer) count(o outcome) {
	im.report.Lines++
	switch o {
	case created:
		im.report.Created++
	case updated:
		im.report.Updated++
	case unchanged:
		im.report.Unchanged++
	}
}

// refuse enters a bad line.
func (im *importer) refuse(line int, why string) {
	im.report.Lines++
	im.report.Bad++
	p := Problem{Line: line, Reason: why}
	if len(im.report.Problems) < maxProblems {
		im.report.Problems = append(im.report.Problems, p)
	}
	if im.options.Problem != nil {
		im.options.Problem(p)
	}
}

// isSecond tells whether the file had the record already, and remembers the line otherwise.
func (im *importer) isSecond(key seenKey, line int) (first int, second bool) {
	if first, second = im.seen[key]; !second {
		im.seen[key] = line
	}
	return first, second
}

// save imports a batch. Lines of one form that follow each other are saved together.
func (im *importer) save(ctx context.Context, batch []item) error {
	for start := 0; start < len(batch); {
		end := start + 1
		for end < len(batch) && (batch[end].form == nil) == (batch[start].form == nil) {
			end++
		}
		part, err := batch[start:end], error(nil)
		if part[0].form == nil {
			err = im.saveRecords(ctx, part)
		} else {
			err = im.saveForms(ctx, part)
		}
		if err != nil {
			return err
		}
		start = end
	}
	for _, it := range batch {
		im.report.Bytes += int64(it.size)
		im.lastLine = it.line
	}
	if im.options.Progress != nil && len(batch) > 0 {
		im.options.Progress(im.report.Progress)
	}
	return nil
}

// finish saves what waited, and reports a lossless file that ends too early, and links that lead nowhere.
func (im *importer) finish(ctx context.Context) error {
	if im.hasHeader && !im.ended {
		im.refuse(im.lastLine+1, "The file ends before its last line: it was cut off.")
	}
	if err := im.saveWaiting(ctx); err != nil {
		return err
	}
	return im.checkLinks(ctx)
}

// store saves entities, unless nothing is to be saved, and tells for each why it was not saved; ""
// where it was. The error is for a store that does not work.
func (im *importer) store(ctx context.Context, entities []knowledge.Entity) ([]string, error) {
	why := make([]string, len(entities))
	if im.isDry || len(entities) == 0 {
		return why, nil
	}
	err := im.options.Store.Save(ctx, entities...)
	for i, err := range knowledge.SaveErrors(err, len(entities)) {
		if why[i], err = whyNotSaved(entities[i], err); err != nil {
			return nil, fmt.Errorf("save: %w", err)
		}
	}
	return why, nil
}
