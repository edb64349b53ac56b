package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"goodpractice/internal/config"
)

const (
	// healthWithin is how long a server may take to tell whether it is ready.
	healthWithin = 3 * time.Second
	// maxHealthBytes is how much of its answer is read.
	maxHealthBytes = 1 << 10
	readyPath      = "/readyz"
)

// health asks a server whether it may get traffic, prints what it says, and fails where it is not ready.
func (p *program) health(ctx context.Context, c *config.Health) error {
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	base := baseOf(c)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+readyPath, nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", base, err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return unhealthy(base, err)
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxHealthBytes))
	if err != nil {
		return unhealthy(base, err)
	}
	said := strings.TrimSpace(string(answer))
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server on %s answers %s: %s", base, response.Status, said)
	}
	return p.print(said + "\n")
}

// unhealthy says that there was no answer.
func unhealthy(base string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no server answers on %s within %s", base, healthWithin)
	}
	return fmt.Errorf("no server answers on %s: %w", base, errors.Unwrap(err)) // Without the address once more.
}

// baseOf is where the server is. One that listens on every address is asked on this machine's own.
func baseOf(c *config.Health) string {
	if c.URL != "" {
		return strings.TrimSuffix(c.URL, "/")
	}
	host, port, _ := net.SplitHostPort(c.Addr) // It was checked.
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
