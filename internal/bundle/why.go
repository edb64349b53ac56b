package bundle

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"goodpractice/internal/knowledge"
)

// whyNotSaved turns a refusal of the store into a reason for the report. Any other error is returned.
func whyNotSaved(e knowledge.Entity, err error) (string, error) {
	m := e.Head()
	switch {
	case err == nil:
		return "", nil
	case errors.Is(err, knowledge.ErrSlugTaken):
		return fmt.Sprintf("id: Another %s is called %q already; give this one another id.", e.Kind().Noun(), m.Slug), nil
	case errors.Is(err, knowledge.ErrConflict) && m.Revision == 1:
		return fmt.Sprintf("id: The %s %q was deleted, and its id stays taken; give this one another id.", e.Kind().Noun(), m.Slug), nil
	case errors.Is(err, knowledge.ErrConflict):
		return "id: The record was changed while this line was imported; import the file again.", nil
	case knowledge.IsKind(err, knowledge.Invalid):
		return err.Error(), nil
	}
	return "", err
}

// reasonsOf turns what is wrong with a record into reasons that name the keys of the flat form.
func reasonsOf(problems knowledge.Problems, e knowledge.Entry) reasons {
	var bad reasons
	for _, p := range problems {
		bad.add(keyAt(p.Path, e), "%s", p.Message)
	}
	return bad
}

// keyAt is the key of the flat form that the path of a problem leads to.
func keyAt(path []string, e knowledge.Entry) string {
	if len(path) > 2 && path[0] == "texts" { // In another language than the record's own.
		return "in " + path[1] + ", " + keyAt(path[2:], e)
	}
	if len(path) == 0 {
		return "id"
	}
	switch path[0] {
	case "slug":
		return "id"
	case "situation":
		return "context"
	case "learnt":
		return "lessons"
	case "authorities", "contributors":
		return "cities"
	case "partnerships":
		return "organisations"
	case "period":
		return "year"
	case "provenance":
		return path[len(path)-1]
	case "sources":
		return sourceKey(path, e)
	}
	return strings.Join(path, ".")
}

// sourceKey tells which source a path means: the one that is given in full, or one of the others.
func sourceKey(path []string, e knowledge.Entry) string {
	if len(path) < 3 {
		return "otherSources"
	}
	i, err := strconv.Atoi(path[1])
	switch {
	case err != nil || i > 0:
		if sources := e.Core().Sources; err == nil && i < len(sources) && sources[i].URL != nil {
			return "otherSources, " + quoted(*sources[i].URL)
		}
		return "otherSources"
	case path[2] == "url":
		return "sourceUrl"
	default:
		return "sourceTitle"
	}
}
