package scalar

import (
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"goodpractice/internal/knowledge"
)

// layout is RFC 3339 with exactly three decimals of a second.
const layout = "2006-01-02T15:04:05.000Z07:00"

// MarshalDateTime writes an instant in UTC with milliseconds.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(layout)))
	})
}

// UnmarshalDateTime reads an instant in RFC 3339, with any offset and any number of decimals.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, notInstant()
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, notInstant()
	}
	return t.UTC(), nil
}

// notInstant is what clients are told of a value that is none.
func notInstant() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Message: "Give an instant in RFC 3339, such as 2012-12-17T09:30:00Z."}
}
