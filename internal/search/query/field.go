package query

import (
	"slices"
	"strings"
)

// The names of filters. Values of FieldKind are those of Kinds in any case; all others are any text.
const (
	FieldTheme    = "theme"
	FieldGroup    = "group"
	FieldCountry  = "country"
	FieldCity     = "city" // an authority by any of its names
	FieldLanguage = "language"
	FieldYear     = "year" // makes a Years, not a Field
	FieldKind     = "kind"
)

// longestField is the length of the longest name.
const longestField = len(FieldLanguage)

// Kinds lists the values of FieldKind.
func Kinds() []string { return []string{"practice", "lesson", "recommendation"} }

// fieldNamed gives the name of a filter as the constants have it, or "".
func fieldNamed(name string) string {
	if len(name) > longestField {
		return ""
	}
	name = strings.ToLower(name)
	switch name {
	case FieldTheme, FieldGroup, FieldCountry, FieldCity, FieldLanguage, FieldYear, FieldKind:
		return name
	}
	return ""
}

// fieldAt gives the name of the filter that begins at a place, and where its colon is.
func fieldAt(s string, at int) (name string, colon int) {
	end := min(len(s), at+longestField+1)
	i := strings.IndexByte(s[at:end], ':')
	if i < 0 {
		return "", 0
	}
	return fieldNamed(s[at : at+i]), at + i
}

// filterAt reads the filter that begins at a place. It returns where the filter, or what looked like
// one, ends; the node is nil where it is none.
func filterAt(s string, at int) (Node, int) {
	name, colon := fieldAt(s, at)
	switch name {
	case "":
		return nil, at
	case FieldYear:
		ranges, end := rangesAt(s, colon+1)
		if ranges == nil {
			return nil, end
		}
		return Years{Place{at, end}, ranges}, end
	}
	values, end := valuesAt(s, colon+1)
	if len(values) == 0 || name == FieldKind && !areKinds(values) {
		return nil, end
	}
	return Field{Place{at, end}, name, values}, end
}

func areKinds(values []Value) bool {
	for _, v := range values {
		if !slices.ContainsFunc(Kinds(), func(k string) bool { return strings.EqualFold(k, v.Text) }) {
			return false
		}
	}
	return true
}

// valuesAt reads values with commas and no space between them.
func valuesAt(s string, at int) (values []Value, end int) {
	for from := at; ; from = end + 1 {
		v, next := valueAt(s, from)
		if next == from {
			return values, max(at, from-1)
		}
		if v.Text != "" {
			values = append(values, v)
		}
		end = next
		if end == len(s) || s[end] != ',' {
			return values, end
		}
	}
}

// valueAt reads a word or a phrase. Nothing is read where neither begins.
func valueAt(s string, at int) (Value, int) {
	r, _ := runeAt(s, at)
	switch {
	case isQuote(r):
		p, end := phraseAt(s, at)
		return Value{p.Inner, p.Text}, end
	case isCore(r):
		w := wordAt(s, at, true)
		return Value{Place{at, w.end}, s[at:w.end]}, w.end
	}
	return Value{}, at
}

// rangesAt reads ranges of years with commas and no space between them; nil if any is none.
func rangesAt(s string, at int) (ranges []YearRange, end int) {
	for {
		var r YearRange
		if first, _ := runeAt(s, at); isQuote(first) {
			p, next := phraseAt(s, at)
			years, n := rangeAt(p.Text, 0)
			if n == 0 || n < len(p.Text) {
				return nil, next
			}
			r, end = years, next
		} else {
			r, end = rangeAt(s, at)
			if end == at {
				return nil, at
			}
		}
		ranges = append(ranges, r)
		next, size := runeAt(s, end)
		if next == ',' && beginsYears(s, end+1) {
			at = end + 1
			continue
		}
		if isCore(next) || !endsToken(next) && beginsCore(s, end+size) {
			return nil, end
		}
		return ranges, end
	}
}

func beginsYears(s string, at int) bool {
	r, _ := runeAt(s, at)
	return isQuote(r) || isDigit(r) || strings.HasPrefix(s[at:], "..")
}

// rangeAt reads 2015, 2012..2020, 2012.. or ..2020. Nothing is read where none begins. Years in the
// wrong order change places.
func rangeAt(s string, at int) (YearRange, int) {
	from, end := yearAt(s, at)
	if !strings.HasPrefix(s[end:], "..") {
		return YearRange{from, from}, end
	}
	to, next := yearAt(s, end+2)
	switch {
	case from == 0 && to == 0:
		return YearRange{}, at
	case from != 0 && to != 0:
		return YearRange{min(from, to), max(from, to)}, next
	}
	return YearRange{from, to}, next
}

// yearAt reads four digits. Nothing is read where there are fewer or more, or only zeros.
func yearAt(s string, at int) (year, end int) {
	end = at
	for ; end < len(s) && end-at < 5 && '0' <= s[end] && s[end] <= '9'; end++ {
		year = 10*year + int(s[end]-'0')
	}
	if end-at != 4 || year == 0 {
		return 0, at
	}
	return year, end
}
