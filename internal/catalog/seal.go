package catalog

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"goodpractice/internal/knowledge"
)

const (
	// sealNote is where the store keeps the secret of the seal: one for all servers of a store, and in its backups.
	sealNote = "changes-seal"
	// sealBlock is what positions are filled up to, so that their lengths do not tell how many changes there were.
	sealBlock = 64
	// maxSealed is the longest text that is looked at; what seal writes is about 130 characters.
	maxSealed = 512
)

// seal writes positions in the feed so that clients can keep them and not read them: they hold numbers that
// count every change, those of drafts too (docs/decisions/0018-…). The same position always gives the same text.
type seal struct {
	notes Feed

	mu     sync.Mutex
	secret []byte // guarded by mu; nil until it was read
}

// write seals a position.
func (s *seal) write(ctx context.Context, at knowledge.Cursor) (string, error) {
	secret, err := s.read(ctx, false)
	if err != nil {
		return "", err
	}
	text := append([]byte(at), 0)
	text = append(text, make([]byte, (sealBlock-len(text)%sealBlock)%sealBlock)...)
	nonce := derive(secret, "nonce", text)[:12] // Another text has another one, as GCM needs it.
	sealed := box(secret).Seal(nonce, nonce, text, nil)
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// open reads what write has written; false for anything else. Another server may have made the secret anew at
// the same time as this one: then the one in the store holds.
func (s *seal) open(ctx context.Context, text string) (knowledge.Cursor, bool, error) {
	for _, again := range []bool{false, true} {
		secret, err := s.read(ctx, again)
		if err != nil {
			return "", false, err
		}
		if at, ok := unsealed(secret, text); ok {
			return at, true, nil
		}
	}
	return "", false, nil
}

// unsealed opens a text with the secret.
func unsealed(secret []byte, text string) (knowledge.Cursor, bool) {
	if len(text) > maxSealed {
		return "", false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) < 12 {
		return "", false
	}
	plain, err := box(secret).Open(nil, raw[:12], raw[12:], nil)
	at, _, ended := bytes.Cut(plain, []byte{0})
	return knowledge.Cursor(at), err == nil && ended && len(at) > 0
}

// read gives the secret of the store, and makes it where there is none. Again reads it once more.
func (s *seal) read(ctx context.Context, again bool) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.secret != nil && !again {
		return s.secret, nil
	}
	for range 2 { // What was made is read again: of several servers that make one, the last wins.
		text, err := s.notes.Note(ctx, sealNote)
		if err != nil {
			return nil, fmt.Errorf("read the secret of cursors: %w", err)
		}
		if secret, err := hex.DecodeString(text); err == nil && len(secret) == sha256.Size {
			s.secret = secret
			return secret, nil
		}
		made := make([]byte, sha256.Size)
		_, _ = rand.Read(made) // crypto/rand.Read never fails (Go 1.24).
		if err := s.notes.SetNote(ctx, sealNote, hex.EncodeToString(made)); err != nil {
			return nil, fmt.Errorf("keep the secret of cursors: %w", err)
		}
	}
	return nil, errors.New("the secret of cursors was not kept")
}

// box encrypts and authenticates under the secret.
func box(secret []byte) cipher.AEAD {
	block, err := aes.NewCipher(derive(secret, "key", nil))
	if err != nil {
		panic("catalog: a hash is no key: " + err.Error())
	}
	sealed, err := cipher.NewGCM(block)
	if err != nil {
		panic("catalog: AES has no GCM: " + err.Error())
	}
	return sealed
}

// derive makes bytes from the secret for a purpose.
func derive(secret []byte, purpose string, text []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(purpose + "\n"))
	h.Write(text)
	return h.Sum(nil)
}
