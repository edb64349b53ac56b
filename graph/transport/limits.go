package transport

import (
	"cmp"
	"runtime"
	"time"
)

// Defaults of Limits. Where no source is given the number was chosen so that the queries of the playground, of Relay and of
// the usual code generators pass with room to spare, and the attacks of the tests do not.
const (
	DefaultDocumentBytes      = 16 << 10 // Of the GraphQL document alone.
	DefaultBodyBytes          = 256 << 10
	DefaultTokens             = 2000 // Validation compares fields pairwise: 2000 tokens took 213 ms, 4000 took 916 ms.
	DefaultDepth              = 10
	DefaultIntrospectionDepth = 20 // GraphiQL 5 nests 15 levels: a type wrapped nine times in lists and non-nulls.
	DefaultFields             = 500
	DefaultRootFields         = 20
	DefaultAliases            = 100
	DefaultDirectives         = 50
	DefaultFragments          = 50
	DefaultOperations         = 10
	DefaultIntrospections     = 2
	DefaultCost               = 5000 // docs/limits.md has what usual queries cost.
	DefaultPageSize           = 20
	DefaultJSONDepth          = 32
	DefaultErrors             = 5
	DefaultFieldErrors        = 100
	DefaultWaiting            = 256
	DefaultWaitingPerCaller   = 64
	DefaultPatience           = 2 * time.Second
	DefaultRefusalDelay       = 200 * time.Millisecond
	DefaultRequestTimeout     = 10 * time.Second
	DefaultBodyTimeout        = 10 * time.Second
	DefaultWriteTimeout       = 10 * time.Second
	DefaultKeepAlive          = 12 * time.Second
	DefaultStreams            = 1000
	DefaultSockets            = 1000
	DefaultStreamsPerCaller   = 50
	DefaultSocketsPerCaller   = 50
	DefaultSocketOperations   = 20
	DefaultMessageBytes       = 64 << 10
	DefaultInitTimeout        = 3 * time.Second
)

// Limits bounds what one request may cost and how much may be open at once. A zero field stands for its default; none may
// be negative. A fragment counts as often as it is spread, and each spread and inline fragment counts as one field.
type Limits struct {
	// The document.
	DocumentBytes      int // Length of the document.
	Tokens             int // Words and signs of the document.
	Depth              int // Fields below each other, the leaf included.
	IntrospectionDepth int // The same below __schema and __type.
	Fields             int // Fields of one operation.
	RootFields         int // Fields of one operation's first level.
	Aliases            int // Renamed fields of one operation.
	Directives         int // Directives of one operation.
	Fragments          int // Fragments of the document.
	Operations         int // Operations of the document.
	Introspections     int // Uses of __schema and __type in one operation.
	Cost               int // Points of one operation, as the schema's @cost and @listSize price it.
	PageSize           int // Not a limit: what a page counts as where the operation does not say how long it is.

	// The request and its answer.
	BodyBytes      int64         // Length of the body, and of the query string of a GET.
	JSONDepth      int           // Lists and objects inside each other, in the body and in variables.
	Errors         int           // Errors told about a request that was not executed.
	FieldErrors    int           // Errors told about one that was.
	RequestTimeout time.Duration // Execution of one query or mutation.
	BodyTimeout    time.Duration // Arrival of the body.
	WriteTimeout   time.Duration // Writing of one event or message, after which the client is dropped.

	// Queries that run or wait at the same time.
	Running          int           // Points that all of them cost together; the highest Cost for each processor where it is zero.
	RunningPerCaller int           // Points that those of one caller cost together; half of Running where it is zero.
	Waiting          int           // Queries that wait for their turn; one more is refused.
	WaitingPerCaller int           // Of one caller.
	Patience         time.Duration // How long one waits before it is refused.
	RefusalDelay     time.Duration // How long whoever has no points left waits for being told so.

	// What stays open.
	KeepAlive        time.Duration // Between signs of life on an idle stream or socket.
	Streams          int           // Event streams in total.
	Sockets          int           // Websockets in total.
	StreamsPerCaller int           // Event streams of one caller.
	SocketsPerCaller int           // Websockets of one caller.
	SocketOperations int           // Operations that run on one websocket.
	MessageBytes     int64         // Length of one message from a websocket's client.
	InitTimeout      time.Duration // From the opening of a websocket to connection_init.
}

// withDefaults fills in what was left at zero.
func (l Limits) withDefaults() Limits {
	running := cmp.Or(l.Running, max(2, runtime.GOMAXPROCS(0))*cmp.Or(l.Cost, DefaultCost))
	return Limits{
		DocumentBytes:      cmp.Or(l.DocumentBytes, DefaultDocumentBytes),
		Tokens:             cmp.Or(l.Tokens, DefaultTokens),
		Depth:              cmp.Or(l.Depth, DefaultDepth),
		IntrospectionDepth: cmp.Or(l.IntrospectionDepth, DefaultIntrospectionDepth),
		Fields:             cmp.Or(l.Fields, DefaultFields),
		RootFields:         cmp.Or(l.RootFields, DefaultRootFields),
		Aliases:            cmp.Or(l.Aliases, DefaultAliases),
		Directives:         cmp.Or(l.Directives, DefaultDirectives),
		Fragments:          cmp.Or(l.Fragments, DefaultFragments),
		Operations:         cmp.Or(l.Operations, DefaultOperations),
		Introspections:     cmp.Or(l.Introspections, DefaultIntrospections),
		Cost:               cmp.Or(l.Cost, DefaultCost),
		PageSize:           cmp.Or(l.PageSize, DefaultPageSize),
		BodyBytes:          cmp.Or(l.BodyBytes, DefaultBodyBytes),
		JSONDepth:          cmp.Or(l.JSONDepth, DefaultJSONDepth),
		Errors:             cmp.Or(l.Errors, DefaultErrors),
		FieldErrors:        cmp.Or(l.FieldErrors, DefaultFieldErrors),
		Running:            running,
		RunningPerCaller:   cmp.Or(l.RunningPerCaller, max(1, running/2)),
		Waiting:            cmp.Or(l.Waiting, DefaultWaiting),
		WaitingPerCaller:   cmp.Or(l.WaitingPerCaller, DefaultWaitingPerCaller),
		Patience:           cmp.Or(l.Patience, DefaultPatience),
		RefusalDelay:       cmp.Or(l.RefusalDelay, DefaultRefusalDelay),
		RequestTimeout:     cmp.Or(l.RequestTimeout, DefaultRequestTimeout),
		BodyTimeout:        cmp.Or(l.BodyTimeout, DefaultBodyTimeout),
		WriteTimeout:       cmp.Or(l.WriteTimeout, DefaultWriteTimeout),
		KeepAlive:          cmp.Or(l.KeepAlive, DefaultKeepAlive),
		Streams:            cmp.Or(l.Streams, DefaultStreams),
		Sockets:            cmp.Or(l.Sockets, DefaultSockets),
		StreamsPerCaller:   cmp.Or(l.StreamsPerCaller, DefaultStreamsPerCaller),
		SocketsPerCaller:   cmp.Or(l.SocketsPerCaller, DefaultSocketsPerCaller),
		SocketOperations:   cmp.Or(l.SocketOperations, DefaultSocketOperations),
		MessageBytes:       cmp.Or(l.MessageBytes, DefaultMessageBytes),
		InitTimeout:        cmp.Or(l.InitTimeout, DefaultInitTimeout),
	}
}

// negative reports whether a field is below zero.
func (l Limits) negative() bool {
	return min(
		int64(l.DocumentBytes), int64(l.Tokens), int64(l.Depth), int64(l.IntrospectionDepth), int64(l.Fields),
		int64(l.RootFields), int64(l.Aliases), int64(l.Directives), int64(l.Fragments), int64(l.Operations),
		int64(l.Introspections), int64(l.Cost), int64(l.PageSize), l.BodyBytes, int64(l.JSONDepth), int64(l.Errors), int64(l.FieldErrors),
		int64(l.RequestTimeout), int64(l.BodyTimeout), int64(l.WriteTimeout), int64(l.KeepAlive), int64(l.Streams),
		int64(l.Running), int64(l.RunningPerCaller), int64(l.Waiting), int64(l.WaitingPerCaller), int64(l.Patience), int64(l.RefusalDelay),
		int64(l.StreamsPerCaller), int64(l.SocketsPerCaller), int64(l.Sockets), int64(l.SocketOperations), l.MessageBytes, int64(l.InitTimeout),
	) < 0
}
