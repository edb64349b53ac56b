package mongostore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/sony/gobreaker/v2"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"goodpractice/internal/knowledge"
)

// Codes of server errors.
const (
	codeInternal        = 1 // FerretDB gives it when PostgreSQL is away; the driver does not try again.
	codeUnauthorized    = 13
	codeAuthFailed      = 18
	codeNamespaceExists = 48
	codeTimeExpired     = 50
	codeWriteConcern    = 64
	codeInterrupted     = 11601
)

// isPassing tells whether the operation may succeed when it is sent again.
func isPassing(err error) bool {
	if err == nil {
		return false
	}
	if mongo.IsNetworkError(err) || mongo.IsTimeout(err) || isUnselected(err) || isUnconnected(err) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	if _, cut := errors.AsType[topology.ConnectionError](err); cut {
		return true
	}
	server, ok := errors.AsType[mongo.ServerError](err)
	if !ok {
		return false
	}
	if server.HasErrorLabel("RetryableWriteError") || server.HasErrorLabel("TransientTransactionError") {
		return true
	}
	return slices.ContainsFunc(passingCodes(), server.HasErrorCode) || slices.ContainsFunc(passingStates(), server.HasErrorCode)
}

// passingCodes are those of a server that is starting, stopping, electing, or busy.
func passingCodes() []int {
	return []int{
		codeInternal, codeTimeExpired, codeWriteConcern, codeInterrupted,
		6, 7, 43, 89, 91, 133, 134, 175, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
	}
}

// passingStates are errors of PostgreSQL that FerretDB hands on for a single write: a conflict of two
// transactions, a deadlock, a statement that was cut off.
func passingStates() []int { return []int{sqlState("40001"), sqlState("40P01"), sqlState("57014")} }

// sqlState is the number that PostgreSQL uses for an SQLSTATE of five characters, six bits for each.
func sqlState(state string) int {
	number := 0
	for i := range len(state) {
		number |= int(state[i]-'0') & 0x3f << (6 * i)
	}
	return number
}

// isAway tells that the database as a whole does not work, and not that it refused a single write, as
// MongoDB-wire servers do after a deadlock.
func isAway(err error) bool {
	if !isPassing(err) {
		return false
	}
	if _, refused := errors.AsType[mongo.WriteException](err); refused {
		return false
	}
	_, refused := asBulk(err)
	return !refused
}

// isUnselected tells that no server was found to send the operation to.
func isUnselected(err error) bool {
	_, ok := errors.AsType[topology.ServerSelectionError](err)
	return ok
}

// isUnconnected tells that the driver has closed its connections to a server just when the operation was to
// get one, because another operation had failed. It says so with a type of its own, which has no code and no
// label.
func isUnconnected(err error) bool {
	var cleared driver.RetryablePoolError
	return errors.As(err, &cleared) && cleared.Retryable()
}

// isDoubtful tells that a write may have been carried out although it failed: it was not answered, or it was
// carried out and a majority has not confirmed it.
func isDoubtful(err error) bool {
	if isPassing(err) {
		return true
	}
	failed, ok := errors.AsType[mongo.WriteException](err)
	return ok && failed.WriteConcernError != nil
}

// isHopeless tells whether waiting for the database will not help.
func isHopeless(err error) bool {
	server, ok := errors.AsType[mongo.ServerError](err)
	return ok && (server.HasErrorCode(codeUnauthorized) || server.HasErrorCode(codeAuthFailed)) ||
		errors.Is(err, errNewerFormat)
}

var (
	errNewerFormat = errors.New("the database was written by a newer version of this program")
	errClosed      = errors.New("closed")
	errUnprepared  = errors.New("the database has not been reached yet")
	errGivenUp     = errors.New("the caller has given up")
	errUnanswered  = errors.New("an earlier try was not answered")
)

// Messages of failures, for anyone.
const (
	messageAway    = "The database cannot be reached at the moment. Try again in a minute."
	messageUnsaved = "The database cannot be reached at the moment, so nothing was saved. Try again in a minute."
	messageUnknown = "The database did not answer in time. It is not known whether the change was saved: " +
		"read the record again, or send the same request again with the same idempotency key."
	messageClosed = "The store is closed."
)

// unavailable is a failure of the database in words for anyone. A failure that is none of the database's
// stays what it is.
func unavailable(message, operation string, err error) error {
	switch {
	case errors.Is(err, errClosed):
		message = messageClosed
	case !isPassing(err) && !neverSent(err) && !errors.Is(err, errMoving):
		return fmt.Errorf("%s: %w", operation, err)
	}
	return &knowledge.Error{Kind: knowledge.Unavailable, Message: message, Err: fmt.Errorf("%s: %w", operation, err)}
}

// neverSent tells that an operation has not reached any server.
func neverSent(err error) bool {
	return errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) ||
		errors.Is(err, errUnprepared) || errors.Is(err, errClosed) || isUnselected(err) || isUnconnected(err)
}

// invalid refuses what cannot be stored.
func invalid(message string, err error) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Message: message, Err: err}
}

// conflict refuses what others have forestalled.
func conflict(message string, err error) error {
	return &knowledge.Error{Kind: knowledge.Conflict, Message: message, Err: err}
}
