package mongostore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
)

// format is the version of what documents mean. A change that an older program would misread raises it. In format 1, the
// partnerships of entries were called partners, see knowledge.Renewed.
// layout is the version of indexes and validators. A change of those raises it: so that of two versions of the
// program on one database, as in an upgrade of several servers, the older does not undo what the newer needs.
// Their documents are in meta.
const (
	format   = 2
	formatID = "format"
	layout   = 2
	layoutID = "layout"
)

// maxRefusals is how often the database may refuse to be prepared before that is no passing trouble.
const maxRefusals = 5

// prepareEvery is how often prepare tries again while the database is away.
const prepareEvery = 500 * time.Millisecond

// prepare makes what the store needs in the database, as soon as that can be reached. It gives false where
// it has to give up: the store is being closed, or the database cannot be used.
func (s *Store) prepare(ctx context.Context) bool {
	ticker := time.NewTicker(prepareEvery)
	defer ticker.Stop()
	warned, refusals := false, 0
	for {
		err := s.build(ctx)
		if err != nil && !isPassing(err) && !neverSent(err) {
			refusals++
		}
		switch {
		case err == nil:
			s.arrive()
			close(s.prepared)
			return true
		case ctx.Err() != nil:
			return false
		case isHopeless(err) || refusals >= maxRefusals:
			s.unfit = unfit(err)
			close(s.hopeless)
			return false
		case !warned:
			warned = true
			s.options.Logger.WarnContext(ctx, "waiting for the database", "hosts", strings.Join(s.hosts, ","), "err", s.blamed(err))
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return false
		}
	}
}

// unfit says in plain English why a database cannot be used.
func unfit(err error) error {
	message := "The database cannot be prepared; the log says why."
	switch {
	case errors.Is(err, errNewerFormat):
		message = "The database was written by a newer version of this program; use that version."
	case isHopeless(err):
		message = "The database refuses the user of the URI: check the name, the password, authSource, and that the user may read and write the database."
	}
	return &knowledge.Error{Kind: knowledge.Invalid, Message: message, Err: err}
}

// build makes collections, indexes and validators, each of which may be there already.
func (s *Store) build(ctx context.Context) error {
	found, err := s.version(ctx, formatID)
	switch {
	case err != nil:
		return err
	case found > format:
		return fmt.Errorf("%w: format %d, and this version knows %d", errNewerFormat, found, format)
	}
	if found, err = s.version(ctx, layoutID); err != nil || found > layout {
		return err // A newer program has made what it needs, and this one does without knowing it.
	}
	for _, c := range s.collections() {
		if err := s.attempt(ctx, func(ctx context.Context) error { return s.buildCollection(ctx, c) }); err != nil {
			return fmt.Errorf("prepare the collection %s: %w", c.Name(), err)
		}
	}
	return errors.Join(s.raise(ctx, formatID, format), s.raise(ctx, layoutID, layout))
}

// version reads a number of meta; 0 where it is not there.
func (s *Store) version(ctx context.Context, id string) (int64, error) {
	var found limit
	err := s.attempt(ctx, func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.meta, query{filter: byID(id)}, &found))
	})
	if err != nil {
		return 0, fmt.Errorf("read the %s: %w", id, err)
	}
	return found.Value, nil
}

// raise sets a number of meta that never falls.
func (s *Store) raise(ctx context.Context, id string, to int64) error {
	return s.attempt(ctx, func(ctx context.Context) error {
		_, err := s.meta.UpdateByID(ctx, id, bson.D{{Key: "$max", Value: bson.D{{Key: "value", Value: to}}}},
			options.UpdateOne().SetUpsert(true))
		return err
	})
}

// collection is what a collection is made of.
type collection struct {
	*mongo.Collection
	// schema is a JSON Schema in MongoDB's dialect. It is a second line behind the program's own checks,
	// against tools that write to the database.
	schema  bson.D
	indexes []mongo.IndexModel
}

func (s *Store) collections() []collection {
	whole := bson.A{"int", "long"}
	return []collection{
		{
			s.entities,
			schema(bson.A{fieldKind, fieldRevision, fieldBody, fieldWrite}, bson.D{
				of(fieldID, "string"), of(fieldKind, "string"), from1(fieldRevision, whole), of(fieldDeleted, "bool"),
				of(fieldSlug, "string"), of(fieldBody, "object"), of(fieldWrite, "objectId"), of(fieldMarker, "bool"),
				of(fieldPrevious, "object"),
			}),
			[]mongo.IndexModel{
				// Only documents that have a key take part, so any number may be without.
				index("slug", fieldSlug, options.Index().SetUnique(true).SetPartialFilterExpression(
					bson.D{{Key: fieldSlug, Value: bson.D{{Key: "$exists", Value: true}}}})),
				// Nearly empty: what has been written and not published.
				index("outbox", fieldMarker, options.Index().SetPartialFilterExpression(bson.D{{Key: fieldMarker, Value: true}})),
			},
		},
		{
			s.history,
			schema(bson.A{fieldEntity, fieldKind, fieldRevision, fieldBody}, bson.D{
				of(fieldID, "string"), of(fieldEntity, "string"), of(fieldKind, "string"), from1(fieldRevision, whole), of(fieldBody, "object"),
			}),
			nil,
		},
		{
			s.log,
			schema(bson.A{"token", "refs"}, bson.D{from1(fieldID, whole), of("token", "string"), of("refs", bson.A{"array", "null"})}),
			nil,
		},
		{s.meta, schema(bson.A{}, bson.D{of(fieldID, "string")}), nil},
		{
			s.usage,
			schema(bson.A{fieldDay, fieldRequests}, bson.D{
				of(fieldID, "string"), of(fieldDay, "string"), of(fieldRequests, whole), of(fieldFailures, whole),
				of(fieldPoints, whole), of(fieldUnproven, whole),
			}),
			[]mongo.IndexModel{index("day", fieldDay, options.Index())}, // For dropping what is old.
		},
	}
}

// schema is an object with required fields and the types of some.
func schema(required bson.A, properties bson.D) bson.D {
	s := bson.D{{Key: "bsonType", Value: "object"}, {Key: "properties", Value: properties}}
	if len(required) > 0 {
		s = append(s, bson.E{Key: "required", Value: required})
	}
	return s
}

// of is a field with a type or one of several.
func of(field string, types any) bson.E {
	return bson.E{Key: field, Value: bson.D{{Key: "bsonType", Value: types}}}
}

// from1 is a field with a number that is not below 1.
func from1(field string, types any) bson.E {
	return bson.E{Key: field, Value: bson.D{{Key: "bsonType", Value: types}, {Key: "minimum", Value: 1}}}
}

func index(name, field string, o *options.IndexOptionsBuilder) mongo.IndexModel {
	return mongo.IndexModel{Keys: bson.D{{Key: field, Value: 1}}, Options: o.SetName(name)}
}

// buildCollection makes one collection. The validator is set by collMod as well, for a collection that is
// there already and for servers whose create ignores it; a user who may not use collMod does without.
func (s *Store) buildCollection(ctx context.Context, c collection) error {
	db := c.Database()
	rules := bson.D{{Key: "$jsonSchema", Value: c.schema}}
	err := db.CreateCollection(ctx, c.Name(), options.CreateCollection().SetValidator(rules))
	if server, ok := errors.AsType[mongo.ServerError](err); err != nil && (!ok || !server.HasErrorCode(codeNamespaceExists)) {
		return err
	}
	if len(c.indexes) > 0 {
		if _, err := c.Indexes().CreateMany(ctx, c.indexes); err != nil {
			return err
		}
	}
	err = db.RunCommand(ctx, bson.D{
		{Key: "collMod", Value: c.Name()},
		{Key: "validator", Value: rules},
		{Key: "validationLevel", Value: "strict"},
		{Key: "validationAction", Value: "error"},
	}).Err()
	if server, ok := errors.AsType[mongo.ServerError](err); ok && server.HasErrorCode(codeUnauthorized) {
		s.options.Logger.WarnContext(ctx, "the database user may not change validators: they stay as they are (the role dbAdmin allows it)",
			"collection", c.Name())
		return nil
	}
	return err
}
