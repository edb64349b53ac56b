package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path"
	"time"
)

// Options configures New. Log and Now are required.
type Options struct {
	// Log receives internal errors and panics, nothing else.
	Log *slog.Logger
	// Now is the wall clock; deadlines of connections are counted from it.
	Now func() time.Time
	// RequestID reads the request's id from its context. Nil: errors carry no id.
	RequestID func(context.Context) string
	// Translate says what may be shown of an error. Nil: nothing is.
	Translate Translate
	// Authenticate takes the Authorization value of a websocket's connection_init ("Bearer …") and returns a context with
	// the actor in it, made from the one it is given. An error closes the socket with 4403. Nil: the value is ignored. It is
	// not called when connection_init has no such value, so that the upgrade request's own header stays in force.
	Authenticate func(ctx context.Context, authorization string) (context.Context, error)
	// Origins are the foreign origins whose pages may open websockets, such as "https://partner.example" or
	// "http://localhost:*" (path.Match patterns). The server's own origin always may.
	Origins []string
	// AllowOrigin tells of further origins whose pages may open websockets; it is asked for each. Nil: there are no others.
	AllowOrigin func(origin string) bool
	// Extensions gives what every response carries under "extensions": what is so when a query or mutation begins, or else
	// when its response is made; of a stream, when each event is. No keys for nothing. A response that carries one of them is not cached. Nil: there never is anything.
	Extensions func() map[string]any
	// Vary are request headers that answers depend on beside Accept, Accept-Language, Accept-Encoding, Authorization and
	// Origin.
	Vary []string
	// VaryExtensions are extensions of a request that its answer depends on: it is not kept for others.
	VaryExtensions []string
	// Version tells which state of the records operations answer from: it changes whenever one may answer something else.
	// False: no answer may be kept now. Variant tells what of the context an anonymous answer depends on, such as languages;
	// false where who asks is not anonymous. With both, answers to anonymous GETs without the headers of Vary are kept in
	// memory and given again while the version stays. Both are called often. Nil: no answer is kept.
	Version func() (uint64, bool)
	Variant func(context.Context) (string, bool)
	// Documents finds the text of a trusted document by its id. The id of one that is named by its SHA-256 is sha256: and
	// 64 hexadecimal digits of lower case, however the client wrote it. It is called often. Nil: there are none.
	Documents func(id string) (text string, found bool)
	// TrustedOnly tells whether who asks may run trusted documents only. Nil: nobody is held to them.
	TrustedOnly func(context.Context) bool
	// Caller tells who asks, as a short text that is the same for all requests of a client. Nil: all are one.
	Caller func(context.Context) string
	// Charge is asked once before an operation is executed, with its cost in points, and with no points before a document is
	// read, which refuses those in debt. Nil: nothing is charged.
	Charge func(ctx context.Context, points int) Charge
	// Owe takes points that were used up already by a request that could not be charged: a wrong one, such as one whose document is not valid.
	// Whoever owes more than there is, is in debt. Nil: nobody owes anything.
	Owe func(ctx context.Context, points int)
	// Executed is told of each operation after it was executed, of a subscription when it begins. It must be quick. Nil: nobody
	// is told.
	Executed func(ctx context.Context, x Executed)
	// Introspection lets clients ask for __schema and __type.
	Introspection bool
	// Limits bounds requests; its zero value stands for the defaults.
	Limits Limits
}

// validate names everything that is wrong with the options.
func (o Options) validate() error {
	var errs []error
	if o.Log == nil {
		errs = append(errs, errors.New("options: Log is missing"))
	}
	if o.Now == nil {
		errs = append(errs, errors.New("options: Now is missing"))
	}
	if o.Limits.negative() {
		errs = append(errs, errors.New("options: a limit is negative"))
	}
	for _, origin := range o.Origins {
		if _, err := path.Match(origin, ""); err != nil {
			errs = append(errs, fmt.Errorf("options: origin %q: %w", origin, err))
		}
	}
	return errors.Join(errs...)
}
