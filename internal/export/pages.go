package export

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
)

// page is one answer to exportDocument.
type page struct {
	records []Record
	hasNext bool
	stale   bool
}

// next is the cursor behind the page; "" where there is nothing behind it.
func (p *page) next() string {
	if !p.hasNext || len(p.records) == 0 {
		return ""
	}
	return p.records[len(p.records)-1].Cursor
}

// read gives a page of what a request asks for.
func (e *exporter) read(ctx context.Context, r request, first int, after string) (page, error) {
	variables := maps.Clone(r.variables)
	variables["first"] = first
	if after != "" {
		variables["after"] = after
	}
	data, stale, err := e.Ask(ctx, exportDocument, variables)
	if err != nil {
		return page{}, err
	}
	var answer struct {
		Search struct {
			PageInfo struct{ HasNextPage bool }
			Edges    []struct {
				Cursor string
				Node   json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return page{}, fmt.Errorf("read a page: %w", err)
	}
	p := page{hasNext: answer.Search.PageInfo.HasNextPage, stale: stale, records: make([]Record, len(answer.Search.Edges))}
	for i, edge := range answer.Search.Edges {
		record := &p.records[i]
		if err := json.Unmarshal(edge.Node, record); err != nil {
			return page{}, fmt.Errorf("read a record: %w", err)
		}
		record.Cursor, record.Raw = edge.Cursor, edge.Node
	}
	return p, nil
}
