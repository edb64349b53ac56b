package knowledge

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// maxOrigin is the number of characters of an origin: a host name has 253 at most (RFC 1035 §2.3.4).
const maxOrigin = 300

// hostPattern is a host name in lower case, as browsers send it: labels of letters, digits and inner hyphens.
var hostPattern = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckOrigin tells what is wrong with an origin that somebody wants to allow; "" where nothing is. It is one
// as browsers send it (RFC 6454 §6.1), such as https://example.org, or with one label left open, such as
// https://*.example.org. Plain http is for localhost.
func CheckOrigin(origin string) string {
	scheme, rest, ok := strings.Cut(origin, "://")
	switch {
	case len(origin) > maxOrigin:
		return "This is longer than any origin."
	case origin == "*":
		return "Name each origin; * for all is a setting of the server, not of a partner."
	case !ok || scheme != "http" && scheme != "https":
		return "Give scheme and host as browsers send them, such as https://example.org."
	case strings.ContainsAny(rest, "/?#"):
		return "Leave out the path and the slash: an origin is scheme, host and port alone, such as https://example.org."
	case strings.Contains(rest, "@"):
		return "Leave out the name and the password."
	case strings.ToLower(rest) != rest:
		return "Write it in lower case, as browsers send it."
	}
	host, port, ok := cutPort(rest)
	switch n, err := strconv.Atoi(port); {
	case !ok:
		return "The port is no number from 1 to 65535."
	case port != "" && (err != nil || n < 1 || n > 65535 || strconv.Itoa(n) != port):
		return "The port is no number from 1 to 65535."
	case scheme == "https" && port == "443", scheme == "http" && port == "80":
		return "Leave out the port that belongs to the scheme: browsers do not send it."
	}
	return checkHost(scheme, host)
}

// checkHost tells what is wrong with the host of an origin.
func checkHost(scheme, host string) string {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		address, err := netip.ParseAddr(strings.TrimSuffix(inner, "]"))
		if err != nil || !address.Is6() || address.Zone() != "" || "["+address.String()+"]" != host {
			return "This is no IPv6 address as browsers send it, such as [2001:db8::1]."
		}
		if scheme == "http" && !address.IsLoopback() {
			return plainHTTP
		}
		return ""
	}
	name, open := strings.CutPrefix(host, "*.")
	switch {
	case strings.Contains(name, "*"):
		return "One * can stand for the first label of the host, as in https://*.example.org, and nowhere else."
	case !hostPattern.MatchString(name) || len(name) > 253:
		return "This is no host as browsers send it; names with other letters than a to z begin with xn--."
	case open && (!strings.Contains(name, ".") || isAddressV4(name)):
		return "Put a domain of at least two labels after *., such as https://*.example.org."
	case open && scheme == "http", scheme == "http" && !isLocalName(name):
		return plainHTTP
	}
	return ""
}

const plainHTTP = "Plain http is for localhost alone; use https."

func isAddressV4(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil
}

// isLocalName tells whether the name stands for the reader's own machine.
func isLocalName(name string) bool {
	if address, err := netip.ParseAddr(name); err == nil {
		return address.IsLoopback()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// cutPort takes the port off a host; false where there is a colon and no port.
func cutPort(s string) (host, port string, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.HasSuffix(s, "]") {
		return s, "", true
	}
	return s[:i], s[i+1:], s[i+1:] != ""
}
