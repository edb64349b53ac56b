package web

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
	headerTimeout  = 5 * time.Second // From the first byte of a request to the end of its header.
	idleTimeout    = 2 * time.Minute // Between two requests of a connection.
	maxHeaderBytes = 16 << 10        // net/http adds 4 kB of its own.
	// StopTimeout is how long requests may take to finish once the server stops.
	StopTimeout = 10 * time.Second
)

// Serve answers requests on the listener until ctx ends. Then it accepts no more and waits for the
// requests in hand, at most StopTimeout; after that their connections are closed and it returns an
// error. Streams and websockets count as requests: their handler has to end them when ctx does.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	var inHand sync.WaitGroup // Websockets are not known to http.Server.Shutdown.
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			inHand.Add(1)
			defer inHand.Done()
			handler.ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // Broken handshakes and the like.
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	stopped := make(chan error, 1)
	end := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
		case <-end:
		}
		stopped <- stop(context.WithoutCancel(ctx), server, &inHand)
	}()
	err := server.Serve(listener)
	close(end)
	if stopErr := <-stopped; stopErr != nil {
		return stopErr
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// stop ends a server in good order, or else by force.
func stop(ctx context.Context, server *http.Server, inHand *sync.WaitGroup) error {
	ctx, cancel := context.WithTimeout(ctx, StopTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	finished := make(chan struct{})
	go func() {
		inHand.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("stop: some requests took more than %s and were cut off: %w",
			StopTimeout, err), server.Close())
	}
	return nil
}
