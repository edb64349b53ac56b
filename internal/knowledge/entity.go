package knowledge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// Revision counts the saved states of one entity, from 1. Zero means "not saved yet". It is an alias
// because GraphQL knows no other whole number than Int.
type Revision = int

// Entity is anything that is stored under an id. The concrete types are pointers to the structs of
// this package, and New knows them all.
type Entity interface {
	// Head is what every entity has. It is never nil and may be changed in place.
	Head() *Meta
	// Kind tells the noun.
	Kind() Kind
	// References lists what the entity points at, each with the path of the field that does.
	References() []Reference
	// Problems lists what makes the entity impossible to save, each with a path: everything, or the
	// first hundred where values are at fault in great number.
	Problems() Problems
	// Localise chooses the texts to show to a reader with these preferences, best first.
	Localise(preferences []LanguageTag)
}

// Meta is what every entity has.
type Meta struct {
	ID       ID       `json:"id"`
	Slug     string   `json:"slug"` // unique within the kind among entities that are not deleted
	Revision Revision `json:"revision"`
	// Status is the editorial status. Nouns that are no entries are PUBLISHED or ARCHIVED.
	Status    EditorialStatus `json:"status"`
	CreatedAt time.Time       `json:"createdAt"` // UTC, whole milliseconds
	CreatedBy ID              `json:"createdBy,omitempty"`
	UpdatedAt time.Time       `json:"updatedAt"` // UTC, whole milliseconds
	// Edit tells how this revision came about.
	Edit Edit `json:"edit"`
	// Deleted marks a tombstone: the id stays taken for ever, the slug is free again, and engines
	// keep nothing but Meta.
	Deleted bool `json:"deleted,omitempty"`
}

// Head implements Entity for every struct that embeds Meta.
func (m *Meta) Head() *Meta { return m }

// Edit tells who made a revision, when, why, and under which idempotency key.
type Edit struct {
	Action Action    `json:"action"`
	By     ID        `json:"by,omitempty"` // the token that was used; empty for the program itself
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
	// Key is the client's idempotency key joined with its actor, hashed; empty where none was sent.
	Key string `json:"key,omitempty"`
	// Digest is the hash of the request that carried Key: the same key with another request is refused.
	Digest string `json:"digest,omitempty"`
}

// Action is what was done to an entity in one revision.
type Action string

// The actions.
const (
	ActionCreate            Action = "CREATE"
	ActionUpdate            Action = "UPDATE"
	ActionSubmit            Action = "SUBMIT"
	ActionStartReview       Action = "START_REVIEW"
	ActionRequestChanges    Action = "REQUEST_CHANGES"
	ActionPublish           Action = "PUBLISH"
	ActionReject            Action = "REJECT"
	ActionWithdraw          Action = "WITHDRAW"
	ActionArchive           Action = "ARCHIVE"
	ActionRestore           Action = "RESTORE"
	ActionTranslate         Action = "TRANSLATE"
	ActionRemoveTranslation Action = "REMOVE_TRANSLATION"
	ActionLink              Action = "LINK"
	ActionUnlink            Action = "UNLINK"
	ActionImport            Action = "IMPORT"
	ActionAssess            Action = "ASSESS"
	ActionRevoke            Action = "REVOKE"
	ActionDelete            Action = "DELETE"
)

// Reference is a pointer from one entity to another, under the name of the link.
type Reference struct {
	Relation Relation
	Target   ID
	// Path is the field that holds the pointer, as a client would name it in an input.
	Path []string
}

// New makes an empty entity of the kind; nil for an unknown kind.
func New(kind Kind) Entity {
	switch kind {
	case KindPractice:
		return &Practice{}
	case KindLesson:
		return &LessonLearnt{}
	case KindRecommendation:
		return &Recommendation{}
	case KindAuthority:
		return &Authority{}
	case KindCountry:
		return &Country{}
	case KindTheme:
		return &Theme{}
	case KindTargetGroup:
		return &TargetGroup{}
	case KindEvent:
		return &Event{}
	case KindStudy:
		return &Study{}
	case KindOrganisation:
		return &Organisation{}
	case KindPartner:
		return &Partner{}
	case KindToken:
		return &Token{}
	}
	return nil
}

// Encode writes the entity as JSON, without the texts chosen by Localise.
func Encode(e Entity) ([]byte, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Head().ID, err)
	}
	return b, nil
}

// Decode reads what Encode wrote of an entity of the kind, in this version or an earlier one.
func Decode(kind Kind, b []byte) (Entity, error) {
	e := New(kind)
	if e == nil {
		return nil, fmt.Errorf("decode entity: unknown kind %q", kind)
	}
	if err := json.Unmarshal(Renewed(b), e); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind.Noun(), err)
	}
	return e, nil
}

// Renewed is an encoded entity with the keys of today: an entry's partnerships were called partners before partners were
// those who use the API. Encode writes no space behind a key, and a quote within a text is escaped, so no text is touched.
func Renewed(b []byte) []byte {
	former := []byte(`"partners":`)
	if !bytes.Contains(b, former) { // Nearly always.
		return b
	}
	return bytes.Replace(b, former, []byte(`"partnerships":`), 1)
}

// Clone is a deep copy that shares nothing with the original. The texts that Localise chose are not
// copied.
func Clone(e Entity) Entity {
	b, err := Encode(e)
	if err != nil {
		panic("knowledge: an entity that cannot be encoded exists: " + err.Error())
	}
	c, err := Decode(e.Kind(), b)
	if err != nil {
		panic("knowledge: an encoded entity cannot be decoded: " + err.Error())
	}
	return c
}

// Shallow is a copy whose own fields may be set without touching the original: the texts chosen by
// Localise, a list as a whole. The lists and what pointers lead to are shared and must not be changed.
func Shallow(e Entity) Entity {
	c := reflect.New(reflect.TypeOf(e).Elem())
	c.Elem().Set(reflect.ValueOf(e).Elem())
	return c.Interface().(Entity)
}

// Instant is t as the domain keeps it: UTC, cut to whole milliseconds, so that every engine returns
// what it was given.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
