package graph

import (
	"context"

	"goodpractice/internal/knowledge"
)

// hiddenLabels are the labels of a term that are not for everyone; nil for those they are not for.
func hiddenLabels(ctx context.Context, c *knowledge.Concept) []*knowledge.Label {
	if !knowledge.ReaderFrom(ctx).Actor.IsEditor() {
		return nil
	}
	labels := make([]*knowledge.Label, len(c.HiddenLabels))
	for i := range c.HiddenLabels {
		labels[i] = &c.HiddenLabels[i]
	}
	return labels
}
