package knowledge

import "time"

// Bounds on what is counted of the use of the API.
const (
	// UsageDays is how long counts are kept.
	UsageDays = 400
	// MaxUsageSpan is how many days one question about usage may cover.
	MaxUsageSpan = 92
	// OtherOperations is the name under which operations are counted together that are too many to name. No
	// operation of GraphQL can have it.
	OtherOperations = "(other)"
)

// Usage is how often a partner has used something on one day: an operation by its name, or a deprecated part
// of the schema. Counts only grow.
type Usage struct {
	Partner ID
	Day     Date // in UTC
	// Operation is the name of an operation; empty for operations without a name and where Deprecated is set.
	Operation string
	// Deprecated is the schema coordinate of what is deprecated, such as Practice.oldField; empty for an
	// operation.
	Deprecated string
	// Requests is how often it was asked for, Failures how often of these with an error, and Points what all
	// of them cost.
	Requests, Failures, Points int64
	// Unproven is how many of the requests came without a token of the partner, from a page of its origins:
	// anything but a browser can make up an origin.
	Unproven int64
}

// DayOf is the day of an instant in UTC.
func DayOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// Plus adds the counts of another.
func (u Usage) Plus(o Usage) Usage {
	u.Requests += o.Requests
	u.Failures += o.Failures
	u.Points += o.Points
	u.Unproven += o.Unproven
	return u
}
