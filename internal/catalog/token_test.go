package catalog_test

import (
	"strings"
	"testing"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// authenticate tells who sends the secret; an error where nobody may.
func (r *rig) authenticate(t *testing.T, secret string) (knowledge.Actor, error) {
	t.Helper()
	a, err := auth.New(auth.Options{Store: r.Tokens(), Now: r.options.Now})
	if err != nil {
		t.Fatal(err)
	}
	return a.Authenticate(t.Context(), "Bearer "+secret, true)
}

func TestTokensOfEachRole(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	tests := []struct {
		role        knowledge.Role
		authorities []string
		want        []knowledge.ID
	}{
		{knowledge.RoleReader, nil, nil},
		{knowledge.RoleContributor, []string{"madrid", string(authority("lyon"))}, []knowledge.ID{authority("madrid"), authority("lyon")}},
		{knowledge.RoleEditor, []string{"madrid"}, []knowledge.ID{authority("madrid")}},
		{knowledge.RoleAdministrator, nil, nil},
	}
	for _, test := range tests {
		t.Run(string(test.role), func(t *testing.T) {
			t.Parallel()
			end := start().Add(24 * time.Hour)
			token, secret, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{
				Name: "  A colleague ", Role: test.role, Authorities: test.authorities, ExpiresAt: &end, LoopbackOnly: true,
			})
			if err != nil {
				t.Fatal(err)
			}
			kept, ok := r.stored(t, token.ID).(*knowledge.Token)
			if !ok {
				t.Fatal("the token is not stored")
			}
			switch {
			case kept.Name != "A colleague", kept.Role != test.role, *kept.ExpiresAt != end, !kept.LoopbackOnly, kept.RevokedAt != nil:
				t.Errorf("stored %+v", kept)
			case kept.CreatedBy != admin().ID, kept.Status != knowledge.StatusPublished, kept.Revision != 1:
				t.Errorf("stored %+v", kept.Meta)
			case kept.Hash != auth.Hash(secret), kept.ID != auth.TokenID(kept.Hash):
				t.Errorf("the hash or the id is not that of the secret")
			}
			body, err := knowledge.Encode(kept)
			if err != nil || strings.Contains(string(body), secret) || strings.Contains(string(body), strings.TrimPrefix(secret, auth.SecretPrefix)) {
				t.Errorf("the secret is stored, or %v", err)
			}
			actor, err := r.authenticate(t, secret)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "actor", knowledge.Actor{ID: token.ID, Name: "A colleague", Role: test.role, Authorities: test.want}, actor)
		})
	}
}

func TestCreateTokenRefuses(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	now := start()
	sound := catalog.TokenDraft{Name: "A colleague", Role: knowledge.RoleEditor}
	tests := []struct {
		name  string
		actor knowledge.Actor
		draft catalog.TokenDraft
		code  knowledge.ProblemCode
		path  string
	}{
		{"nobody", anonymous(), sound, knowledge.CodeSignIn, ""},
		{"a reader", partner(), sound, knowledge.CodeForbidden, ""},
		{"a contributor", madrid(), sound, knowledge.CodeForbidden, ""},
		{"an editor", editor(), sound, knowledge.CodeForbidden, ""},
		{"no name", admin(), catalog.TokenDraft{Name: " ", Role: knowledge.RoleEditor}, knowledge.CodeRequired, "name"},
		{"no role", admin(), catalog.TokenDraft{Name: "x"}, knowledge.CodeRequired, "role"},
		{"an unknown role", admin(), catalog.TokenDraft{Name: "x", Role: "KING"}, knowledge.CodeUnknown, "role"},
		{"a contributor for nobody", admin(), catalog.TokenDraft{Name: "x", Role: knowledge.RoleContributor}, knowledge.CodeRequired, "authorities"},
		{"an unknown authority", admin(), catalog.TokenDraft{Name: "x", Role: knowledge.RoleContributor, Authorities: []string{"madrid", "nowhere"}}, knowledge.CodeUnknown, "authorities.1"},
		{"an unknown id", admin(), catalog.TokenDraft{Name: "x", Role: knowledge.RoleContributor, Authorities: []string{string(authority("nowhere"))}}, knowledge.CodeUnknown, "authorities.0"},
		{"a theme", admin(), catalog.TokenDraft{Name: "x", Role: knowledge.RoleContributor, Authorities: []string{string(theme("housing"))}}, knowledge.CodeUnknown, "authorities.0"},
		{"an end in the past", admin(), catalog.TokenDraft{Name: "x", Role: knowledge.RoleEditor, ExpiresAt: &now}, knowledge.CodeOutOfRange, "expiresAt"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			token, secret, err := r.CreateToken(as(t, test.actor), test.draft)
			refusal(t, err, test.code, test.path)
			if token != nil || secret != "" {
				t.Error("refused, but there is a token")
			}
		})
	}
}

func TestATokenThatEndsNowIsRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	now := start()
	c := r.with(t, func(o *catalog.Options) { o.Now = func() time.Time { return now } })
	_, _, err := c.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "x", Role: knowledge.RoleEditor, ExpiresAt: &now})
	refusal(t, err, knowledge.CodeOutOfRange, "expiresAt")
	next := now.Add(time.Millisecond)
	if _, _, err := c.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "x", Role: knowledge.RoleEditor, ExpiresAt: &next}); err != nil {
		t.Errorf("a token for a millisecond: %v", err)
	}
}

func TestRevokeToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token, secret, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "A colleague", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	if shown, err := r.Load(as(t, admin()), token.ID); err != nil || shown[0] == nil {
		t.Fatalf("the administrator sees %v, %v", shown, err)
	}
	for name, a := range everyone() {
		if name != "administrator" {
			code := knowledge.CodeForbidden
			if name == "anonymous" {
				code = knowledge.CodeSignIn
			}
			_, err := r.RevokeToken(as(t, a), token.ID)
			refusal(t, err, code, "")
		}
	}
	for _, id := range []knowledge.ID{"x", knowledge.NewID(knowledge.KindToken), theme("housing")} {
		_, err := r.RevokeToken(as(t, admin()), id)
		refusal(t, err, knowledge.CodeNotFound, "id")
	}
	if _, err := r.authenticate(t, secret); err != nil {
		t.Fatalf("the token does not work: %v", err)
	}
	revoked, err := r.RevokeToken(as(t, admin()), token.ID)
	if err != nil || revoked.RevokedAt == nil || revoked.Revision != 2 || revoked.Edit.Action != knowledge.ActionRevoke {
		t.Fatalf("revoked %+v, %v", revoked, err)
	}
	_, err = r.authenticate(t, secret)
	if !knowledge.IsKind(err, knowledge.Unauthenticated) {
		t.Errorf("a revoked token gives %v", err)
	}
	shown, err := r.Load(as(t, admin()), token.ID)
	if err != nil || shown[0].(*knowledge.Token).RevokedAt == nil {
		t.Errorf("the administrator sees %+v, %v", shown[0], err)
	}
	unchanged := r.mark(t)
	again, err := r.RevokeToken(as(t, admin()), token.ID)
	if err != nil || *again.RevokedAt != *revoked.RevokedAt || again.Revision != 2 {
		t.Errorf("revoked again %+v, %v", again, err)
	}
	unchanged()
}

func TestTokensAreForAdministratorsAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token, _, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "A colleague", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range everyone() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, want := as(t, a), name == "administrator"
			loaded, err := r.Load(ctx, token.ID)
			if err != nil || (loaded[0] != nil) != want {
				t.Errorf("Load gives %v, %v", loaded[0], err)
			}
			_, err = r.BySlug(ctx, knowledge.KindToken, token.Slug)
			if (err == nil) != want {
				t.Errorf("BySlug gives %v", err)
			}
			page, err := r.Find(ctx, knowledge.Listing{Kinds: []knowledge.Kind{knowledge.KindToken}, Page: knowledge.Page{First: 5}})
			if err != nil || (page.Total == 1) != want {
				t.Errorf("Find gives %+v, %v", page, err)
			}
		})
	}
}
