package auth_test

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"goodpractice/internal/auth"
	"goodpractice/internal/knowledge"
)

func TestNewSecret(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^gp_[A-Za-z0-9_-]{43}$`)
	seen := map[string]bool{}
	for range 1000 {
		secret, hash := auth.NewSecret()
		if !form.MatchString(secret) {
			t.Fatalf("the secret has another form: %q", secret)
		}
		raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(secret, auth.SecretPrefix))
		if err != nil || len(raw) != 32 {
			t.Fatalf("the secret holds %d bytes, %v, want 32", len(raw), err)
		}
		if seen[secret] || hash != auth.Hash(secret) {
			t.Fatalf("the secret came twice, or its hash is another: %q", hash)
		}
		seen[secret] = true
	}
}

func TestHashIsSHA256InHexadecimal(t *testing.T) {
	t.Parallel()
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-2, B.1.
	if got := auth.Hash("abc"); got != want {
		t.Errorf("Hash(abc) = %s, want %s", got, want)
	}
}

func TestTokenIDFollowsFromTheHash(t *testing.T) {
	t.Parallel()
	_, hash := auth.NewSecret()
	_, other := auth.NewSecret()
	id := auth.TokenID(hash)
	if id.Kind() != knowledge.KindToken || id != auth.TokenID(hash) || id == auth.TokenID(other) {
		t.Errorf("TokenID = %s, and %s for another hash", id, auth.TokenID(other))
	}
	if id != knowledge.DeriveID(knowledge.KindToken, hash) {
		t.Error("TokenID is not what the catalog derives")
	}
}
