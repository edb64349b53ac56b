package mongostore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

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

// verify fails with knowledge.ErrCursorLost if the log does not lead on from the position. An entry that is
// not there may still come: after a failover a new primary shows for a moment what a majority had before.
// So it is looked for again before the cursor is given up.
func (s *Store) verify(ctx context.Context, p position) error {
	for wait := s.options.GapWait; ; wait = 0 {
		floor, err := s.floor(ctx)
		if err != nil {
			return err
		}
		if p.number < floor || p.number == 0 && p.token != startToken {
			return fmt.Errorf("the log begins at %d: %w", floor, knowledge.ErrCursorLost)
		}
		if p.number == 0 {
			return nil
		}
		found, err := s.entryAt(ctx, p.number, s.call)
		switch {
		case err != nil && ctx.Err() == nil:
			return unavailable(messageAway, "look for a position in the log", err)
		case err != nil || found.Token == p.token:
			return err
		case found.Token != "" || wait == 0:
			return fmt.Errorf("entry %d of the log is gone or another one: %w", p.number, knowledge.ErrCursorLost)
		}
		select {
		case <-time.After(wait):
		case <-s.closed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// position is the position after the entry.
func (e *entry) position() position { return position{e.Number, e.Token} }
