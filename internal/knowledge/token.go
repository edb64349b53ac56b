package knowledge

import (
	"slices"
	"time"
)

// Token is a bearer token that somebody may write or read with. The secret itself is not kept.
type Token struct {
	Meta
	Name string `json:"name"` // whom it was given to
	Role Role   `json:"role"`
	// AuthorityIDs are the authorities that a contributor writes for.
	AuthorityIDs []ID `json:"authorities"`
	// PartnerID is the partner whose key this is; nil for a token of somebody else.
	PartnerID *ID `json:"partner,omitempty"`
	// Hash is the SHA-256 of the secret, in hexadecimal; the id is derived from it.
	Hash      string     `json:"hash"`
	ExpiresAt *time.Time `json:"expiresAt,omitempty"`
	RevokedAt *time.Time `json:"revokedAt,omitempty"`
	// LoopbackOnly tokens are accepted from this machine alone.
	LoopbackOnly bool `json:"loopbackOnly,omitempty"`
}

// Kind implements Entity.
func (*Token) Kind() Kind { return KindToken }

// Localise implements Entity; a token has no texts.
func (*Token) Localise([]LanguageTag) {}

// References implements Entity.
func (t *Token) References() []Reference {
	refs := appendRefs(nil, RelActsFor, "authorities", t.AuthorityIDs)
	if t.PartnerID != nil {
		refs = append(refs, Reference{RelKeyOf, *t.PartnerID, []string{"partner"}})
	}
	return refs
}

// Actor is who is asking: the holder of a token, or nobody in particular.
type Actor struct {
	ID          ID // of the token; empty for an anonymous reader and for the program itself
	Name        string
	Role        Role
	Authorities []ID
	PartnerID   ID // of the partner whose key the token is; empty for any other token
}

// IsEditor tells whether the actor may review and publish.
func (a Actor) IsEditor() bool { return a.Role == RoleEditor || a.Role == RoleAdministrator }

// MayPost tells whether the actor may write at all.
func (a Actor) MayPost() bool { return a.Role == RoleContributor || a.IsEditor() }

// MayRead tells whether the actor may see the entity at all. Published records are for everyone; a
// record on its way is for editors, for whoever made it, and for contributors of its authorities.
// Tokens and partners are for administrators, and a partner for itself too.
func (a Actor) MayRead(e Entity) bool {
	m := e.Head()
	if e.Kind().IsAdministrative() {
		return a.Role == RoleAdministrator || a.PartnerID != "" && a.PartnerID == m.ID
	}
	return m.Status == StatusPublished || a.IsInsider(e)
}

// IsInsider tells whether the actor may see what goes on behind a record: editors, and contributors
// whose own it is.
func (a Actor) IsInsider(e Entity) bool {
	if e.Kind().IsAdministrative() {
		return a.Role == RoleAdministrator
	}
	return a.IsEditor() || a.owns(e)
}

// MayEdit tells whether the actor may change the entity in its present state. Contributors change
// entries of their own until these are public; tokens and partners are for administrators, and everything else
// is for editors.
func (a Actor) MayEdit(e Entity) bool {
	if e.Kind().IsAdministrative() {
		return a.Role == RoleAdministrator
	}
	if a.IsEditor() {
		return true
	}
	return e.Kind().IsEntry() && a.owns(e) && e.Head().Status.isOpen()
}

func (a Actor) owns(e Entity) bool {
	entry, ok := e.(Entry)
	if !ok || a.Role != RoleContributor {
		return false
	}
	if a.ID != "" && e.Head().CreatedBy == a.ID {
		return true
	}
	for _, c := range entry.Core().Contributors {
		if slices.Contains(a.Authorities, c.AuthorityID) {
			return true
		}
	}
	return false
}
