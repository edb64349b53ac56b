package admin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits of connections.
const (
	headerTimeout = 5 * time.Second
	stopTimeout   = 10 * time.Second
)

// Serve answers on the listener until ctx ends. What is being done then is told to stop, and has ten
// seconds for it. The listener is closed.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	var stopping sync.WaitGroup
	ended := make(chan struct{})
	stopping.Go(func() {
		select {
		case <-ctx.Done():
		case <-ended:
		}
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		if err := server.Shutdown(limited); err != nil {
			_ = server.Close() // Cuts off what is left; there is nobody to tell of an error.
		}
	})
	err := server.Serve(listener)
	close(ended)
	stopping.Wait()
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the administration socket: %w", err)
	}
	return nil
}

// Local serves the handler in memory, until the client is closed or ctx ends, and returns the client.
func Local(ctx context.Context, handler http.Handler, log *slog.Logger) *Client {
	ctx, stop := context.WithCancel(ctx)
	listener := newMemory()
	var serving sync.WaitGroup
	serving.Go(func() { _ = Serve(ctx, listener, handler, log) }) // A listener in memory does not fail.
	return newClient(listener.dial, func() {
		stop()
		serving.Wait()
	})
}
