package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Limits on a partner.
const (
	MaxOrigins = 50
	// MaxDocumentText is the number of bytes of one trusted document, and MaxDocumentsText that of all of a partner.
	MaxDocumentText  = 16 << 10
	MaxDocumentsText = 200_000
	// MaxPointsPerMinute is the largest quota.
	MaxPointsPerMinute = 1_000_000_000
)

// Partner is an organisation whose programs and pages use the API: which pages may call it, how much it may
// ask for, and which documents it is trusted with. It is never public. Its keys are tokens that name it.
// While it is archived it is switched off: its tokens and its origins are refused.
type Partner struct {
	Meta
	Name string `json:"name"`
	// Email is whom to write to about its use of the API.
	Email   *string `json:"email,omitempty"`
	Website *string `json:"website,omitempty"`
	// AllowedOrigins are the origins whose pages may call the API, in the form of CheckOrigin.
	AllowedOrigins []string `json:"allowedOrigins"`
	// PointsPerMinute is what its tokens may spend together; nil stands for what the server gives to any partner.
	PointsPerMinute *int `json:"pointsPerMinute,omitempty"`
	// Documents are the operations that its programs send by their ids.
	Documents []TrustedDocument `json:"documents"`
}

// TrustedDocument is a GraphQL document that clients name by the hash of its text.
type TrustedDocument struct {
	ID   string `json:"id"`   // DocumentID of the text
	Name string `json:"name"` // of its operation; empty for one without a name
	Text string `json:"text"`
}

// DocumentID is the id of a document with the text: sha256: and the digest in lower-case hexadecimal.
func DocumentID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return documentScheme + hex.EncodeToString(sum[:])
}

// documentScheme is what the id of a document begins with.
const documentScheme = "sha256:"

// CanonicalDocumentID is an id of a document as it is stored: tools write it with and without its scheme, and
// the digits in either case. What is no such id comes back as it is, and is the id of nothing.
func CanonicalDocumentID(id string) string {
	digits := id
	if len(id) == len(documentScheme)+2*sha256.Size && strings.EqualFold(id[:len(documentScheme)], documentScheme) {
		digits = id[len(documentScheme):]
	}
	if _, err := hex.DecodeString(digits); err != nil || len(digits) != 2*sha256.Size {
		return id
	}
	return documentScheme + strings.ToLower(digits)
}

// Kind implements Entity.
func (*Partner) Kind() Kind { return KindPartner }

// Localise implements Entity; a partner has no texts.
func (*Partner) Localise([]LanguageTag) {}

// References implements Entity.
func (*Partner) References() []Reference { return nil }

// IsOn tells whether the partner may use the API now.
func (p *Partner) IsOn() bool { return p.Status == StatusPublished && !p.Deleted }

// Problems implements Entity.
func (p *Partner) Problems() Problems {
	problems := inspect(p)
	required(&problems, p.Name, "name", "Say who the partner is.")
	seen := map[string]bool{}
	for i, origin := range p.AllowedOrigins[:min(len(p.AllowedOrigins), MaxOrigins)] {
		if why := CheckOrigin(origin); why != "" {
			problems.add(CodeInvalidFormat, why, "allowedOrigins", index(i))
		} else if seen[origin] {
			problems.add(CodeDuplicate, "This origin is in the list already.", "allowedOrigins", index(i))
		}
		seen[origin] = true
	}
	return append(problems, documentProblems(p.Documents)...)
}

// documentProblems is what keeps trusted documents from being saved.
func documentProblems(documents []TrustedDocument) Problems {
	var problems Problems
	seen, size := map[string]bool{}, 0
	for i, d := range documents[:min(len(documents), MaxItems)] { // The inspection refuses more.
		size += len(d.Text)
		switch {
		case isBlank(d.Text):
			problems.add(CodeRequired, "A document cannot be empty.", "documents", index(i), "text")
		case len(d.Text) > MaxDocumentText:
			problems.add(CodeTooLong, fmt.Sprintf("A document may have %d bytes; this one has %d.", MaxDocumentText, len(d.Text)), "documents", index(i), "text")
		case d.ID != DocumentID(d.Text):
			problems.add(CodeInvalidFormat, "The id must be sha256: and the SHA-256 of the text, in hexadecimal.", "documents", index(i), "id")
		case seen[d.ID]:
			problems.add(CodeDuplicate, "This document is in the list already.", "documents", index(i), "id")
		}
		seen[d.ID] = true
	}
	if size > MaxDocumentsText {
		problems.add(CodeTooLong, fmt.Sprintf("All documents together may have %d bytes; these have %d.", MaxDocumentsText, size), "documents")
	}
	return problems
}

// PartnerChanges are the changes that a partner knows. Its documents have a change of their own.
type PartnerChanges struct {
	Slug            *string
	Name            *string
	Email           *string
	Website         *string
	AllowedOrigins  []string
	PointsPerMinute *int
	Clear           []string
}

// Apply implements Changes.
func (c *PartnerChanges) Apply(e Entity, _ LanguageTag, _ TermFinder) Problems {
	assign(e, c)
	return clearFields(e, c.Clear)
}
