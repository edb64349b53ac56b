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
	// inside is how far a reader has come beyond the entry; the zero value where it stands right behind it.
	inside
}

// inside is a place in a snapshot, or in the entry that follows a position.
type inside struct {
	id    knowledge.ID // Of the snapshot that was begun at the position, everything up to this record was given.
	refs  int          // Of the entry that follows, so many records were given;
	token string       // and this is its token.
}

// startToken stands for the token where the log is empty.
const startToken = "start"

// cursor writes the position for others to keep.
func (p position) cursor() knowledge.Cursor {
	text := strconv.FormatInt(p.number, 10) + "." + p.token
	switch {
	case p.id != "":
		text += "@" + string(p.id)
	case p.refs > 0:
		text += "+" + strconv.Itoa(p.refs) + "." + p.inside.token
	}
	return knowledge.Cursor(text)
}

// parsePosition reads a cursor; false for one that this package has not written.
func parsePosition(c knowledge.Cursor) (position, bool) {
	digits, token, _ := strings.Cut(string(c), ".")
	token, id, inSnapshot := strings.Cut(token, "@")
	token, place, inEntry := strings.Cut(token, "+")
	number, err := strconv.ParseInt(digits, 10, 64)
	p := position{number: number, token: token}
	if inEntry {
		refs, next, _ := strings.Cut(place, ".")
		p.refs, _ = strconv.Atoi(refs) // What is no number is not written like it.
		p.inside.token = next
	}
	if inSnapshot {
		p.id = knowledge.ID(id)
	}
	return p, err == nil && number >= 0 && (!inSnapshot || p.id.Kind() != "") && p.cursor() == c
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
func (e *entry) position() position { return position{number: e.Number, token: e.Token} }

// within is the position after so many records of the entry, for a reader that stood at p before it.
func (e *entry) within(p position, refs int) position {
	p.inside = inside{refs: refs, token: e.Token}
	return p
}
