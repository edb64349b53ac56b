package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the number of characters of a token's name.
const maxName = 200

// Validate checks what every command has.
func (g Global) Validate() error {
	if strings.TrimSpace(g.Data) == "" || strings.ContainsRune(g.Data, 0) {
		return errors.New("--data: name a directory")
	}
	if isURI(g.Data) {
		return errors.New("--data: name a directory; the address of a database goes in --store")
	}
	return checkStore(g.Store)
}

// Validate checks where to ask.
func (h Health) Validate() error {
	if h.URL != "" {
		return checkWebAddress("--url", h.URL)
	}
	if err := checkAddress(h.Addr); err != nil {
		return err
	}
	if _, port, _ := net.SplitHostPort(h.Addr); port == "0" {
		return errors.New("--url: name the address of the server, for port 0 of --addr is any")
	}
	return nil
}

// Validate checks the settings of the server; it names each one that is wrong.
func (s Serve) Validate() error {
	errs := []error{checkAddress(s.Addr), checkWebAddress("--base-url", s.BaseURL)}
	if isURI(s.Documents) {
		errs = append(errs, errors.New("--documents: name a folder of this machine"))
	}
	for _, origin := range s.Origins {
		errs = append(errs, checkOrigin(origin))
	}
	if _, err := s.ProxyNetworks(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(append(errs,
		checkPoints("--points-per-minute", s.PointsPerMinute),
		checkPoints("--token-points-per-minute", s.TokenPointsPerMinute))...)
}

// ProxyNetworks reads Proxies. A lone address is a network of one.
func (s Serve) ProxyNetworks() ([]netip.Prefix, error) {
	networks := make([]netip.Prefix, 0, len(s.Proxies))
	for _, text := range s.Proxies {
		network, err := netip.ParsePrefix(text)
		if address, addressErr := netip.ParseAddr(text); addressErr == nil {
			network, err = netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()), nil
		}
		if err != nil || network.Bits() == 0 {
			return nil, fmt.Errorf("--proxies: %q is no network of proxies: use one such as 10.0.0.0/8 or 192.0.2.7", text)
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

// minPoints is the least that a client may be given in a minute: less would not let the costliest operation through.
const minPoints = 60_000

func checkPoints(flag string, points int) error {
	if points < minPoints {
		return fmt.Errorf("%s: %d is too little: use %d or more", flag, points, minPoints)
	}
	return nil
}

// Validate checks what to import.
func (i Import) Validate() error { return checkFile(i.File, "FILE") }

// Validate checks what to export to.
func (e Export) Validate() error {
	if e.Form != FormFull && e.Tokens {
		return errors.New("--form: only the full form holds tokens")
	}
	return checkFile(e.Output, "--output")
}

// Validate checks what to back up to.
func (b Backup) Validate() error { return checkFile(b.File, "FILE") }

// roles lists the values of TokenCreate.Role.
func roles() []string { return []string{"contributor", "editor", "administrator", RolePartner} }

// Validate checks the token to make.
func (t TokenCreate) Validate() error {
	var errs []error
	switch {
	case t.Role == "" && t.Partner != "":
	case !slices.Contains(roles(), t.Role):
		errs = append(errs, errors.New("--role: say what the token may do: contributor, editor, administrator or partner"))
	case t.Role != RolePartner && t.Partner != "":
		errs = append(errs, errors.New("--role: the key of a partner has the role partner; leave it out"))
	}
	if t.Partner != "" && strings.TrimSpace(t.Partner) == "" {
		errs = append(errs, errors.New("--partner: it is empty"))
	}
	if t.Role == "contributor" && len(t.Authority) == 0 {
		errs = append(errs, errors.New("--authority: name the authority that the contributor writes for"))
	}
	for _, authority := range t.Authority {
		if strings.TrimSpace(authority) == "" {
			errs = append(errs, errors.New("--authority: it is empty"))
		}
	}
	if n := utf8.RuneCountInString(t.Name); strings.TrimSpace(t.Name) == "" || n > maxName ||
		strings.ContainsFunc(t.Name, unicode.IsControl) {
		errs = append(errs, fmt.Errorf("--name: use 1 to %d characters on one line", maxName))
	}
	if t.Expires < 0 {
		errs = append(errs, fmt.Errorf("--expires: %s has passed already", t.Expires))
	}
	return errors.Join(errs...)
}

func checkFile(file, name string) error {
	if isURI(file) {
		return fmt.Errorf("%s: name a file; the address of a database goes in --store", name)
	}
	if file == "" {
		return fmt.Errorf("%s: name a file, or - for the standard one", name)
	}
	return nil
}

// isURI tells whether somebody has put an address where a file belongs. It may hold a password, so it must
// not be shown.
func isURI(file string) bool { return strings.Contains(file, "://") }

func checkAddress(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("--addr: %q is no address: use HOST:PORT, such as 127.0.0.1:8080", addr)
	}
	return nil
}

func checkWebAddress(flag, address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil ||
		u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%s: %q is no web address: use one such as https://practices.example", flag, address)
	}
	return nil
}

// checkOrigin accepts what a browser sends as Origin, with at most one * in it, and * alone.
func checkOrigin(origin string) error {
	if origin == "*" {
		return nil
	}
	u, err := url.Parse(strings.Replace(origin, ":*", ":1", 1))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		u.Path != "" || u.RawQuery != "" || u.Fragment != "" || !isStarred(u.Host) || origin != strings.ToLower(origin) {
		return fmt.Errorf("--origins: %q is no origin: use scheme and host in lower case without a path, "+
			"such as https://partner.example, or http://localhost:* for every port", origin)
	}
	return nil
}

// isStarred tells whether a * in the host, if there is one, stands for its first label: anywhere else
// it would let in more than it seems to.
func isStarred(host string) bool {
	return !strings.Contains(strings.TrimPrefix(host, "*."), "*")
}
