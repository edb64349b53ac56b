package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"goodpractice/internal/knowledge"
)

// SecretPrefix begins every secret, so that scanners for leaked secrets can know one when they see it:
// the pattern is gp_[A-Za-z0-9_-]{43}.
const SecretPrefix = "gp_"

// secretBytes is how much randomness is in a secret: 256 bits cannot be guessed.
const secretBytes = 32

// NewSecret makes the secret of a token, for its holder alone, and the hash to store. The secret is
// SecretPrefix and 256 bits from the system's random source in base64url without padding (RFC 4648 §5),
// 46 characters in all.
func NewSecret() (secret, hash string) {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (Go 1.24).
	secret = SecretPrefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, Hash(secret)
}

// Hash is the SHA-256 of a whole secret, its prefix included, in lower-case hexadecimal.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// TokenID is the id of the token with the hash.
func TokenID(hash string) knowledge.ID { return knowledge.DeriveID(knowledge.KindToken, hash) }
