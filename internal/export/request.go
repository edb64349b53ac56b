package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

const (
	// pageSize is how many records are read at a time.
	pageSize = knowledge.MaxPageSize
	// maxFirst bounds the parameter first: more than any store has.
	maxFirst = 10_000_000
	// feedSize is how many entries a feed has where first is left out.
	feedSize = 100
	// maxLanguages is how many preferences of a reader count.
	maxLanguages = 10
)

// request is what an export is asked for.
type request struct {
	variables map[string]any // Those of exportDocument but first and after.
	first     int            // 0: all of it.
	after     string
	languages []knowledge.LanguageTag // Nil: as the header of the request says.
}

// parse reads the parameters of an export. An error is a *knowledge.Error whose path names the one at fault.
func parse(query string, f format) (request, error) {
	r := request{variables: map[string]any{}}
	values, err := url.ParseQuery(query)
	if err != nil {
		return r, invalid("", "The address is not well formed: encode each parameter, as curl --data-urlencode does.")
	}
	for name, all := range values {
		if len(all) > 1 {
			return r, invalid(shownName(name), "The parameter is given more than once.")
		}
		if err := r.set(name, all[0]); err != nil {
			return r, err
		}
	}
	if f.isFeed {
		if r.first == 0 {
			r.first = feedSize
		}
		if r.variables["orderBy"] == nil && r.variables["text"] == nil { // The latest news first, as readers of feeds expect.
			r.variables["orderBy"] = map[string]any{"field": "UPDATED_AT", "direction": "DESC"}
		}
	}
	return r, nil
}

// set takes one parameter.
func (r *request) set(name, value string) error {
	if !utf8.ValidString(value) {
		return invalid(shownName(name), "The value is not UTF-8.")
	}
	switch name {
	case "text":
		if strings.TrimSpace(value) != "" {
			r.variables[name] = value
		}
	case "filter", "orderBy":
		return r.object(name, value)
	case "languages":
		return r.preferences(value)
	case "first":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > maxFirst {
			return invalid(name, "Give a whole number from 1 to "+strconv.Itoa(maxFirst)+", or leave it out for all records.")
		}
		r.first = n
	case "after":
		r.after = value
	default:
		return invalid(shownName(name), "There is no such parameter. There are text, filter, orderBy, languages, first and after.")
	}
	return nil
}

// object takes a parameter that is a JSON object.
func (r *request) object(name, value string) error {
	if value == "" {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(value)))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil || object == nil {
		return invalid(name, "Give a JSON object, such as "+exampleOf(name)+".")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return invalid(name, "There is something after the JSON object.")
	}
	r.variables[name] = object
	return nil
}

func exampleOf(name string) string {
	if name == "filter" {
		return `{"themes":["housing"],"countries":["ES"]}`
	}
	return `{"field":"YEAR","direction":"ASC"}`
}

// preferences takes the languages of the texts, best first.
func (r *request) preferences(value string) error {
	for part := range strings.SplitSeq(value, ",") {
		tag, ok := knowledge.ParseLanguageTag(strings.TrimSpace(part))
		if !ok {
			return invalid("languages", "Give BCP 47 tags with commas between them, such as es,en.")
		}
		r.languages = append(r.languages, tag)
	}
	if len(r.languages) > maxLanguages {
		return invalid("languages", "Give at most 10 languages.")
	}
	return nil
}

// invalid is an error about a parameter.
func invalid(parameter, message string) error {
	e := &knowledge.Error{Kind: knowledge.Invalid, Message: message}
	if parameter != "" {
		e.Path = []string{parameter}
	}
	return e
}

// shownName is the name of a parameter of the client's own as it may be shown to it: nothing but letters, and not much.
func shownName(name string) string {
	letters := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, name)
	return letters[:min(len(letters), 40)]
}
