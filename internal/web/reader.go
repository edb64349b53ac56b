package web

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/text/language"

	"goodpractice/internal/knowledge"
)

// maxLanguages is how many preferences of a reader count.
const maxLanguages = 10

// withReader puts into the context on whose behalf the request is served, or refuses it where the
// token is not valid: a client that sends a wrong token must not take the public's answer for its own.
func withReader(authenticate Authenticate, log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		known := requestFrom(ctx)
		actor, err := authenticate(ctx, r.Header.Get("Authorization"), known.loopback)
		if err != nil {
			refuseActor(w, r, log, err)
			return
		}
		known.role = actor.Role
		ctx = knowledge.WithReader(ctx, knowledge.Reader{
			Actor: actor, Languages: acceptedLanguages(r.Header.Get("Accept-Language")), Origin: originOf(r),
		})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// maxOrigin is how many bytes of an Origin header are looked at: none is longer.
const maxOrigin = 300

// originOf is the origin of the page that a browser says it asks for; empty where it says nothing.
func originOf(r *http.Request) string {
	if origin := r.Header.Get("Origin"); len(origin) <= maxOrigin {
		return origin
	}
	return ""
}

// SignIn makes of authenticate what a websocket needs to sign in after it was opened: the context it
// is given is the one of the request that opened it, and the one it returns has the new actor.
func SignIn(authenticate Authenticate) func(ctx context.Context, authorization string) (context.Context, error) {
	return func(ctx context.Context, authorization string) (context.Context, error) {
		actor, err := authenticate(ctx, authorization, requestFrom(ctx).loopback)
		if err != nil {
			return nil, err
		}
		reader := knowledge.ReaderFrom(ctx)
		reader.Actor = actor
		return knowledge.WithReader(ctx, reader), nil
	}
}

// GuessingError is what Authenticate returns for a client that has sent too many wrong tokens: nothing more of it is looked at
// until RetryAfter has passed.
type GuessingError struct {
	RetryAfter time.Duration
}

// Error implements error.
func (e *GuessingError) Error() string { return "too many wrong tokens" }

// refuseActor answers for a request whose token could not be accepted.
func refuseActor(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	if known, ok := errors.AsType[*knowledge.Error](err); ok && known.Kind == knowledge.Unauthenticated {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		refuse(w, r, http.StatusUnauthorized, string(known.Kind), known.Message)
		return
	}
	if tooMany, ok := errors.AsType[*GuessingError](err); ok {
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil(tooMany.RetryAfter.Seconds())))))
		refuse(w, r, http.StatusTooManyRequests, "RATE_LIMITED",
			"Too many wrong tokens came from your address. Wait as many seconds as Retry-After says, and send a valid one.")
		return
	}
	level := slog.LevelError
	if isAway(err) { // Whoever found that out has logged it, once for all requests.
		level = slog.LevelDebug
	}
	log.Log(r.Context(), level, "authenticate", "request_id", RequestID(r.Context()), "err", err)
	refuse(w, r, http.StatusServiceUnavailable, string(knowledge.Unavailable),
		"The token cannot be checked at the moment. Please try again.")
}

// isAway tells whether the reason is that the database does not answer, and no fault.
func isAway(err error) bool {
	known, ok := errors.AsType[*knowledge.Error](err)
	return ok && known.Kind == knowledge.Unavailable &&
		(known.Err == nil || knowledge.IsKind(known.Err, knowledge.Unavailable))
}

// acceptedLanguages are the preferences of an Accept-Language header, best first. A header that is
// not well formed has none (RFC 9110 section 12.5.4: it may be disregarded).
func acceptedLanguages(header string) []knowledge.LanguageTag {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return nil
	}
	var languages []knowledge.LanguageTag
	for _, tag := range tags {
		parsed, ok := knowledge.ParseLanguageTag(tag.String())
		if !ok || parsed == "mul" { // The package's name for "*", which asks for nothing in particular.
			continue
		}
		if languages = append(languages, parsed); len(languages) == maxLanguages {
			break
		}
	}
	return languages
}
