package transport

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

const (
	// cachedDocuments is how many parsed and validated documents are kept.
	cachedDocuments = 1000
	// cachedDocumentBytes is the longest document that is kept. A parsed document takes many times its text, and anyone may
	// fill the cache: longer ones, which programs seldom send, are parsed each time.
	cachedDocumentBytes = 4 << 10
)

// documentCache keeps documents that passed limits and validation, by their text.
type documentCache struct {
	documents *lru.LRU[*ast.QueryDocument]
}

var _ graphql.Cache[*ast.QueryDocument] = documentCache{}

func newDocumentCache() documentCache {
	return documentCache{documents: lru.New[*ast.QueryDocument](cachedDocuments)}
}

// Get returns the parsed form of a document.
func (c documentCache) Get(ctx context.Context, text string) (*ast.QueryDocument, bool) {
	return c.documents.Get(ctx, text)
}

// Add keeps a document, unless it is long.
func (c documentCache) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	if len(text) <= cachedDocumentBytes {
		c.documents.Add(ctx, text, document)
	}
}
