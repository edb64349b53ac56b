package mongostore

import (
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"goodpractice/internal/knowledge"
)

// The names of fields that filters and updates use.
const (
	fieldID       = "_id"
	fieldKind     = "kind"
	fieldRevision = "revision"
	fieldDeleted  = "deleted"
	fieldSlug     = "slugKey"
	fieldBody     = "body"
	fieldWrite    = "write"
	fieldMarker   = "outbox"
	fieldPrevious = "previous"
	fieldEntity   = "entity"
)

// stored is a document of the collection entities.
type stored struct {
	ID       knowledge.ID       `bson:"_id"`
	Kind     knowledge.Kind     `bson:"kind"`
	Revision knowledge.Revision `bson:"revision"`
	// Deleted marks a tombstone.
	Deleted bool `bson:"deleted,omitempty"`
	// SlugKey is kind and slug; absent where the record keeps no slug from others.
	SlugKey string `bson:"slugKey,omitempty"`
	// Body is the record as knowledge.Encode writes it.
	Body bson.Raw `bson:"body,omitempty"`
	// Write is the mark of the Save that made this state.
	Write bson.ObjectID `bson:"write"`
	// Marker says that the log does not have this state yet.
	Marker bool `bson:"outbox,omitempty"`
	// Previous is the state before, until the history has it.
	Previous *state `bson:"previous,omitempty"`
}

// state is an earlier state of a record.
type state struct {
	Revision knowledge.Revision `bson:"revision"`
	Body     bson.Raw           `bson:"body,omitempty"`
	Write    bson.ObjectID      `bson:"write"`
}

// archived is a document of the collection history.
type archived struct {
	ID       string             `bson:"_id"`
	Entity   knowledge.ID       `bson:"entity"`
	Kind     knowledge.Kind     `bson:"kind"`
	Revision knowledge.Revision `bson:"revision"`
	Body     bson.Raw           `bson:"body,omitempty"`
	Write    bson.ObjectID      `bson:"write"`
}

// historyID is the key of a state in the history: they sort by record and then by revision.
func historyID(id knowledge.ID, revision knowledge.Revision) string {
	return fmt.Sprintf("%s/%010d", id, revision)
}

// archive makes the document of the history for the state before.
func (s *stored) archive() archived {
	p := s.Previous
	return archived{historyID(s.ID, p.Revision), s.ID, s.Kind, p.Revision, p.Body, p.Write}
}

// note is a document of the collection meta that holds a text.
type note struct {
	ID   string `bson:"_id"`
	Text string `bson:"text"`
}

// limits are documents of the collection meta that hold a number.
type limit struct {
	ID    string `bson:"_id"`
	Value int64  `bson:"value"`
}

// entry is a document of the collection log.
type entry struct {
	Number int64 `bson:"_id"`
	// Token tells this entry from another under the same number, of the database before a restore.
	Token string    `bson:"token"`
	Refs  []ref     `bson:"refs"`
	At    time.Time `bson:"at"`
}

// ref names a state of a record.
type ref struct {
	ID       knowledge.ID       `bson:"id"`
	Revision knowledge.Revision `bson:"revision"`
}

// slugKey is what no two records may share; "" for none.
func slugKey(e knowledge.Entity) string {
	m := e.Head()
	if m.Slug == "" || m.Deleted {
		return ""
	}
	return strings.ToLower(string(e.Kind())) + "/" + m.Slug
}

// encode turns an entity into a document; a tombstone into its head alone.
func encode(e knowledge.Entity) (body bson.Raw, err error) {
	if e.Head().Deleted {
		bare := knowledge.New(e.Kind())
		*bare.Head() = *e.Head()
		e = bare
	}
	text, err := knowledge.Encode(e)
	if err != nil {
		return nil, err
	}
	if err := bson.UnmarshalExtJSON(text, false, &body); err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Head().ID, err)
	}
	return body, nil
}

// decode turns a document into an entity.
func decode(kind knowledge.Kind, body bson.Raw) (knowledge.Entity, error) {
	text, err := bson.MarshalExtJSON(body, false, false)
	if err != nil {
		return nil, fmt.Errorf("decode a %s: %w", kind.Noun(), err)
	}
	return knowledge.Decode(kind, text)
}
