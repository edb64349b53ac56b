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
	// Extensions gives what every response carries under "extensions": what is so when a query or mutation begins, or else
	// when its response is made; of a stream, when each event is. No keys for nothing. A response that carries something is not cached. Nil: there never is anything.
	Extensions func() map[string]any
	// Vary are request headers that answers depend on beside Accept, Accept-Language, Accept-Encoding, Authorization and
	// Origin.
	Vary []string
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
