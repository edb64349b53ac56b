package transport

import "github.com/99designs/gqlgen/graphql/errcode"

// Values of extensions.code that this package gives. Translate may give others; every error has one.
const (
	// CodeParseFailed is for a document with a syntax error.
	CodeParseFailed = errcode.ParseFailed
	// CodeValidationFailed is for a document that does not fit the schema, for variables that do not fit the document, and
	// for a document over a limit: extensions.limit and extensions.max then say which.
	CodeValidationFailed = errcode.ValidationFailed
	// CodeBadUserInput is for an argument whose value is refused.
	CodeBadUserInput = "BAD_USER_INPUT"
	// CodeUnauthenticated is for a request that needs a token, or has a wrong one.
	CodeUnauthenticated = "UNAUTHENTICATED"
	// CodeForbidden is for a request that the token does not allow.
	CodeForbidden = "FORBIDDEN"
	// CodeNotFound is for something that is not there.
	CodeNotFound = "NOT_FOUND"
	// CodeTimeout is for an operation that took longer than Limits.RequestTimeout.
	CodeTimeout = "TIMEOUT"
	// CodeCancelled is for an operation whose client has left.
	CodeCancelled = "CANCELLED"
	// CodeUnavailable is for what cannot be answered now and may be asked again soon.
	CodeUnavailable = "UNAVAILABLE"
	// CodeInternal is for every error that is not public; extensions.requestId finds it in the log.
	CodeInternal = "INTERNAL"
	// CodeOverloaded is for a request that is refused because too many streams, sockets or operations are open.
	CodeOverloaded = "OVERLOADED"
	// CodeRateLimited is for a caller who has used up the points of the moment: extensions.retryAfter says in how many seconds
	// there will be enough.
	CodeRateLimited = "RATE_LIMITED"
	// CodeBadRequest is for an HTTP request that is not GraphQL over HTTP.
	CodeBadRequest = "BAD_REQUEST"
	// CodeMethodNotAllowed is for an HTTP method other than GET and POST, and for a mutation by GET.
	CodeMethodNotAllowed = "METHOD_NOT_ALLOWED"
	// CodeNotAcceptable is for an Accept header that names no media type of ours.
	CodeNotAcceptable = "NOT_ACCEPTABLE"
	// CodeUnsupportedMediaType is for a body that is not JSON in UTF-8.
	CodeUnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
	// CodePayloadTooLarge is for a body or query string over Limits.BodyBytes.
	CodePayloadTooLarge = "PAYLOAD_TOO_LARGE"
	// CodePersistedQueryNotFound tells a client to send the document with its hash: Apollo's protocol.
	CodePersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"
	// CodePersistedQueryMismatch is for a document that has another SHA-256 than the one sent with it.
	CodePersistedQueryMismatch = "PERSISTED_QUERY_MISMATCH"
	// CodeDocumentNotFound is for a documentId that stands for nothing.
	CodeDocumentNotFound = "DOCUMENT_NOT_FOUND"
	// CodeDocumentNotTrusted is for a document that who asks may not run, see Options.TrustedOnly.
	CodeDocumentNotTrusted = "DOCUMENT_NOT_TRUSTED"
)
