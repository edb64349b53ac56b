package transport

import (
	"mime"
	"strconv"
	"strings"
)

// Media types of answers.
const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
	typeEvents   = "text/event-stream"
)

// negotiated is what an Accept header leaves.
type negotiated struct {
	answer string // typeJSON, typeResponse, or "" when the client takes neither.
	events bool   // The client asked for an event stream by name.
}

// acceptable reports whether there is anything the client takes.
func (n negotiated) acceptable() bool {
	return n.answer != "" || n.events
}

// refusals is the media type of an answer that says no.
func (n negotiated) refusals() string {
	if n.answer == "" {
		return typeJSON
	}
	return n.answer
}

// preference is how much a client wants a media type, and how exactly it named it: 3 the type itself, 2 its family, 1 */*.
type preference struct {
	quality   float64
	exactness int
}

// negotiate reads the values of an Accept header, by RFC 9110 section 12.5.1: the most exact range decides on a type, then
// the highest quality wins. Without the header the answer is application/json, as the GraphQL-over-HTTP specification asks
// of servers until 2025, and for ranges as well; a client that names both types equally gets the newer one.
func negotiate(values []string) negotiated {
	header := strings.Join(values, ",")
	if strings.TrimSpace(header) == "" {
		return negotiated{answer: typeJSON}
	}
	var plain, response, events preference
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := qualityOf(parameters["q"])
		plain.consider(name, typeJSON, quality)
		response.consider(name, typeResponse, quality)
		events.consider(name, typeEvents, quality)
	}
	n := negotiated{events: events.exactness > 1 && events.quality > 0}
	switch {
	case plain.quality <= 0 && response.quality <= 0:
	case response.quality > plain.quality:
		n.answer = typeResponse
	case response.quality == plain.quality && response.exactness == 3:
		n.answer = typeResponse
	default:
		n.answer = typeJSON
	}
	return n
}

// consider takes a range into account for one media type.
func (p *preference) consider(name, mediaType string, quality float64) {
	family, _, _ := strings.Cut(mediaType, "/")
	exactness := 0
	switch name {
	case mediaType:
		exactness = 3
	case family + "/*":
		exactness = 2
	case "*/*":
		exactness = 1
	}
	if exactness == 0 || exactness < p.exactness {
		return
	}
	if exactness > p.exactness || quality > p.quality {
		*p = preference{quality: quality, exactness: exactness}
	}
}

// qualityOf reads a q-value; one that is missing or wrong counts as 1.
func qualityOf(value string) float64 {
	quality, err := strconv.ParseFloat(value, 64)
	if err != nil || !(quality >= 0 && quality <= 1) {
		return 1
	}
	return quality
}
