package auth_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// tokens is a store that has what is in it.
type tokens struct {
	byID  map[knowledge.ID]knowledge.Entity
	err   error
	loads int
}

func (s *tokens) Load(_ context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	s.loads++
	if s.err != nil {
		return nil, s.err
	}
	out := make([]knowledge.Entity, len(ids))
	for i, id := range ids {
		out[i] = s.byID[id]
	}
	return out, nil
}

// given stores a token for a new secret, changed by change.
func given(change func(t *knowledge.Token)) (secret string, s *tokens) {
	secret, _ = auth.NewSecret()
	token := knowledgetest.Token(secret, knowledge.RoleContributor, "lisbon", "porto")
	if change != nil {
		change(token)
	}
	return secret, &tokens{byID: map[knowledge.ID]knowledge.Entity{token.ID: token}}
}

func authenticate(t *testing.T, s *tokens, authorization string, loopback bool) (knowledge.Actor, error) {
	t.Helper()
	a, err := auth.New(auth.Options{Store: s, Now: knowledgetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	return a.Authenticate(t.Context(), authorization, loopback)
}

func TestKeysOfPartners(t *testing.T) {
	t.Parallel()
	partner := knowledgetest.Partner("dashboard")
	archived := knowledgetest.Partner("dashboard")
	archived.Status = knowledge.StatusArchived
	for _, test := range []struct {
		name   string
		entity knowledge.Entity
		want   bool
	}{
		{"switched on", partner, true},
		{"archived", archived, false},
		{"gone", nil, false},
		{"no partner", knowledgetest.Theme("dashboard"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			secret, _ := auth.NewSecret()
			key := knowledgetest.Key(secret, "dashboard")
			s := &tokens{byID: map[knowledge.ID]knowledge.Entity{key.ID: key, partner.ID: test.entity}}
			actor, err := authenticate(t, s, "Bearer "+secret, false)
			switch {
			case test.want && (err != nil || actor.PartnerID != partner.ID || actor.Role != knowledge.RoleReader):
				t.Errorf("actor %+v, error %v", actor, err)
			case !test.want && (!knowledge.IsKind(err, knowledge.Unauthenticated) || actor.ID != "" || actor.PartnerID != ""):
				t.Errorf("actor %+v, error %v, want one that tells nothing", actor, err)
			}
		})
	}
}

// at is a pointer to an instant that far from now.
func at(d time.Duration) *time.Time {
	instant := knowledgetest.Now().Add(d)
	return &instant
}

func TestNewRefusesWhatIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := auth.New(auth.Options{Now: knowledgetest.Now}); err == nil {
		t.Error("New without a store gave no error")
	}
	if _, err := auth.New(auth.Options{Store: &tokens{}}); err == nil {
		t.Error("New without a clock gave no error")
	}
}

func TestGoodTokens(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		before   string // what stands before the secret
		change   func(t *knowledge.Token)
		loopback bool
	}{
		{"plain", "Bearer ", nil, false},
		{"on this machine", "Bearer ", nil, true},
		{"scheme in lower case", "bearer ", nil, false},
		{"scheme in upper case", "BEARER ", nil, false},
		{"two spaces", "Bearer  ", nil, false},
		{"a moment before it expires", "Bearer ", func(t *knowledge.Token) { t.ExpiresAt = at(time.Millisecond) }, false},
		{"for this machine alone", "Bearer ", func(t *knowledge.Token) { t.LoopbackOnly = true }, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			secret, s := given(test.change)
			got, err := authenticate(t, s, test.before+secret, test.loopback)
			want := knowledge.Actor{
				ID: auth.TokenID(auth.Hash(secret)), Name: "Test contributor", Role: knowledge.RoleContributor,
				Authorities: []knowledge.ID{
					knowledgetest.ID(knowledge.KindAuthority, "lisbon"), knowledgetest.ID(knowledge.KindAuthority, "porto"),
				},
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("Authenticate = %+v, %v, want %+v", got, err, want)
			}
		})
	}
}

func TestNoHeaderIsAnonymous(t *testing.T) {
	t.Parallel()
	_, s := given(nil)
	got, err := authenticate(t, s, "", false)
	if err != nil || !reflect.DeepEqual(got, knowledge.Actor{}) || s.loads != 0 {
		t.Errorf("Authenticate = %+v, %v after %d loads, want an anonymous reader at once", got, err, s.loads)
	}
}

func TestRefusalsAreAllTheSame(t *testing.T) {
	t.Parallel()
	other, _ := auth.NewSecret()
	tests := []struct {
		name   string
		header string // SECRET stands for the secret
		change func(t *knowledge.Token)
		loads  int
	}{
		{"an unknown secret", "Bearer " + other, nil, 1},
		{"a secret with a letter changed", "Bearer SECRETx", nil, 1},
		{"no scheme", "SECRET", nil, 0},
		{"another scheme", "Basic SECRET", nil, 0},
		{"a scheme that only begins alike", "Bearers SECRET", nil, 0},
		{"no secret", "Bearer", nil, 0},
		{"an empty secret", "Bearer ", nil, 0},
		{"padding alone", "Bearer ==", nil, 0},
		{"a tab", "Bearer\tSECRET", nil, 0},
		{"two secrets", "Bearer SECRET and SECRET", nil, 0},
		{"two headers joined", "Bearer SECRET,Bearer SECRET", nil, 0},
		{"a control character", "Bearer SECRET\x00", nil, 0},
		{"a letter beyond ASCII", "Bearer SECRETé", nil, 0},
		{"padding in the middle", "Bearer SEC=RET", nil, 0},
		{"a blank", " ", nil, 0},
		{"far too long", "Bearer SECRET" + strings.Repeat("A", 1<<20), nil, 0},
		{"one byte too long", "Bearer " + strings.Repeat("A", 250), nil, 0},
		{"expired at this moment", "Bearer SECRET", func(t *knowledge.Token) { t.ExpiresAt = at(0) }, 1},
		{"expired long ago", "Bearer SECRET", func(t *knowledge.Token) { t.ExpiresAt = at(-time.Hour) }, 1},
		{"revoked", "Bearer SECRET", func(t *knowledge.Token) { t.RevokedAt = at(-time.Hour) }, 1},
		{"archived", "Bearer SECRET", func(t *knowledge.Token) { t.Status = knowledge.StatusArchived }, 1},
		{"deleted", "Bearer SECRET", func(t *knowledge.Token) { t.Deleted = true }, 1},
		{"for another machine alone", "Bearer SECRET", func(t *knowledge.Token) { t.LoopbackOnly = true }, 1},
		{"a hash that only begins alike", "Bearer SECRET", func(t *knowledge.Token) { t.Hash = t.Hash[:63] + "x" }, 1},
		{"a token without a hash", "Bearer SECRET", func(t *knowledge.Token) { t.Hash = "" }, 1},
	}
	_, want := authenticate(t, &tokens{}, "Bearer "+other, false)
	if !knowledge.IsKind(want, knowledge.Unauthenticated) {
		t.Fatalf("an unknown token gave %v, want Unauthenticated", want)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			secret, s := given(test.change)
			got, err := authenticate(t, s, strings.ReplaceAll(test.header, "SECRET", secret), false)
			if !reflect.DeepEqual(err, want) {
				t.Errorf("refused with %#v, want %#v like everything else", err, want)
			}
			if !reflect.DeepEqual(got, knowledge.Actor{}) {
				t.Errorf("a refused token gave the actor %+v", got)
			}
			if s.loads != test.loads {
				t.Errorf("the store was asked %d times, want %d", s.loads, test.loads)
			}
		})
	}
}

func TestRecordOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	secret, s := given(nil)
	for id := range s.byID {
		s.byID[id] = knowledgetest.Theme("housing")
	}
	if _, err := authenticate(t, s, "Bearer "+secret, true); !knowledge.IsKind(err, knowledge.Unauthenticated) {
		t.Errorf("a theme was taken for a token: %v", err)
	}
}

func TestStoreThatCannotBeReadIsNoRefusal(t *testing.T) {
	t.Parallel()
	secret, s := given(nil)
	s.err = errors.New("the disk is gone")
	_, err := authenticate(t, s, "Bearer "+secret, true)
	if !knowledge.IsKind(err, knowledge.Unavailable) || !errors.Is(err, s.err) {
		t.Errorf("Authenticate gave %v, want Unavailable with its cause", err)
	}
	if failure, ok := errors.AsType[*knowledge.Error](err); ok && strings.Contains(failure.Message, "disk") {
		t.Errorf("the cause is in the text for everyone: %q", failure.Message)
	}
}

func TestActorSharesNothingWithTheStore(t *testing.T) {
	t.Parallel()
	secret, s := given(nil)
	actor, err := authenticate(t, s, "Bearer "+secret, false)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Clone(actor.Authorities)
	actor.Authorities[0] = "changed"
	if again, err := authenticate(t, s, "Bearer "+secret, false); err != nil || !slices.Equal(again.Authorities, want) {
		t.Errorf("the next actor has %v, %v, want %v", again.Authorities, err, want)
	}
}

func FuzzAuthenticate(f *testing.F) {
	secret, s := given(nil)
	for _, seed := range []string{"", "Bearer", "Bearer ", "Bearer " + secret, "bearer  gp_x==", "Basic eA==", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		actor, err := authenticate(t, s, header, false)
		isAnonymous := reflect.DeepEqual(actor, knowledge.Actor{})
		isOurs := strings.HasSuffix(header, " "+secret)
		switch {
		case err != nil && !knowledge.IsKind(err, knowledge.Unauthenticated):
			t.Errorf("%q gave %v", header, err)
		case err == nil && !isAnonymous && !isOurs, err == nil && isAnonymous && header != "":
			t.Errorf("%q gave the actor %+v", header, actor)
		}
	})
}
