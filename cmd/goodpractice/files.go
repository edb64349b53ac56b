package main

import (
	"maps"
	"net/http"

	"goodpractice/graph"
	"goodpractice/internal/export"
	"goodpractice/internal/pages"
	"goodpractice/internal/web"
)

// files makes what answers for exports, for what tells machines of them, and for the pages of records: by pattern; and what
// answers browsers where there is nothing.
func (s *server) files(
	o graph.Options, api *graph.Server, m *meter,
) (handlers map[string]http.Handler, missing http.Handler, err error) {
	exports, err := export.New(export.Options{
		Ask: api.Ask, BaseURL: o.BaseURL, Publisher: s.settings.Publisher, Log: s.log, Now: s.now, RequestID: web.RequestID,
		Version: o.Version, Caller: m.caller, Charge: m.chargePage,
	})
	if err != nil {
		return nil, nil, err
	}
	handlers = map[string]http.Handler{}
	for _, path := range export.Paths() {
		handlers["GET "+path] = exports
	}
	records, err := pages.New(pages.Options{
		Ask: api.Ask, Charge: m.chargePage, IsGone: s.catalog.IsGone, BaseURL: o.BaseURL, Publisher: s.settings.Publisher, Playground: web.PlaygroundPath,
		Log: s.log, RequestID: web.RequestID,
	})
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(handlers, records.Records)
	return handlers, records.Missing, nil
}
