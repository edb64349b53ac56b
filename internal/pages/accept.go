package pages

import (
	"mime"
	"strconv"
	"strings"
)

// prefersLinked tells whether an Accept header asks for linked data rather than for a page (RFC 9110 section 12.5.1).
func prefersLinked(values []string) bool {
	linked, page := -1.0, 0.0
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name, parameters, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := parameters["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		switch name {
		case typeLinked:
			linked = max(linked, q)
		case "text/html", "application/xhtml+xml", "*/*", "text/*":
			page = max(page, q)
		}
	}
	return linked > 0 && linked >= page
}
