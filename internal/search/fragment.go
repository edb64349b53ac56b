package search

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fragments cuts the passages around the marked places out of a text: at most three that do not
// overlap, those with the most marks, in the order of the text.
func fragments(text string, spans []span) []string {
	if utf8.RuneCountInString(text) <= fragmentSize {
		return []string{mark(text, spans)}
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
	out := make([]string, len(best))
	for i, w := range best {
		marks := make([]span, len(w.marks))
		for j, s := range w.marks {
			marks[j] = span{s.start - w.start, s.end - w.start}
		}
		out[i] = strings.TrimSpace(mark(text[w.start:w.end], marks))
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

// mark escapes a text for HTML and puts <mark> around the spans, which are in order.
func mark(text string, spans []span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(html.EscapeString(text[at:s.start]))
		b.WriteString("<mark>")
		b.WriteString(html.EscapeString(text[s.start:s.end]))
		b.WriteString("</mark>")
		at = s.end
	}
	b.WriteString(html.EscapeString(text[at:]))
	return b.String()
}
