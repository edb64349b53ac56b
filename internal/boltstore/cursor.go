package boltstore

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"goodpractice/internal/knowledge"
)

// A cursor is a session and a number of a change. A session is one opening of the file, under a random
// name; the file keeps for each the number at which it began. So a cursor that was given out after a
// backup was taken is recognised as lost once that backup is in use: its session is unknown, or did not
// get that far in this file. Without it, the numbers given anew would be mistaken for the old ones.

// session names one opening of the file.
type session uint64

const (
	sessionBytes = 16 // the name and the number of the change before it, 8 bytes each
	// maxSessions is how many openings a file remembers; cursors that are older are lost.
	maxSessions = 1024
)

func newSession() session {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (Go 1.24).
	return session(binary.BigEndian.Uint64(b[:]))
}

// enter writes the session into the file.
func enter(b buckets, s session) error {
	sessions := append([]byte{}, b.meta.Get([]byte(keySessions))...)
	sessions = binary.BigEndian.AppendUint64(sessions, uint64(s))
	sessions = binary.BigEndian.AppendUint64(sessions, b.changes.Sequence())
	if surplus := len(sessions) - maxSessions*sessionBytes; surplus > 0 {
		sessions = sessions[surplus:]
	}
	if err := b.meta.Put([]byte(keySessions), sessions); err != nil {
		return fmt.Errorf("enter session: %w", err)
	}
	return nil
}

// cursor writes the position after the change with the number.
func (s session) cursor(number uint64) knowledge.Cursor {
	return knowledge.Cursor(fmt.Sprintf("%016x.%d", uint64(s), number))
}

// locate reads a cursor and checks that this file has given it out. The empty cursor is number 0.
func locate(b buckets, c knowledge.Cursor) (uint64, error) {
	if c == "" {
		return 0, nil
	}
	name, digits, _ := strings.Cut(string(c), ".")
	id, errID := strconv.ParseUint(name, 16, 64)
	number, errNumber := strconv.ParseUint(digits, 10, 64)
	if errID != nil || errNumber != nil || session(id).cursor(number) != c {
		return 0, knowledge.ErrCursorLost
	}
	sessions := b.meta.Get([]byte(keySessions))
	for at := 0; at+sessionBytes <= len(sessions); at += sessionBytes {
		if binary.BigEndian.Uint64(sessions[at:]) != id {
			continue
		}
		end := b.changes.Sequence()
		if next := at + sessionBytes; next < len(sessions) {
			end = binary.BigEndian.Uint64(sessions[next+8:])
		}
		if number <= end {
			return number, nil
		}
	}
	return 0, knowledge.ErrCursorLost
}
