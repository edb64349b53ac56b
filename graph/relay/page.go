package relay

import (
	"fmt"

	"goodpractice/internal/knowledge"
)

// Page reads the paging of a list: first and after, or last and before; the first 20 where neither is given. Wrong
// arguments are answered with an Error of kind Invalid that names the one at fault.
func Page(first *int, after *string, last *int, before *string) (knowledge.Page, error) {
	switch {
	case first != nil && last != nil:
		return knowledge.Page{}, invalid("last", "Give either first or last, not both.")
	case first != nil && before != nil:
		return knowledge.Page{}, invalid("before", "Give before together with last; first goes with after.")
	case last != nil && after != nil:
		return knowledge.Page{}, invalid("after", "Give after together with first; last goes with before.")
	case after != nil && before != nil:
		return knowledge.Page{}, invalid("before", "Give either after or before, not both.")
	}
	page := knowledge.Page{After: text(after), Before: text(before)}
	var err error
	if last != nil || before != nil {
		page.Last, err = Size("last", last)
	} else {
		page.First, err = Size("first", first)
	}
	return page, err
}

// Size reads how many items are asked for: 1 to 100, and 20 where nothing is given.
func Size(argument string, n *int) (int, error) {
	switch {
	case n == nil:
		return knowledge.DefaultPageSize, nil
	case *n < 1 || *n > knowledge.MaxPageSize:
		return 0, invalid(argument, fmt.Sprintf("Ask for 1 to %d at a time.", knowledge.MaxPageSize))
	}
	return *n, nil
}

// Connect makes a page of a list from its edges.
func Connect[T any](edges []*Edge[T], hasNext, hasPrevious bool, total int) *Connection[T] {
	return &Connection[T]{Edges: edges, PageInfo: Info(edges, hasNext, hasPrevious), TotalCount: total}
}

// Info tells where a page with these edges begins and ends, and whether there is more.
func Info[E interface{ position() *string }](edges []E, hasNext, hasPrevious bool) *PageInfo {
	info := &PageInfo{HasNextPage: hasNext, HasPreviousPage: hasPrevious}
	if n := len(edges); n > 0 {
		info.StartCursor, info.EndCursor = edges[0].position(), edges[n-1].position()
	}
	return info
}

func (e *Edge[T]) position() *string { return &e.Cursor }

func (e *SearchEdge) position() *string { return &e.Cursor }

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func invalid(argument, message string) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Path: []string{argument}, Message: message}
}
