package relay

import (
	"time"

	"goodpractice/internal/knowledge"
)

// ChangePage is a part of what became of the public records.
type ChangePage struct {
	Changes    []*RecordChange
	NextCursor string
	HasMore    bool
}

// RecordChange is what became of one record.
type RecordChange struct {
	ID        knowledge.ID
	Kind      knowledge.Kind
	Node      knowledge.Entity // Nil where the record is public no more.
	RemovedAt *time.Time
}
