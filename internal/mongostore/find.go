package mongostore

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
)

// query is a read of one collection. What is not set is not sent.
type query struct {
	filter, projection bson.D
	sort               int // by id: 1 ascending, -1 descending
	limit              int // 0 for all
}

// find reads every document that the query lets through. It is sent as a command because the driver sends no
// time limit with its own: the server gives up when the context does, and does not go on for nobody.
func find[T any](ctx context.Context, c *mongo.Collection, q query, into *[]T) error {
	command := bson.D{
		{Key: "find", Value: c.Name()},
		{Key: "filter", Value: q.filter},
		{Key: "readConcern", Value: bson.D{{Key: "level", Value: "majority"}}},
	}
	if len(q.projection) > 0 {
		command = append(command, bson.E{Key: "projection", Value: q.projection})
	}
	if q.sort != 0 {
		command = append(command, bson.E{Key: "sort", Value: bson.D{{Key: fieldID, Value: q.sort}}})
	}
	if q.limit > 0 {
		command = append(command, bson.E{Key: "limit", Value: q.limit}, bson.E{Key: "batchSize", Value: q.limit})
	}
	if deadline, ok := ctx.Deadline(); ok {
		left := max(1, time.Until(deadline).Milliseconds())
		command = append(command, bson.E{Key: "maxTimeMS", Value: left})
	}
	*into = nil
	cursor, err := c.Database().RunCommandCursor(ctx, command, options.RunCmd().SetReadPreference(readpref.Primary()))
	if err != nil {
		return err
	}
	return cursor.All(ctx, into)
}

// findOne reads the first document that the query lets through; mongo.ErrNoDocuments for none.
func findOne[T any](ctx context.Context, c *mongo.Collection, q query, into *T) error {
	var found []T
	q.limit = 1
	if err := find(ctx, c, q, &found); err != nil {
		return err
	}
	if len(found) == 0 {
		return mongo.ErrNoDocuments
	}
	*into = found[0]
	return nil
}

// byID is the filter for one document.
func byID(id any) bson.D { return bson.D{{Key: fieldID, Value: id}} }

// fields is a projection.
func fields(names ...string) bson.D {
	p := make(bson.D, len(names))
	for i, name := range names {
		p[i] = bson.E{Key: name, Value: 1}
	}
	return p
}

// exceptNone is the error unless it says that there is no such document.
func exceptNone(err error) error {
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil
	}
	return err
}
