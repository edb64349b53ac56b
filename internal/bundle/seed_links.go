package bundle

import (
	"fmt"

	"goodpractice/internal/knowledge"
)

// link is an item of links.json: a link between records that the data states for sure.
type link struct {
	Relation knowledge.Relation `json:"relation"`
	From     linkEnd            `json:"from"`
	To       linkEnd            `json:"to"`
	Finding  *knowledge.Finding `json:"finding"` // what a study found; with EVIDENCE only
}

type linkEnd struct {
	Kind knowledge.Kind `json:"kind"`
	Slug string         `json:"slug"`
}

// links sets the links of links.json.
func (s *sprout) links() error {
	var list []link
	if err := readSeed("links.json", &list); err != nil {
		return err
	}
	for _, l := range list {
		from, to := s.byID[seedID(l.From.Kind, l.From.Slug)], seedID(l.To.Kind, l.To.Slug)
		if from == nil || s.byID[to] == nil {
			return fmt.Errorf("links.json links %q with %q, one of which is not there", l.From.Slug, l.To.Slug)
		}
		if err := l.set(from, to); err != nil {
			return err
		}
	}
	return nil
}

// set enters the link on the side that stores it.
func (l *link) set(from knowledge.Entity, to knowledge.ID) error {
	switch e := from.(type) {
	case *knowledge.LessonLearnt:
		if l.Relation == knowledge.RelComesFrom {
			e.PracticeIDs = append(e.PracticeIDs, to)
			return nil
		}
	case *knowledge.Recommendation:
		if l.Relation == knowledge.RelRestsOn {
			e.RestsOn = append(e.RestsOn, knowledge.Basis{TargetID: to})
			return nil
		}
	case *knowledge.Event:
		if l.Relation == knowledge.RelPresented {
			e.PresentedIDs = append(e.PresentedIDs, to)
			return nil
		}
	}
	entry, ok := from.(knowledge.Entry)
	if !ok || l.Relation != knowledge.RelEvidence {
		return fmt.Errorf("links.json: a %s cannot have the link %s", l.From.Kind.Noun(), l.Relation)
	}
	c := entry.Core()
	c.Evidence = append(c.Evidence, knowledge.Evidence{StudyID: to, Level: knowledge.EvidenceUngraded, Finding: l.Finding})
	return nil
}
