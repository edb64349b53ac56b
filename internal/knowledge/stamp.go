package knowledge

// Stamp is what the index knows of the state in which it holds an entity. The zero Stamp stands for
// an entity that is not in the index.
type Stamp struct {
	Revision Revision
	Status   EditorialStatus
	// PublishedRevision is EntryCore.PublishedRevision of an entry, and 0 for every other noun.
	PublishedRevision Revision
}
