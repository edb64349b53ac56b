package transport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/maypok86/otter/v2"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	// registeredBytes bounds the texts that clients have registered.
	registeredBytes = 8 << 20
	// registeredOverhead is what such a text takes beside its bytes, and a little more.
	registeredOverhead = 256

	// documentIDKey is where a request names a trusted document: its member documentId is put among its extensions.
	documentIDKey = "documentId"
	// persistedQueryKey is the extension of Apollo's protocol.
	persistedQueryKey = "persistedQuery"
	// documentKey is where the extensions of an operation hold its named document. Only this package can make one.
	documentKey = "document"

	sha256Prefix = "sha256:"
)

// namedDocument is what a request says of its document besides the text, or in its place.
type namedDocument struct {
	id         string // Such as sha256:…; "" where the document is neither named nor trusted.
	isTrusted  bool
	isToBeKept bool // The client registers the text, once it has passed all checks.
}

// persisted finds the texts of documents that are named: trusted ones, which the operator has given, and those that
// clients registered before (Apollo's automatic persisted queries). It works the same over every transport.
type persisted struct {
	trusted    func(id string) (string, bool)
	only       func(context.Context) bool
	registered *otter.Cache[string, string]
}

var (
	_ graphql.HandlerExtension        = persisted{}
	_ graphql.OperationContextMutator = persisted{}
)

func newPersisted(o Options) persisted {
	p := persisted{trusted: o.Documents, only: o.TrustedOnly}
	if p.trusted == nil {
		p.trusted = func(string) (string, bool) { return "", false }
	}
	if p.only == nil {
		p.only = func(context.Context) bool { return false }
	}
	p.registered = otter.Must(&otter.Options[string, string]{
		MaximumWeight: registeredBytes,
		Weigher: func(_, text string) uint32 {
			return uint32(registeredOverhead + len(text)) //nolint:gosec // At most Limits.DocumentBytes.
		},
	})
	return p
}

// ExtensionName implements graphql.HandlerExtension.
func (persisted) ExtensionName() string { return "PersistedDocuments" }

// Validate implements graphql.HandlerExtension.
func (persisted) Validate(graphql.ExecutableSchema) error { return nil }

// find puts the text of a named document into the request, and notes what is known of it. It comes before everything that
// looks at the text, which is the same for every text from then on.
func (x persisted) find(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	named, err := x.identify(ctx, p)
	if err != nil {
		return err
	}
	if x.only(ctx) && !named.isTrusted {
		return refusal(CodeDocumentNotTrusted, "Without a token this server runs trusted documents only. "+
			"Send the documentId of one, or a token in the header Authorization: Bearer …; the operator of the server adds documents.")
	}
	p.Extensions = maps.Clone(p.Extensions)
	delete(p.Extensions, documentKey)
	if named != (namedDocument{}) {
		if p.Extensions == nil {
			p.Extensions = make(map[string]any, 1)
		}
		p.Extensions[documentKey] = named
	}
	return nil
}

// MutateOperationContext keeps a text that is registered, which has passed limits and validation here, and tells those who
// keep account which trusted document is executed.
func (x persisted) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	named, _ := operation.Extensions[documentKey].(namedDocument)
	if named.isToBeKept {
		x.registered.Set(named.id, operation.RawQuery)
	}
	if named.isTrusted {
		operation.Stats.SetExtension(documentName, named.id)
	}
	return nil
}

// identify reads what a request says of its document, and fills in the text.
func (x persisted) identify(ctx context.Context, p *graphql.RawParams) (namedDocument, *gqlerror.Error) {
	id, hash := p.Extensions[documentIDKey], p.Extensions[persistedQueryKey]
	switch {
	case id != nil && (hash != nil || p.Query != ""):
		return namedDocument{}, refusal(CodeBadRequest, "Send either documentId or a document, not both.")
	case id != nil:
		return x.byID(id, p)
	case hash != nil:
		return x.byHash(ctx, hash, p)
	case x.only(ctx):
		return x.sent(p.Query), nil
	default:
		return namedDocument{}, nil
	}
}

// byID finds a trusted document.
func (x persisted) byID(value any, p *graphql.RawParams) (namedDocument, *gqlerror.Error) {
	id, ok := value.(string)
	if !ok {
		return namedDocument{}, refusal(CodeBadRequest, "The documentId must be a text, such as sha256: and 64 digits.")
	}
	id = canonicalID(id)
	if p.Query, ok = x.trusted(id); !ok {
		return namedDocument{}, refusal(CodeDocumentNotFound, "There is no trusted document with this id.")
	}
	return namedDocument{id: id, isTrusted: true}, nil
}

// byHash follows Apollo's protocol: a text that comes with its hash is registered; later the hash alone stands for it.
func (x persisted) byHash(ctx context.Context, value any, p *graphql.RawParams) (namedDocument, *gqlerror.Error) {
	digest, err := digestOf(value)
	if err != nil {
		return namedDocument{}, err
	}
	id := sha256Prefix + digest
	if p.Query != "" && hashOf(p.Query) != digest {
		return namedDocument{}, refusal(CodePersistedQueryMismatch, "The sha256Hash is not the SHA-256 of the document: provided sha does not match query.")
	}
	if text, ok := x.trusted(id); ok {
		p.Query = text
		return namedDocument{id: id, isTrusted: true}, nil
	}
	if p.Query != "" {
		return namedDocument{id: id, isToBeKept: true}, nil
	}
	text, ok := x.registered.GetIfPresent(id)
	switch {
	case ok:
		p.Query = text
	case !x.only(ctx): // Otherwise to send the text would not help.
		return namedDocument{}, refusal(CodePersistedQueryNotFound, "PersistedQueryNotFound") // Clients know this message.
	}
	return namedDocument{id: id}, nil
}

// sent tells whether a text is that of a trusted document. A client that does not know ids may then still send it.
func (x persisted) sent(text string) namedDocument {
	id := sha256Prefix + hashOf(text)
	if known, ok := x.trusted(id); !ok || known != text {
		return namedDocument{}
	}
	return namedDocument{id: id, isTrusted: true}
}

// digestOf reads the extension persistedQuery: the SHA-256 in 64 hexadecimal digits of lower case.
func digestOf(value any) (string, *gqlerror.Error) {
	fields, ok := value.(map[string]any)
	if !ok || fmt.Sprint(fields["version"]) != "1" {
		return "", refusal(CodeBadRequest, "The extension persistedQuery must be {version: 1, sha256Hash: …}.")
	}
	digest, ok := fields["sha256Hash"].(string)
	digest = strings.ToLower(digest)
	if !ok || !isDigest(digest) {
		return "", refusal(CodeBadRequest, "The sha256Hash must be the SHA-256 of the document in 64 hexadecimal digits.")
	}
	return digest, nil
}

// canonicalID is the one spelling of an id: 64 hexadecimal digits are a SHA-256, whether they say so or not.
func canonicalID(id string) string {
	digest := strings.ToLower(id)
	if len(digest) == len(sha256Prefix)+2*sha256.Size {
		digest = strings.TrimPrefix(digest, sha256Prefix)
	}
	if isDigest(digest) {
		return sha256Prefix + digest
	}
	return id
}

func isDigest(text string) bool {
	return len(text) == 2*sha256.Size && strings.Trim(text, "0123456789abcdef") == ""
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
