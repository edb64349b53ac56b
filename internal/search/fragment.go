package search

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

// piece is a part of a text with its marked places, in bytes of the part.
type piece struct {
	text  string
	marks []span
}

// pieces cuts the passages around the marked places out of a text: at most three that do not overlap, those
// with the most marks, in the order of the text.
func pieces(text string, spans []span) []piece {
	if utf8.RuneCountInString(text) <= fragmentSize {
		return []piece{trimmed(piece{text, spans})}
	}
	type window struct {
		span
		marks []span
	}
	var windows []window
	for len(spans) > 0 {
		w := window{span: around(text, spans[0])}
		if n := len(windows); n > 0 {
			w.start = max(w.start, windows[n-1].end)
		}
		for len(spans) > 0 && spans[0].end <= w.end {
			w.marks = append(w.marks, spans[0])
			spans = spans[1:]
		}
		if len(w.marks) == 0 { // A word longer than the fragment.
			w.end = spans[0].end
			w.marks, spans = spans[:1], spans[1:]
		}
		windows = append(windows, w)
	}
	best := slices.Clone(windows)
	slices.SortStableFunc(best, func(a, b window) int { return len(b.marks) - len(a.marks) })
	best = best[:min(len(best), maxFragments)]
	slices.SortFunc(best, func(a, b window) int { return a.start - b.start })
	out := make([]piece, len(best))
	for i, w := range best {
		marks := make([]span, len(w.marks))
		for j, s := range w.marks {
			marks[j] = span{s.start - w.start, s.end - w.start}
		}
		out[i] = trimmed(piece{text[w.start:w.end], marks})
	}
	return out
}

// trimmed is the piece without space at its ends.
func trimmed(p piece) piece {
	short := strings.TrimLeftFunc(p.text, unicode.IsSpace)
	if cut := len(p.text) - len(short); cut > 0 {
		marks := make([]span, len(p.marks))
		for i, s := range p.marks {
			marks[i] = span{s.start - cut, s.end - cut}
		}
		p.marks = marks
	}
	return piece{strings.TrimRightFunc(short, unicode.IsSpace), p.marks}
}

// passage is the piece as plain text, with the marked places in characters.
func (p piece) passage() knowledge.Passage {
	out := knowledge.Passage{Text: p.text, Marks: make([]knowledge.Span, len(p.marks))}
	at, characters := 0, 0
	count := func(to int) int {
		characters += utf8.RuneCountInString(p.text[at:to])
		at = to
		return characters
	}
	for i, s := range p.marks {
		out.Marks[i] = knowledge.Span{Start: count(s.start), End: count(s.end)}
	}
	return out
}

// around is the window that begins a little before a place and ends at a word boundary.
func around(text string, s span) span {
	start := back(text, s.start, fragmentSize/4)
	end := forward(text, start, fragmentSize)
	return span{start, max(end, s.end)}
}

// back goes at most n letters back, and then forward to the beginning of a word.
func back(text string, from, n int) int {
	at := from
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if at == 0 {
		return 0
	}
	if i := strings.IndexFunc(text[at:from], unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[at+i:])
		return at + i + size
	}
	return from
}

// forward goes at most n letters on, and then back to the end of a word.
func forward(text string, from, n int) int {
	at := from
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	if at == len(text) {
		return at
	}
	if i := strings.LastIndexFunc(text[from:at], unicode.IsSpace); i > 0 {
		return from + i
	}
	return at
}

// html is the piece with everything escaped and <mark> around the marked places, which are in order.
func (p piece) html() string {
	var b strings.Builder
	at := 0
	for _, s := range p.marks {
		b.WriteString(html.EscapeString(p.text[at:s.start]))
		b.WriteString("<mark>")
		b.WriteString(html.EscapeString(p.text[s.start:s.end]))
		b.WriteString("</mark>")
		at = s.end
	}
	b.WriteString(html.EscapeString(p.text[at:]))
	return b.String()
}
