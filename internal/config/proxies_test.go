package config_test

import (
	"net/netip"
	"slices"
	"testing"

	"goodpractice/internal/config"
)

func TestProxyNetworks(t *testing.T) {
	t.Parallel()
	got, err := config.Serve{Proxies: []string{"10.1.2.3/8", "192.0.2.7", "fd00::/8", "::1", "::ffff:192.0.2.8"}}.ProxyNetworks()
	want := []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.7/32"), netip.MustParsePrefix("fd00::/8"),
		netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("192.0.2.8/32"),
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, error %v", got, err)
	}
}
