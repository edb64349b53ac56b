package admin

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"

	"goodpractice/internal/knowledge"
)

// maxDraftBytes bounds the JSON of a token to make.
const maxDraftBytes = 1 << 20

// New returns the handler of the API. It may be used concurrently.
func New(o Options) (http.Handler, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	h := &handler{o}
	mux := http.NewServeMux()
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request) error{
		"POST " + pathImport:                  h.importRecords,
		"GET " + pathExport:                   h.export,
		"POST " + pathReindex:                 h.reindex,
		"GET " + pathCheck:                    h.check,
		"POST " + pathTokens:                  h.createToken,
		"GET " + pathTokens:                   h.listTokens,
		"POST " + pathTokens + "/{id}/revoke": h.revokeToken,
		"GET " + pathBackup:                   h.backup,
		"GET " + pathStore:                    h.storeName,
	} {
		mux.Handle(pattern, h.logged(serve))
	}
	return mux, nil
}

type handler struct{ Options }

// logged answers with the error that serve returns, and writes down what was asked for.
func (h *handler) logged(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := serve(w, r)
		if err == nil {
			h.Log.InfoContext(r.Context(), "administration", "route", r.Pattern)
			return
		}
		told := describe(err)
		level := slog.LevelInfo // Whoever asked is told, and knows what to do.
		if told.Kind == knowledge.Internal {
			level = slog.LevelWarn
		}
		h.Log.Log(r.Context(), level, "administration", "route", r.Pattern, "err", err)
		answer(w, told.status(), event{Failure: &told})
	})
}

// answer writes a JSON value. A failure means that the client has gone.
func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func (h *handler) check(w http.ResponseWriter, r *http.Request) error {
	report, err := h.Index.Check(r.Context())
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, report)
	return nil
}

// tokenMade is a token with its secret.
type tokenMade struct {
	Token  Token  `json:"token"`
	Secret string `json:"secret"`
}

func (h *handler) createToken(w http.ResponseWriter, r *http.Request) error {
	var draft TokenDraft
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxDraftBytes)).Decode(&draft); err != nil {
		return &knowledge.Error{Kind: knowledge.Invalid, Message: "This is no token to make.", Err: err}
	}
	token, secret, err := h.Tokens.Create(r.Context(), draft)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, tokenMade{Token: token, Secret: secret})
	return nil
}

func (h *handler) listTokens(w http.ResponseWriter, r *http.Request) error {
	tokens, err := h.Tokens.List(r.Context())
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, tokens)
	return nil
}

func (h *handler) revokeToken(w http.ResponseWriter, r *http.Request) error {
	token, err := h.Tokens.Revoke(r.Context(), knowledge.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, token)
	return nil
}

func (h *handler) storeName(w http.ResponseWriter, _ *http.Request) error {
	answer(w, http.StatusOK, h.StoreName)
	return nil
}

func (h *handler) export(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	return raw(w, r, func(ctx context.Context, to io.Writer) error {
		return h.Records.Export(ctx, to, ExportOptions{
			Form: query.Get("form"), History: flag(query.Get("history")), Tokens: flag(query.Get("tokens")),
		})
	})
}

func (h *handler) backup(w http.ResponseWriter, r *http.Request) error {
	return raw(w, r, h.Store.Backup)
}

// raw answers with the bytes that write makes. Where it fails in the middle, the trailer says why.
func raw(w http.ResponseWriter, r *http.Request, write func(context.Context, io.Writer) error) error {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Trailer", failureTrailer)
	if err := write(r.Context(), w); err != nil {
		told, encodeErr := json.Marshal(describe(err))
		if encodeErr != nil {
			return encodeErr
		}
		w.Header().Set(failureTrailer, string(told))
	}
	return nil
}

// flag reads a switch of a query.
func flag(value string) bool {
	on, err := strconv.ParseBool(value)
	return err == nil && on
}
