package graph

import (
	"context"
	"encoding/json"
	"net/http"

	"golang.org/x/text/language"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
)

// maxPreferences is how many languages of an Accept-Language header are heard; browsers send two to six.
const maxPreferences = 10

// reading finds out who reads, and in which languages.
type reading struct {
	authenticate func(ctx context.Context, authorization string) (knowledge.Actor, error)
}

// wrap puts the reader of each request into its context. A request with a wrong token is refused, so that nobody takes
// what an anonymous reader sees for all there is.
func (g reading) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reader := knowledge.ReaderFrom(r.Context())
		reader.Languages = preferences(r.Header.Get("Accept-Language"))
		ctx := knowledge.WithReader(r.Context(), reader)
		w.Header().Add("Vary", "Accept-Language")
		if authorization := r.Header.Get("Authorization"); g.authenticate != nil && authorization != "" {
			var err error
			if ctx, err = g.authenticated(ctx, authorization); err != nil {
				refuse(w, err)
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// authenticated puts the holder of the token into the context.
func (g reading) authenticated(ctx context.Context, authorization string) (context.Context, error) {
	actor, err := g.authenticate(ctx, authorization)
	if err != nil {
		return ctx, err
	}
	reader := knowledge.ReaderFrom(ctx)
	reader.Actor = actor
	return knowledge.WithReader(ctx, reader), nil
}

// refuse answers a request whose token is not accepted, in the form of a GraphQL error.
func refuse(w http.ResponseWriter, err error) {
	status, fault := http.StatusInternalServerError, transport.Fault{Message: "internal error", Code: transport.CodeInternal}
	if known, ok := translate(err); ok {
		status, fault = http.StatusServiceUnavailable, known
	}
	if fault.Code == transport.CodeUnauthenticated {
		status = http.StatusUnauthorized
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // A client that has left needs no answer.
		"errors": []any{map[string]any{
			"message": fault.Message, "extensions": map[string]any{"code": fault.Code},
		}},
	})
}

// preferences are the languages of an Accept-Language header, best first. A header that is wrong counts as none.
func preferences(header string) []knowledge.LanguageTag {
	accepted, weights, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return nil
	}
	var tags []knowledge.LanguageTag
	for i, tag := range accepted[:min(len(accepted), maxPreferences)] {
		if known, ok := knowledge.ParseLanguageTag(tag.String()); ok && weights[i] > 0 && known != "mul" {
			tags = append(tags, known)
		}
	}
	return tags
}
