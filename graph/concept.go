package graph

import "goodpractice/internal/knowledge"

// hiddenLabels are the labels of a term that are not for everyone; the catalog leaves nil for those they are not for.
func hiddenLabels(c *knowledge.Concept) []*knowledge.Label {
	if c.HiddenLabels == nil {
		return nil
	}
	labels := make([]*knowledge.Label, len(c.HiddenLabels))
	for i := range c.HiddenLabels {
		labels[i] = &c.HiddenLabels[i]
	}
	return labels
}
