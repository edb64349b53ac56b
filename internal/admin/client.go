package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"goodpractice/internal/knowledge"
)

// Client asks the owner of a data directory. Its errors are *knowledge.Error where the owner refused
// or failed; their messages are for the operator. It may be used concurrently.
type Client struct {
	http *http.Client
	end  func() // Nil, or ends what Local began.
}

// newClient makes a client of what opens connections.
func newClient(dial func(context.Context) (net.Conn, error), end func()) *Client {
	return &Client{end: end, http: &http.Client{Transport: &http.Transport{
		DialContext:        func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
		DisableCompression: true,
	}}}
}

// Close ends the client's connections and, for one of Local, waits until what it served has ended.
func (c *Client) Close() {
	c.http.CloseIdleConnections()
	if c.end != nil {
		c.end()
	}
}

// Import sends the records of r and tells watch what happens, in the calling goroutine.
func (c *Client) Import(ctx context.Context, r io.Reader, o ImportOptions, watch ImportWatch) (ImportReport, error) {
	query := url.Values{
		"name": {o.Name}, "format": {o.Format},
		"strict": {strconv.FormatBool(o.Strict)}, "publish": {strconv.FormatBool(o.Publish)},
		"create": {strconv.FormatBool(o.CreateMissing)}, "tokens": {strconv.FormatBool(o.Tokens)},
	}
	var report ImportReport
	return report, c.follow(ctx, pathImport+"?"+query.Encode(), r, watch, &report)
}

// Reindex builds the index anew and tells progress how many records are done.
func (c *Client) Reindex(ctx context.Context, progress func(done int)) error {
	return c.follow(ctx, pathReindex, nil, ImportWatch{Progress: progress}, &struct{}{})
}

// Export writes all records to w.
func (c *Client) Export(ctx context.Context, w io.Writer, o ExportOptions) error {
	query := url.Values{
		"form": {o.Form}, "history": {strconv.FormatBool(o.History)}, "tokens": {strconv.FormatBool(o.Tokens)},
	}
	return c.copy(ctx, pathExport+"?"+query.Encode(), w)
}

// Backup writes a copy of the store to w.
func (c *Client) Backup(ctx context.Context, w io.Writer) error { return c.copy(ctx, pathBackup, w) }

// StoreName tells which database the records are in; "" for the data directory.
func (c *Client) StoreName(ctx context.Context) (string, error) {
	var name string
	return name, c.call(ctx, http.MethodGet, pathStore, nil, &name)
}

// Check compares the index with the store.
func (c *Client) Check(ctx context.Context) (CheckReport, error) {
	var report CheckReport
	return report, c.call(ctx, http.MethodGet, pathCheck, nil, &report)
}

// CreateToken gives out a token and returns its secret.
func (c *Client) CreateToken(ctx context.Context, d TokenDraft) (t Token, secret string, err error) {
	encoded, err := json.Marshal(d)
	if err != nil {
		return Token{}, "", fmt.Errorf("encode the token: %w", err)
	}
	var made tokenMade
	err = c.call(ctx, http.MethodPost, pathTokens, bytes.NewReader(encoded), &made)
	return made.Token, made.Secret, err
}

// Tokens gives all tokens, the newest first.
func (c *Client) Tokens(ctx context.Context) ([]Token, error) {
	var tokens []Token
	return tokens, c.call(ctx, http.MethodGet, pathTokens, nil, &tokens)
}

// RevokeToken ends the token with the id.
func (c *Client) RevokeToken(ctx context.Context, id knowledge.ID) (Token, error) {
	var token Token
	path := pathTokens + "/" + url.PathEscape(string(id)) + "/revoke"
	return token, c.call(ctx, http.MethodPost, path, nil, &token)
}

// send makes a request. The host has no meaning.
func (c *Client) send(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://admin"+path, body)
	if err != nil {
		return nil, fmt.Errorf("ask the server: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the server: %w", err)
	}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	var told event
	if err := json.NewDecoder(response.Body).Decode(&told); err != nil || told.Failure == nil {
		return nil, fmt.Errorf("ask the server: it answers %s; is it another version of this program?", response.Status)
	}
	return nil, told.Failure.err()
}

// call makes a request and reads its answer into result.
func (c *Client) call(ctx context.Context, method, path string, body io.Reader, result any) error {
	response, err := c.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	if err := json.NewDecoder(response.Body).Decode(result); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	return nil
}

// copy writes an answer of raw bytes to w.
func (c *Client) copy(ctx context.Context, path string, w io.Writer) error {
	response, err := c.send(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	if _, err := io.Copy(w, response.Body); err != nil {
		return fmt.Errorf("copy the server's answer: %w", err)
	}
	if text := response.Trailer.Get(failureTrailer); text != "" {
		var told failure
		if err := json.Unmarshal([]byte(text), &told); err != nil {
			return fmt.Errorf("read the server's answer: %w", err)
		}
		return told.err()
	}
	return nil
}

// errCutShort is an answer without its last event.
var errCutShort = errors.New("the server stopped before it was done; run the command again")

// follow sends a body, tells watch of the events, and reads the result.
func (c *Client) follow(ctx context.Context, path string, body io.Reader, watch ImportWatch, result any) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // Ends the sending, if the server needs no more.
	response, err := c.send(ctx, http.MethodPost, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // Nothing was written.
	for events := json.NewDecoder(response.Body); ; {
		var e event
		if err := events.Decode(&e); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("%w (%w)", errCutShort, err)
		}
		switch {
		case e.Failure != nil:
			return e.Failure.err()
		case e.Result != nil:
			return json.Unmarshal(e.Result, result)
		case e.Bad != nil && watch.BadLine != nil:
			watch.BadLine(*e.Bad)
		case e.Progress != nil && watch.Progress != nil:
			watch.Progress(*e.Progress)
		}
	}
}
