package web

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientAddress is the address of the client whose request is served in ctx: that of the connection or, where the connection
// is one of the proxies of Options, the last one that a proxy vouches for. It is the zero Addr outside of a request.
func ClientAddress(ctx context.Context) netip.Addr { return requestFrom(ctx).client }

// proxies are the networks whose machines tell for whom they ask.
type proxies []netip.Prefix

func (p proxies) has(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(a) })
}

// client finds the address of the client. Of the addresses that a header lists each proxy has added one at the end, so the
// last one that is no proxy is the client; what stands before it is whatever the client cared to write.
func (p proxies) client(r *http.Request) netip.Addr {
	peer := addressOf(r.RemoteAddr)
	if !p.has(peer) {
		return peer
	}
	byXFF, hasXFF := p.last(peer, r.Header.Values("X-Forwarded-For"), addressOf)
	byForwarded, hasForwarded := p.last(peer, r.Header.Values("Forwarded"), forwardedFor)
	switch {
	case hasXFF && hasForwarded && byXFF != byForwarded:
		return peer // A proxy writes one of the two and passes on the other as the client wrote it.
	case hasForwarded:
		return byForwarded
	default:
		return byXFF
	}
}

// last reads the lines of a header from its end to the first address that is no proxy. Where an element is no address, what is
// before it is not read: the nearest proxy then stands for the client.
func (p proxies) last(peer netip.Addr, lines []string, read func(string) netip.Addr) (netip.Addr, bool) {
	nearest := peer
	for _, line := range slices.Backward(lines) {
		for line != "" {
			element := line
			if at := strings.LastIndexByte(line, ','); at >= 0 {
				line, element = line[:at], line[at+1:]
			} else {
				line = ""
			}
			address := read(strings.TrimSpace(element))
			if !address.IsValid() {
				return nearest, true
			}
			if nearest = address; !p.has(address) {
				return address, true
			}
		}
	}
	return nearest, len(lines) > 0
}

// addressOf reads an address with or without a port; the zero Addr for anything else.
func addressOf(text string) netip.Addr {
	if withPort, err := netip.ParseAddrPort(text); err == nil {
		return plain(withPort.Addr())
	}
	address, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		return netip.Addr{}
	}
	return plain(address)
}

// plain writes an address in its one form.
func plain(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

// forwardedFor reads the parameter for of an element of the header Forwarded (RFC 7239 section 4).
func forwardedFor(element string) netip.Addr {
	for pair := range strings.SplitSeq(element, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if strings.EqualFold(name, "for") {
			return addressOf(strings.Trim(value, `"`))
		}
	}
	return netip.Addr{}
}
