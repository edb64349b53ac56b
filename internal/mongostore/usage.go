package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
)

// The fields of a document of usage, besides its id.
const (
	fieldDay      = "day"
	fieldRequests = "requests"
	fieldFailures = "failures"
	fieldPoints   = "points"
	fieldUnproven = "unproven"
)

// usage is a document of the collection usage.
type usage struct {
	ID         string         `bson:"_id"`
	Partner    knowledge.ID   `bson:"partner"`
	Day        knowledge.Date `bson:"day"`
	Operation  string         `bson:"operation"`
	Deprecated string         `bson:"deprecated"`
	Requests   int64          `bson:"requests"`
	Failures   int64          `bson:"failures"`
	Points     int64          `bson:"points"`
	Unproven   int64          `bson:"unproven"`
}

// AddUsage adds to the counts of partners; those that other servers add are added to them. With an error some
// may have been added. Unlike other operations it is sent once: sent again it would count twice.
func (s *Store) AddUsage(ctx context.Context, counted []knowledge.Usage) error {
	if len(counted) == 0 {
		return nil
	}
	models := make([]mongo.WriteModel, len(counted))
	for i, u := range counted {
		models[i] = mongo.NewUpdateOneModel().SetUpsert(true).SetFilter(byID(usageID(u))).SetUpdate(bson.D{
			{Key: "$setOnInsert", Value: bson.D{
				{Key: "partner", Value: u.Partner},
				{Key: fieldDay, Value: u.Day},
				{Key: "operation", Value: u.Operation},
				{Key: "deprecated", Value: u.Deprecated},
			}},
			{Key: "$inc", Value: bson.D{
				{Key: fieldRequests, Value: u.Requests},
				{Key: fieldFailures, Value: u.Failures},
				{Key: fieldPoints, Value: u.Points},
				{Key: fieldUnproven, Value: u.Unproven},
			}},
		})
	}
	sent := false
	var first error
	return s.read(ctx, "add to the usage", func(ctx context.Context) error {
		if sent && !neverSent(first) {
			return first
		}
		sent = true
		_, first = s.usage.BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
		return first
	})
}

// Usage gives the counts of a partner from one day to another, both included, by day.
func (s *Store) Usage(ctx context.Context, partner knowledge.ID, from, to knowledge.Date) ([]knowledge.Usage, error) {
	var found []usage
	between := bson.D{
		{Key: "$gte", Value: string(partner) + "/" + string(from)},
		{Key: "$lt", Value: string(partner) + "/" + string(to) + "0"}, // 0 comes after the slash that follows the day.
	}
	err := s.read(ctx, "read the usage", func(ctx context.Context) error {
		return find(ctx, s.usage, query{filter: bson.D{{Key: fieldID, Value: between}}, sort: 1}, &found)
	})
	counted := make([]knowledge.Usage, len(found))
	for i, u := range found {
		counted[i] = knowledge.Usage{
			Partner: u.Partner, Day: u.Day, Operation: u.Operation, Deprecated: u.Deprecated,
			Requests: u.Requests, Failures: u.Failures, Points: u.Points, Unproven: u.Unproven,
		}
	}
	return counted, err
}

// DropUsage forgets the counts of all days before one.
func (s *Store) DropUsage(ctx context.Context, before knowledge.Date) error {
	return s.read(ctx, "drop old usage", func(ctx context.Context) error {
		_, err := s.usage.DeleteMany(ctx, bson.D{{Key: fieldDay, Value: bson.D{{Key: "$lt", Value: before}}}})
		return err
	})
}

// usageID is where counts are kept. Ids of a partner are in the order of the days.
func usageID(u knowledge.Usage) string {
	name := "o/" + u.Operation
	if u.Deprecated != "" {
		name = "d/" + u.Deprecated
	}
	return string(u.Partner) + "/" + string(u.Day) + "/" + name
}
