package mongostore_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore"
)

func TestOpenRefusesBadURIsWithoutThePassword(t *testing.T) {
	t.Parallel()
	for _, uri := range []string{
		"", "mongodb://", "postgres://u:geheim@host/", "mongodb://u:geheim@host:port/", "mongodb://u:ge@heim@host/",
		"mongodb://u:geheim@host/?w=-3", "mongodb://u:geheim@host/?tls=perhaps", "mongodb://u:geheim@host/a b?x",
		"mongodb://u:geheim@host/?authMechanism=NONE", "mongodb://u:geheim@host/with.dot",
		"mongodb://u:geheim@host/?tsl=true", "mongodb://u:geheim@host/?password=geheim",
	} {
		store, err := mongostore.Open(uri, mongostore.Options{Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return time.Time{} }})
		if err == nil {
			t.Error(uri, "was accepted", store.Close())
			continue
		}
		if !knowledge.IsKind(err, knowledge.Invalid) || strings.Contains(fmt.Sprintf("%+v", err), "heim") {
			t.Errorf("%s gave %v", uri, err)
		}
	}
	if _, err := mongostore.Open("mongodb://127.0.0.1/", mongostore.Options{}); err == nil {
		t.Error("a store without a logger and a clock was accepted")
	}
}

// While there is no database every call fails at once, Ready waits, and Close does not.
func TestADatabaseThatIsNotThere(t *testing.T) {
	t.Parallel()
	store := unready(t, "mongodb://127.0.0.1:1/nowhere", mongostore.Options{})
	if _, away := store.Away(); !away {
		t.Error("the database is not away")
	}
	slow := time.AfterFunc(time.Second, func() { t.Error("the refusals took more than a second") })
	_, loadErr := store.Load(t.Context(), "PR_a")
	_, historyErr := store.History(t.Context(), "PR_a", 0, 1)
	_, noteErr := store.Note(t.Context(), "a")
	errs := map[string]error{
		"load": loadErr, "history": historyErr, "note": noteErr,
		"save":           store.Save(t.Context(), knowledgetest.Practice("a")),
		"save of two":    store.Save(t.Context(), knowledgetest.Practice("a"), knowledgetest.Practice("b")),
		"revisions":      store.EachRevision(t.Context(), func(knowledge.ID, knowledge.Revision) error { return nil }),
		"setting a note": store.SetNote(t.Context(), "a", "b"),
	}
	for _, err := range store.Changes(t.Context(), "") {
		errs["feed"] = err
	}
	for name, err := range errs {
		failure, ok := errors.AsType[*knowledge.Error](err)
		if !ok || failure.Kind != knowledge.Unavailable || strings.Contains(failure.Message, "127.0.0.1") {
			t.Errorf("%s gave %v", name, err)
		}
	}
	slow.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := store.Ready(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ready gave %v", err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	if err := store.Ready(t.Context()); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("ready after close gave %v", err)
	}
}

func TestANewerFormatIsRefused(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	opened(t, uri, mongostore.Options{})
	_, err := raw(t, uri).Collection("meta").UpdateByID(t.Context(), "format", bson.D{{Key: "$set", Value: bson.D{{Key: "value", Value: int64(3)}}}})
	if err != nil {
		t.Fatal(err)
	}
	err = unready(t, uri, mongostore.Options{}).Ready(t.Context())
	if !knowledge.IsKind(err, knowledge.Invalid) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("ready gave %v", err)
	}
}

// Tools that write to the database meet the validators. They are there after any number of openings.
func TestValidatorsRefuseWhatCannotBeARecord(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	for range 2 {
		opened(t, uri, mongostore.Options{})
	}
	db := raw(t, uri)
	for collection, doc := range map[string]bson.D{
		"entities": {{Key: "_id", Value: "PR_a"}, {Key: "kind", Value: "PRACTICE"}, {Key: "revision", Value: 0}, {Key: "body", Value: bson.D{}}, {Key: "write", Value: bson.NewObjectID()}},
		"history":  {{Key: "_id", Value: "PR_a/1"}, {Key: "entity", Value: "PR_a"}},
		"log":      {{Key: "_id", Value: "one"}, {Key: "token", Value: "a"}, {Key: "refs", Value: bson.A{}}},
	} {
		if _, err := db.Collection(collection).InsertOne(t.Context(), doc); err == nil {
			t.Errorf("%s took %v", collection, doc)
		}
	}
	cursor, err := db.Collection("entities").Indexes().List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var indexes []struct {
		Name   string `bson:"name"`
		Unique bool   `bson:"unique"`
	}
	if err := cursor.All(t.Context(), &indexes); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, i := range indexes {
		found[i.Name] = i.Unique
	}
	if unique, ok := found["slug"]; !ok || !unique {
		t.Errorf("the indexes are %+v", indexes)
	}
	if _, ok := found["outbox"]; !ok {
		t.Errorf("the indexes are %+v", indexes)
	}
}

// Other tools find records under the names of the export.
func TestBodiesAreDocuments(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	p := knowledgetest.Practice("a", knowledgetest.Titled("Homes $first"), knowledgetest.Themed("housing"))
	save(t, opened(t, uri, mongostore.Options{}), p, knowledgetest.Revised(p, nil))
	n, err := raw(t, uri).Collection("entities").CountDocuments(t.Context(), bson.D{
		{Key: "body.texts.title", Value: "Homes $first"}, {Key: "body.themes", Value: p.ThemeIDs[0]}, {Key: "revision", Value: 2},
	})
	if err != nil || n != 1 {
		t.Errorf("found %d, %v", n, err)
	}
}

func TestARecordThatIsTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	err := opened(t, uri, mongostore.Options{}).Save(t.Context(), knowledgetest.Practice("large", knowledgetest.Summed(strings.Repeat("large ", 8<<20/6))))
	if !knowledge.IsKind(err, knowledge.Invalid) || !strings.Contains(err.Error(), "7 MiB") {
		t.Errorf("save gave %v", err)
	}
}
