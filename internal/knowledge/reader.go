package knowledge

import "context"

// Reader is on whose behalf a request is served: who asks, and in which languages.
type Reader struct {
	Actor     Actor
	Languages []LanguageTag // preferences, best first
	// Origin is what a browser says of the page that asks, such as https://example.org; empty where nothing was
	// said. Other programs can say anything.
	Origin string
}

// readerKey is the context key of the reader.
type readerKey struct{}

// WithReader puts the reader of a request into its context. Only the edge calls it.
func WithReader(ctx context.Context, r Reader) context.Context {
	return context.WithValue(ctx, readerKey{}, r)
}

// ReaderFrom gives the reader of the request; an anonymous one without preferences where there is
// none.
func ReaderFrom(ctx context.Context) Reader {
	r, _ := ctx.Value(readerKey{}).(Reader)
	return r
}
