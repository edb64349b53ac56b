package mongostore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
)

// position is an entry of the log and its token, or the beginning. A database that was restored from a
// backup gives numbers out again; the token tells that a cursor is from before that, and lost.
type position struct {
	number int64
	token  string
}

// startToken stands for the token where the log is empty.
const startToken = "start"

// cursor writes the position for others to keep.
func (p position) cursor() knowledge.Cursor {
	return knowledge.Cursor(strconv.FormatInt(p.number, 10) + "." + p.token)
}

// parsePosition reads a cursor; false for one that this package has not written.
func parsePosition(c knowledge.Cursor) (position, bool) {
	digits, token, _ := strings.Cut(string(c), ".")
	number, err := strconv.ParseInt(digits, 10, 64)
	p := position{number, token}
	return p, err == nil && number >= 0 && p.cursor() == c
}

// verify fails with knowledge.ErrCursorLost if the log does not lead on from the position.
func (s *Store) verify(ctx context.Context, p position) error {
	if p.number == 0 {
		floor, err := s.floor(ctx)
		if err == nil && (floor > 0 || p.token != startToken) {
			err = fmt.Errorf("the log begins at %d: %w", floor, knowledge.ErrCursorLost)
		}
		return err
	}
	var found entry
	err := s.read(ctx, "look for a position in the log", func(ctx context.Context) error {
		err := s.log.FindOne(ctx, bson.D{{Key: fieldID, Value: p.number}},
			options.FindOne().SetProjection(bson.D{{Key: "token", Value: 1}})).Decode(&found)
		if errors.Is(err, mongo.ErrNoDocuments) {
			return nil
		}
		return err
	})
	if err == nil && found.Token != p.token {
		err = fmt.Errorf("entry %d of the log is gone or another one: %w", p.number, knowledge.ErrCursorLost)
	}
	return err
}

// position is the position after the entry.
func (e *entry) position() position { return position{e.Number, e.Token} }
