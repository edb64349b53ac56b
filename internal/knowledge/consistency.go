package knowledge

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
)

// ConsistencyToken names a saved state, so that a reader can ask any server for at least that state.
// One server follows the changes in the order in which they were saved: the token of a client's last
// change covers its earlier ones. The zero token names nothing.
type ConsistencyToken struct {
	ID       ID
	Revision Revision
}

// maxConsistencyToken is the length of the longest token's text: an id of 29 characters, a dot and
// ten digits, in base64.
const maxConsistencyToken = 54

// ConsistencyTokenOf names the state of an entity as it was saved.
func ConsistencyTokenOf(e Entity) ConsistencyToken {
	return ConsistencyToken{e.Head().ID, e.Head().Revision}
}

// String is the token as clients get it, which is opaque to them: letters, digits, hyphens and
// underscores. It is empty for the zero token.
func (t ConsistencyToken) String() string {
	if t == (ConsistencyToken{}) {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(string(t.ID) + "." + strconv.Itoa(t.Revision)))
}

// ParseConsistencyToken reads what String wrote; an Error of kind Invalid for anything else. The empty
// text is the zero token.
func ParseConsistencyToken(text string) (ConsistencyToken, error) {
	if text == "" {
		return ConsistencyToken{}, nil
	}
	var t ConsistencyToken
	if len(text) <= maxConsistencyToken {
		plain, _ := base64.RawURLEncoding.DecodeString(text) // What it could not read is told by the comparison below.
		id, revision, _ := strings.Cut(string(plain), ".")
		n, _ := strconv.Atoi(revision)
		t = ConsistencyToken{ID(id), n}
	}
	if t.ID.Kind() == "" || t.Revision < 1 || t.Revision > math.MaxInt32 || t.String() != text {
		return ConsistencyToken{}, &Error{
			Kind: Invalid,
			Message: "This is not a consistency token. Send the consistencyToken of a mutation's answer as it is, " +
				"or leave it out.",
		}
	}
	return t, nil
}
