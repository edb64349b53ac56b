package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
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
	for _, origin := range s.Origins {
		errs = append(errs, checkOrigin(origin))
	}
	return errors.Join(errs...)
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

// Validate checks the token to make.
func (t TokenCreate) Validate() error {
	var errs []error
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
