package mongostore

import (
	"errors"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"goodpractice/internal/knowledge"
)

const (
	// maxKey is the greatest length of an id or a slug in bytes, as in the other engine.
	maxKey = 1024
	// maxBody is the greatest size of a record in bytes: a document holds two states and may have 16 MiB.
	maxBody = 7 << 20
)

// write is one state on its way into the database.
type write struct {
	stored
	place int // among what was given to Save
}

// prepareWrite encodes an entity.
func prepareWrite(e knowledge.Entity) (*write, error) {
	if e == nil {
		return nil, invalid("There is no record to save.", nil)
	}
	m := e.Head()
	switch {
	case knowledge.New(e.Kind()) == nil:
		return nil, invalid("A record of an unknown kind cannot be saved.", nil)
	case m.ID == "" || len(m.ID) > maxKey || len(m.Slug) > maxKey:
		return nil, invalid(fmt.Sprintf("The id and the slug need 1 to %d bytes.", maxKey), nil)
	}
	body, err := encode(e)
	if err != nil {
		return nil, invalid("The record holds a value that cannot be stored.", err)
	}
	if len(body) > maxBody {
		return nil, invalid(fmt.Sprintf("The record is larger than MongoDB can keep with its history: %d MiB.", maxBody>>20), nil)
	}
	return &write{stored: stored{
		ID: m.ID, Kind: e.Kind(), Revision: m.Revision, Deleted: m.Deleted, SlugKey: slugKey(e), Body: body,
		Write: bson.NewObjectID(), Marker: true,
	}}, nil
}

// ref names the state.
func (w *write) ref() ref { return ref{w.ID, w.Revision} }

// base is the state that the write builds upon. Whoever finds it writes, and nobody else can any more: this
// makes it harmless to send the write again.
//
// A state before that one, which has not reached the history yet, must not be overwritten: with free set the
// record must carry none.
func (w *write) base(free bool) bson.D {
	filter := bson.D{
		{Key: fieldID, Value: w.ID},
		{Key: fieldRevision, Value: w.Revision - 1},
		{Key: fieldKind, Value: w.Kind},
		{Key: fieldDeleted, Value: bson.D{{Key: "$ne", Value: true}}},
	}
	if free {
		filter = append(filter, bson.E{Key: fieldPrevious, Value: bson.D{{Key: "$exists", Value: false}}})
	}
	return filter
}

// change is the update from the state before: that moves aside within the document, without leaving the
// server. Values are literals, for a text may begin with a dollar sign.
func (w *write) change() mongo.Pipeline {
	set := bson.D{
		{Key: fieldPrevious, Value: bson.D{
			{Key: fieldRevision, Value: "$" + fieldRevision},
			{Key: fieldBody, Value: "$" + fieldBody},
			{Key: fieldWrite, Value: "$" + fieldWrite},
		}},
		{Key: fieldRevision, Value: w.Revision},
		{Key: fieldBody, Value: literal(w.Body)},
		{Key: fieldWrite, Value: w.Write},
		{Key: fieldMarker, Value: true},
	}
	if w.Deleted {
		set = append(set, bson.E{Key: fieldDeleted, Value: true})
	}
	if w.SlugKey != "" {
		set = append(set, bson.E{Key: fieldSlug, Value: literal(w.SlugKey)})
		return mongo.Pipeline{{{Key: "$set", Value: set}}}
	}
	return mongo.Pipeline{{{Key: "$set", Value: set}}, {{Key: "$unset", Value: fieldSlug}}}
}

func literal(v any) bson.D { return bson.D{{Key: "$literal", Value: v}} }

// model is the write as a part of a bulk.
func (w *write) model() mongo.WriteModel {
	if w.Revision == 1 {
		return mongo.NewInsertOneModel().SetDocument(w.stored)
	}
	return mongo.NewUpdateOneModel().SetFilter(w.base(true)).SetUpdate(w.change())
}

// slugTaken refuses a slug that another record has.
func (w *write) slugTaken() error {
	_, slug, _ := strings.Cut(w.SlugKey, "/")
	return &knowledge.Error{
		Kind: knowledge.Conflict, Path: []string{"slug"},
		Message: "Another " + w.Kind.Noun() + " has this slug; choose another.",
		Err:     fmt.Errorf("save %s as %q: %w", w.ID, slug, knowledge.ErrSlugTaken),
	}
}

// refuse says why the write cannot follow upon what is stored; nil for nothing stored.
func (w *write) refuse(found *stored) error {
	revision := knowledge.Revision(0)
	if found != nil {
		revision = found.Revision
	}
	switch {
	case found != nil && found.Deleted:
		return conflict("The record has been deleted.",
			fmt.Errorf("save %s revision %d over a tombstone: %w", w.ID, w.Revision, knowledge.ErrConflict))
	case w.Revision != revision+1:
		return conflict("The record has been changed since it was read; read it again and repeat the change.",
			fmt.Errorf("save %s revision %d over %d: %w", w.ID, w.Revision, revision, knowledge.ErrConflict))
	case found != nil && found.Kind != w.Kind:
		return invalid("A record cannot become one of another kind.", nil)
	}
	return nil
}

// asBulk finds the outcome of a bulk in an error.
func asBulk(err error) (mongo.BulkWriteException, bool) {
	return errors.AsType[mongo.BulkWriteException](err)
}
