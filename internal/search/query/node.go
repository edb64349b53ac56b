package query

// Place is a part of the text of a query.
type Place struct {
	Start, End int // in bytes; the byte at End is no part of it
}

// At is the place itself: every node embeds its own.
func (p Place) At() Place { return p }

// Node is a part of a query: a Word, Prefix, Phrase, Field, Years, Not, Or or Group.
type Node interface {
	// At is where in the text the node stands, with the signs that belong to it.
	At() Place
	appendTo(b []byte) []byte
}

// Word is what stands between separators, as typed: "housing", "cluj-napoca", "l'habitat". It may hold
// several words of an index.
type Word struct {
	Place

	Text string // the text of the place; "or" for an OR that joins nothing
}

// Prefix is the beginning of a word. What follows its last hyphen, apostrophe or the like has at least
// MinPrefix letters or digits.
type Prefix struct {
	Place

	Text string // without the star
}

// Phrase is words in this order.
type Phrase struct {
	Place

	Text  string // as typed, without the quotation marks and the space beside them
	Inner Place  // of Text
}

// Field is a filter with one value or more, of which one must hold.
type Field struct {
	Place

	Name   string // one of the Field constants, but not FieldYear
	Values []Value
}

// Value is a value of a filter.
type Value struct {
	Place // of Text

	Text string // as typed, without quotation marks
}

// Years is a filter with one range of years or more, of which one must hold.
type Years struct {
	Place

	Ranges []YearRange
}

// YearRange is a range of years, both included. A single year is From and To.
type YearRange struct {
	From, To int // 1 to 9999; 0 where the range is open. From is never after To
}

// Not excludes what its node matches. The node is no Not.
type Not struct {
	Place

	Node Node
}

// Or has two alternatives or more, none of them an Or.
type Or struct {
	Place

	Nodes []Node
}

// Group is two nodes or more side by side, none of them a Group. It is an alternative of an Or or stands
// in a Not: groups elsewhere make no difference and become a part of what they stand in.
type Group struct {
	Place

	Nodes []Node
}
