package partners

import (
	"strings"

	"goodpractice/internal/knowledge"
)

// view is what the partners that are switched on have, by what it is asked by. It is never changed.
type view struct {
	exact     map[string]knowledge.ID // by origin
	open      map[string]knowledge.ID // by origin without the label that is left open: https://example.org
	documents map[string]string
	quotas    map[knowledge.ID]int
	leftOut   int // documents
}

// newView makes a view. Of partners with the same origin the first has it.
func newView(partners []*knowledge.Partner) *view {
	v := &view{
		exact: map[string]knowledge.ID{}, open: map[string]knowledge.ID{},
		documents: map[string]string{}, quotas: map[knowledge.ID]int{},
	}
	size := 0
	for _, p := range partners {
		for _, origin := range p.AllowedOrigins {
			v.add(origin, p.ID)
		}
		if p.PointsPerMinute != nil {
			v.quotas[p.ID] = *p.PointsPerMinute
		}
		for _, d := range p.Documents {
			if _, known := v.documents[d.ID]; known {
				continue
			}
			if size += len(d.Text); size > maxDocuments {
				v.leftOut++
				continue
			}
			v.documents[d.ID] = d.Text
		}
	}
	return v
}

// add notes whose an origin is. What is no origin by the rules of today is not allowed, whatever made it be saved.
func (v *view) add(origin string, partner knowledge.ID) {
	if knowledge.CheckOrigin(origin) != "" {
		return
	}
	to := v.exact
	if scheme, rest, isOpen := strings.Cut(origin, "://*."); isOpen {
		to, origin = v.open, scheme+"://"+rest
	}
	if _, known := to[origin]; !known {
		to[origin] = partner
	}
}

// owner finds whose an origin is.
func (v *view) owner(origin string) (knowledge.ID, bool) {
	if id, ok := v.exact[origin]; ok {
		return id, true
	}
	scheme, host, _ := strings.Cut(origin, "://")
	label, rest, ok := strings.Cut(host, ".")
	if !ok || !isLabel(label) {
		return "", false
	}
	id, ok := v.open[scheme+"://"+rest]
	return id, ok
}

// isLabel tells whether the text can stand where a label is left open: one label of a host name, in lower case.
func isLabel(s string) bool {
	return s != "" && len(s) <= 63 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}
