package bundle

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// reference is a link of the lossless form whose target may not be there.
type reference struct {
	target knowledge.ID
	line   int
	text   string // which link of which entity it is
}

// noteLinks remembers the first link to each entity.
func (im *importer) noteLinks(p *plan) {
	m := p.last.Head()
	for _, r := range p.last.References() {
		if _, known := im.links[r.Target]; known {
			continue
		}
		im.links[r.Target] = reference{
			target: r.Target, line: p.line,
			text: fmt.Sprintf("%s of the %s %q", strings.Join(r.Path, "."), p.last.Kind().Noun(), m.Slug),
		}
	}
}

// checkLinks warns of the links that lead to no record, neither in the file nor in the store.
func (im *importer) checkLinks(ctx context.Context) error {
	var open []reference
	for id, r := range im.links {
		if _, inFile := im.seen[seenKey{id: id}]; !inFile {
			open = append(open, r)
		}
	}
	slices.SortFunc(open, func(a, b reference) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.text+string(a.target), b.text+string(b.target))
	})
	for batch := range slices.Chunk(open, batchSize) {
		ids := make([]knowledge.ID, len(batch))
		for i, r := range batch {
			ids[i] = r.target
		}
		found, err := im.options.Store.Load(ctx, ids...)
		if err != nil {
			return fmt.Errorf("load what is linked: %w", err)
		}
		for i, r := range batch {
			if found[i] == nil {
				im.warn(Problem{Line: r.line, Reason: r.text + " leads to " + string(r.target) + ", which is not there."})
			}
		}
	}
	return nil
}

// warn enters something that is odd and was imported all the same.
func (im *importer) warn(p Problem) {
	im.report.Warned++
	if len(im.report.Warnings) < maxProblems {
		im.report.Warnings = append(im.report.Warnings, p)
	}
}
