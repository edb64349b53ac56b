package web

import (
	"bufio"
	"net"
	"net/http"
)

// recorder remembers what was answered. It passes on what event streams and websockets need of the
// connection: flushing, hijacking and, by Unwrap, deadlines.
type recorder struct {
	http.ResponseWriter
	status int // 0 until the header is written.
	bytes  int64
}

// WriteHeader remembers the final status; 1xx answers may come before it.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts what is sent.
func (w *recorder) Write(content []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(content)
	w.bytes += int64(n)
	return n, err
}

// Flush sends what is buffered, where the connection can.
func (w *recorder) Flush() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush() // Flush has no way to tell of an error.
}

// Hijack hands the connection over, as a websocket needs it.
func (w *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	connection, buffer, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil && w.status == 0 {
		w.status = http.StatusSwitchingProtocols
	}
	return connection, buffer, err
}

// Unwrap is how http.ResponseController finds the rest.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// statusCode is what the client got: net/http answers 200 for a handler that writes nothing.
func (w *recorder) statusCode() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
