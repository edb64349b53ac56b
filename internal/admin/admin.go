package admin

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"goodpractice/internal/knowledge"
)

// Records carries records in and out.
type Records interface {
	// Import reads records until the end of r. Bad lines are told to watch and are no error.
	Import(ctx context.Context, r io.Reader, o ImportOptions, watch ImportWatch) (ImportReport, error)
	// Export writes all records in the form that Import reads.
	Export(ctx context.Context, w io.Writer, o ExportOptions) error
}

// Index looks after the search index.
type Index interface {
	// Reindex builds the index anew; progress gets the number of records done so far.
	Reindex(ctx context.Context, progress func(done int)) error
	// Check compares the index with the store.
	Check(ctx context.Context) (CheckReport, error)
}

// Tokens gives out tokens and ends them.
type Tokens interface {
	// Create makes a token and returns its secret, which is not kept.
	Create(ctx context.Context, d TokenDraft) (t Token, secret string, err error)
	// List gives all tokens, the newest first.
	List(ctx context.Context) ([]Token, error)
	// Revoke ends the token with the id.
	Revoke(ctx context.Context, id knowledge.ID) (Token, error)
}

// Store copies the store as it is at one moment.
type Store interface {
	Backup(ctx context.Context, w io.Writer) error
}

// Options is what New serves. All but StoreName are required.
type Options struct {
	Records Records
	Index   Index
	Tokens  Tokens
	Store   Store
	// StoreName tells which database the records are in, without a password; "" for the data directory.
	StoreName string
	Log       *slog.Logger // What was asked for, and failures.
}

// validate tells whether something is missing.
func (o Options) validate() error {
	if o.Records == nil || o.Index == nil || o.Tokens == nil || o.Store == nil || o.Log == nil {
		return errors.New("admin: an option is missing")
	}
	return nil
}

// ImportOptions says how to import.
type ImportOptions struct {
	Name    string // Of the file, to tell its form by; may be empty.
	Format  string // "jsonl", "csv" or "auto".
	Strict  bool   // Import nothing if any line is bad.
	Publish bool   // New entries without a status of their own become public.
	// CreateMissing makes authorities and organisations that are named and not known.
	CreateMissing bool
	Tokens        bool // Take in tokens.
}

// ImportWatch is told what happens during an import. Both functions are called by one goroutine.
type ImportWatch struct {
	Progress func(lines int)   // Lines read so far.
	BadLine  func(bad BadLine) // Each line that cannot be imported, in order.
}

// BadLine is a line that cannot be imported.
type BadLine struct {
	Line   int    `json:"line"` // From 1.
	Reason string `json:"reason"`
}

// ImportReport counts what an import has done.
type ImportReport struct {
	Lines     int `json:"lines"` // With something on them.
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"` // They were there already.
	Bad       int `json:"bad"`

	Authorities   int `json:"authorities"` // Made because lines name them.
	Organisations int `json:"organisations"`
	DanglingLinks int `json:"danglingLinks"` // To records that are not there; the log tells which.
}

// ExportOptions says what to export besides the records as they are now.
type ExportOptions struct {
	Form    string // "full", "flat" or "csv".
	History bool   // Their earlier revisions.
	Tokens  bool   // The tokens, without their secrets.
}

// CheckReport tells how the index differs from the store.
type CheckReport struct {
	Records int        `json:"records"` // In the store.
	Missing Difference `json:"missing"` // In the store and not in the index.
	Stale   Difference `json:"stale"`   // In the index in another revision.
	Surplus Difference `json:"surplus"` // In the index and not in the store.
}

// Difference is a number of records and the ids of some of them.
type Difference struct {
	Count int            `json:"count"`
	IDs   []knowledge.ID `json:"ids,omitempty"`
}

// Equal tells whether there is no difference.
func (r CheckReport) Equal() bool { return r.Missing.Count+r.Stale.Count+r.Surplus.Count == 0 }

// TokenDraft is a token to give out.
type TokenDraft struct {
	Name         string         `json:"name"`
	Role         knowledge.Role `json:"role"`
	Authorities  []string       `json:"authorities,omitempty"` // Slugs or ids.
	Partner      string         `json:"partner,omitempty"`     // Whose key it is, by slug or id; empty for nobody's.
	ExpiresAt    *time.Time     `json:"expiresAt,omitempty"`
	LoopbackOnly bool           `json:"loopbackOnly,omitempty"`
}

// Token is a token that was given out, as an operator reads it.
type Token struct {
	ID           knowledge.ID   `json:"id"`
	Name         string         `json:"name"`
	Role         knowledge.Role `json:"role"`
	Authorities  []string       `json:"authorities,omitempty"` // Slugs.
	Partner      string         `json:"partner,omitempty"`     // The slug.
	CreatedAt    time.Time      `json:"createdAt"`
	ExpiresAt    *time.Time     `json:"expiresAt,omitempty"`
	RevokedAt    *time.Time     `json:"revokedAt,omitempty"`
	LoopbackOnly bool           `json:"loopbackOnly,omitempty"`
}
