package knowledge

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// Kind is a noun of the domain. It is the first thing stored of every entity.
type Kind string

// The nouns that are stored.
const (
	KindPractice       Kind = "PRACTICE"
	KindLesson         Kind = "LESSON"
	KindRecommendation Kind = "RECOMMENDATION"
	KindAuthority      Kind = "AUTHORITY"
	KindCountry        Kind = "COUNTRY"
	KindTheme          Kind = "THEME"
	KindTargetGroup    Kind = "TARGET_GROUP"
	KindEvent          Kind = "EVENT"
	KindStudy          Kind = "STUDY"
	KindOrganisation   Kind = "ORGANISATION"
	KindPartner        Kind = "PARTNER"
	KindToken          Kind = "TOKEN"
)

// Kinds lists every kind, in the order in which a seed or an export writes them: a record comes
// after the records that it may refer to, wherever that is possible.
func Kinds() []Kind {
	return []Kind{
		KindCountry, KindTheme, KindTargetGroup, KindAuthority, KindOrganisation,
		KindPractice, KindLesson, KindStudy, KindRecommendation, KindEvent, KindPartner, KindToken,
	}
}

// EntryKinds lists the kinds of entry.
func EntryKinds() []Kind { return []Kind{KindPractice, KindLesson, KindRecommendation} }

// IsEntry tells whether the kind is one of the three that cities post: practice, lesson or
// recommendation.
func (k Kind) IsEntry() bool {
	return k == KindPractice || k == KindLesson || k == KindRecommendation
}

// prefix is the start of every id of the kind; "" for an unknown kind.
func (k Kind) prefix() string {
	switch k {
	case KindPractice:
		return "PR"
	case KindLesson:
		return "LE"
	case KindRecommendation:
		return "RE"
	case KindAuthority:
		return "AU"
	case KindCountry:
		return "CO"
	case KindTheme:
		return "TH"
	case KindTargetGroup:
		return "TG"
	case KindEvent:
		return "EV"
	case KindStudy:
		return "ST"
	case KindOrganisation:
		return "OR"
	case KindPartner:
		return "PT"
	case KindToken:
		return "TK"
	}
	return ""
}

// IsAdministrative tells whether records of the kind are kept by administrators and shown to nobody else, but
// a partner to itself: partners and tokens.
func (k Kind) IsAdministrative() bool { return k == KindPartner || k == KindToken }

// Noun is the kind in plain English, for messages.
func (k Kind) Noun() string {
	switch k {
	case KindLesson:
		return "lesson"
	case KindTargetGroup:
		return "target group"
	default:
		return strings.ToLower(string(k))
	}
}

// ID names one entity for ever. It is opaque to clients: two letters for the kind, an underscore
// and 26 characters of lower-case base 32, which hold 128 bits.
type ID string

// idEncoding is RFC 4648 base 32 in lower case, without padding.
var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// idBytes is the number of bytes in an id after its prefix: 128 bits never collide by chance.
const idBytes = 16

// NewID makes an id from 128 random bits.
func NewID(kind Kind) ID {
	var b [idBytes]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (Go 1.24).
	return ID(kind.prefix() + "_" + idEncoding.EncodeToString(b[:]))
}

// DeriveID makes the id that belongs to the parts: the same kind and parts give the same id on every
// machine. It names seed records, entities made under an idempotency key, and tokens by their hash.
func DeriveID(kind Kind, parts ...string) ID {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return ID(kind.prefix() + "_" + idEncoding.EncodeToString(h.Sum(nil)[:idBytes]))
}

// CountryID is the id of the country with the ISO 3166-1 alpha-2 code.
func CountryID(code CountryCode) ID {
	return DeriveID(KindCountry, "country", strings.ToUpper(string(code)))
}

// Kind tells the kind of the entity that the id names; "" where it is no id of ours.
func (id ID) Kind() Kind {
	if len(id) != 3+26 || id[2] != '_' {
		return ""
	}
	// The decoder skips line breaks and ignores the last two bits: only what it would write is an id.
	b, err := idEncoding.DecodeString(string(id[3:]))
	if err != nil || idEncoding.EncodeToString(b) != string(id[3:]) {
		return ""
	}
	for _, k := range Kinds() {
		if k.prefix() == string(id[:2]) {
			return k
		}
	}
	return ""
}
