package graph_test

import (
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// written is what a payload tells of what was saved.
type written struct {
	Practice, Entry, Theme, Token *struct {
		ID       knowledge.ID
		Revision int
	}
	ConsistencyToken string
	UserErrors       []struct{ Message string }
}

// TestMutationsNameWhatTheySaved holds each sort of mutation to a token of the state that was saved, and to none where
// nothing was.
func TestMutationsNameWhatTheySaved(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, on, transport.Limits{}, knowledgetest.Theme("housing"),
				tokenOf(editor, knowledge.RoleEditor), tokenOf(administrator, knowledge.RoleAdministrator))
			tell := func(as, mutation, input string) written {
				t.Helper()
				data := get[map[string]written](t, s, as, "mutation { "+mutation+"(input: {"+input+"}) { consistencyToken userErrors { message } "+fieldOf(mutation)+" } }", nil)
				return data[mutation]
			}
			check := func(what string, got written, id knowledge.ID, revision int) {
				t.Helper()
				want := knowledge.ConsistencyToken{ID: id, Revision: revision}.String()
				if got.ConsistencyToken != want || len(got.UserErrors) > 0 {
					t.Errorf("%s: answered %+v, want the token %s", what, got, want)
				}
			}
			none := func(what string, got written, refused bool) {
				t.Helper()
				if got.ConsistencyToken != "" || refused != (len(got.UserErrors) > 0) {
					t.Errorf("%s: answered %+v, want no token", what, got)
				}
			}
			const draft = `language: "en", title: "Homes first", summary: "x", themes: ["housing"]`
			keyed := draft + `, idempotencyKey: "0123456789abcdef"`
			none("a dry run", tell(editor, "createPractice", draft+", dryRun: true"), false)
			none("a refusal", tell(editor, "createPractice", `language: "en", title: "x", themes: ["nothing"]`), true)
			made := tell(editor, "createPractice", keyed)
			check("create", made, made.Practice.ID, 1)
			check("the same key", tell(editor, "createPractice", keyed), made.Practice.ID, 1)

			change := `id: "` + string(made.Practice.ID) + `", revision: 1, changes: {summary: "y"}`
			none("a dry run of a change", tell(editor, "updatePractice", change+", dryRun: true"), false)
			check("update", tell(editor, "updatePractice", change+`, idempotencyKey: "fedcba9876543210"`), made.Practice.ID, 2)
			check("the same change", tell(editor, "updatePractice", change+`, idempotencyKey: "fedcba9876543210"`), made.Practice.ID, 2)
			none("a stale change", tell(editor, "updatePractice", change), true)
			check("the first key again", tell(editor, "createPractice", keyed), made.Practice.ID, 1)

			theme := tell(editor, "createTheme", `labels: [{language: "en", kind: PREFERRED, text: "Water"}]`)
			check("a theme", theme, theme.Theme.ID, 1)
			none("a token that is refused", tell(administrator, "createToken", `name: "", role: EDITOR`), true)
			none("for an editor", tell(editor, "createToken", `name: "x", role: EDITOR`), true)
			token := tell(administrator, "createToken", `name: "x", role: EDITOR`)
			check("a token", token, token.Token.ID, 1)
			revoke := `id: "` + string(token.Token.ID) + `"`
			check("revoke", tell(administrator, "revokeToken", revoke), token.Token.ID, 2)
			check("revoke again", tell(administrator, "revokeToken", revoke), token.Token.ID, 2)
			none("revoke nothing", tell(administrator, "revokeToken", `id: "`+idOf(knowledge.KindToken, "x")+`"`), true)
		})
	}
}

// fieldOf asks for the record of a payload.
func fieldOf(mutation string) string {
	switch mutation {
	case "createTheme":
		return "theme { id revision }"
	case "createToken", "revokeToken":
		return "token { id }"
	default:
		return "practice { id revision }"
	}
}
