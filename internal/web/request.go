package web

import (
	"context"
	"net/http"
	"net/netip"

	"goodpractice/internal/knowledge"
)

// request is what the edge knows of the request in hand. Only the goroutine that serves it changes it.
type request struct {
	id       string
	client   netip.Addr
	loopback bool
	role     knowledge.Role
}

// requestKey is the context key of the request.
type requestKey struct{}

func requestFrom(ctx context.Context) *request {
	known, ok := ctx.Value(requestKey{}).(*request)
	if !ok {
		return &request{}
	}
	return known
}

// RequestID is the id of the request that is served in ctx: the one in its answer's X-Request-Id and
// in the log. It is empty outside of a request.
func RequestID(ctx context.Context) string { return requestFrom(ctx).id }

// forwardingHeaders are set by proxies.
func forwardingHeaders() []string {
	return []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"}
}

// fromLoopback tells whether a request was made on this machine. Only the address of the connection
// counts for it; a header can only count against it, since what a proxy on this machine passes on
// came from elsewhere.
func fromLoopback(r *http.Request) bool {
	for _, name := range forwardingHeaders() {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	address, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && address.Addr().Unmap().IsLoopback()
}
