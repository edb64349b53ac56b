package quota

import "net/netip"

// Key is whose bucket it is.
type Key string

// networkBits is how much of an IPv6 address is a client's own: a household or a server gets a network of 64 bits at least, and
// may use any address in it.
const networkBits = 64

// Address is the key of a client without a token: its IPv4 address, or the network of its IPv6 address. All clients whose
// address is not known have one key.
func Address(a netip.Addr) Key {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if network, err := a.Prefix(networkBits); err == nil {
			return Key("address " + network.String())
		}
	}
	if !a.IsValid() {
		return "address unknown"
	}
	return Key("address " + a.String())
}

// Token is the key of whoever holds a token.
func Token(id string) Key { return Key("token " + id) }

// Partner is the key of a partner, whichever of its tokens is used.
func Partner(id string) Key { return Key("partner " + id) }
