package graph_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
)

// wide are limits that let the queries of the walk through.
func wide() transport.Limits {
	const many = 1 << 20
	return transport.Limits{
		DocumentBytes: many, Tokens: many, Depth: 50, Fields: many, RootFields: 1000, Aliases: many, Cost: many,
		BodyBytes: 8 << 20, JSONDepth: 50, FieldErrors: 100,
	}
}

// TestNobodySeesWhatIsNotForThem walks every field of the schema from every root and from every record, as each sort of
// reader, over a world in which everything hidden is marked, and looks for marks in all that is answered.
func TestNobodySeesWhatIsNotForThem(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			s := newSite(t, on, wide(), w.records...)
			s.save(t, w.second...)
			for _, reader := range readers() {
				t.Run("as "+reader, func(t *testing.T) {
					t.Parallel()
					v := &visit{site: s, world: w, walker: walker{parsed(t)}, reader: reader, seen: map[string]string{}}
					v.records(t)
					v.lookups(t)
					v.lists(t)
					v.searches(t)
					v.learnt(t)
					v.compares(t)
					v.counts(t)
					v.mutations(t)
					v.compare(t)
				})
			}
		})
	}
}

// visit is one reader's walk.
type visit struct {
	*site
	world  *world
	walker walker
	reader string
	seen   map[string]string // by mark, the query that showed it first
}

var markWord = regexp.MustCompile(`^[a-z]{12}` + markEnd + `$`)

// marksIn are the marks in a text, however they are written. Answers are long, and under the race detector a regular
// expression takes longer to read one than the server to write it; a byte is found at once.
func marksIn(text string) []string {
	const before = 12
	var found []string
	for _, first := range []byte{markEnd[0], markEnd[0] - 'a' + 'A'} {
		for at := 0; ; at++ {
			next := strings.IndexByte(text[at:], first)
			if next < 0 {
				break
			}
			at += next
			if at < before || at+len(markEnd) > len(text) {
				continue
			}
			if word := strings.ToLower(text[at-before : at+len(markEnd)]); markWord.MatchString(word) {
				found = append(found, word)
			}
		}
	}
	return found
}

func TestMarksAreSeenHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const a, b = "abcdefghijkl" + markEnd, "mnopqrstuvwx" + markEnd
	text := markEnd + ` {"title":"` + a + `","slug":"the-` + strings.ToUpper(b) + `"} Abcdefghijkl` + strings.ToUpper(markEnd) + " short" + markEnd + " q"
	if got, want := marksIn(text), []string{a, b, a}; !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("marks in %s: %q", text, got)
	}
}

// see asks and notes the marks of the answer. Errors fail the test: nothing hidden may blank what is not.
func (v *visit) see(t *testing.T, query string, variables map[string]any) json.RawMessage {
	t.Helper()
	answer := v.ask(t, v.reader, query, variables)
	if len(answer.Errors) > 0 {
		t.Errorf("%.300s %v\n%+v", query, variables, answer.Errors)
	}
	for _, word := range marksIn(string(answer.body)) {
		if v.seen[word] == "" {
			v.seen[word] = fmt.Sprintf("%.100s %v", query, variables)
		}
	}
	return answer.Data
}

// all shows every editorial state.
func all() map[string]any {
	return map[string]any{"filter": map[string]any{"statuses": knowledge.EnumValues("EditorialStatus")}}
}

// with is all states and one more variable.
func with(name string, value any) map[string]any {
	variables := all()
	variables[name] = value
	return variables
}

// may tells whether the reader may see a record of the world at all.
func (v *visit) may(e knowledge.Entity) bool {
	if e.Kind() == knowledge.KindToken {
		return v.reader == administrator
	}
	word := e.Head().Slug
	m, marked := v.world.marks[word]
	return !marked || slices.Contains(m.readers, v.reader)
}

// records walks from each record of the store.
func (v *visit) records(t *testing.T) {
	t.Helper()
	for _, e := range v.world.records {
		id, hops := e.Head().ID, 1
		if e.Kind().IsEntry() && e.Head().Status != knowledge.StatusDraft {
			hops = 0 // These differ from the drafts in their status alone; the public ones began as drafts.
		}
		data := v.see(t, v.walker.record(typeOf(e), hops), with("id", id))
		if shown := string(data) != `{"node":null}`; shown != v.may(e) {
			t.Errorf("node %s (%s): shown is %v", id, e.Head().Slug, shown)
		}
	}
	var ids []knowledge.ID
	for _, e := range v.world.records[:min(len(v.world.records), knowledge.MaxPageSize)] {
		ids = append(ids, e.Head().ID)
	}
	v.see(t, v.walker.query("nodes", 0), with("ids", ids))
	v.see(t, v.walker.query("viewer", 1), nil)
}

// typeOf is the name of the record's type in the schema.
func typeOf(e knowledge.Entity) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", e), "*knowledge.")
}

// lookups asks for each record by id and by slug.
func (v *visit) lookups(t *testing.T) {
	t.Helper()
	for _, e := range v.world.records {
		field := e.Kind().Noun()
		arguments := map[string]any{"id": e.Head().ID, "slug": e.Head().Slug}
		switch x := e.(type) {
		case *knowledge.Token:
			continue // There is no such field.
		case *knowledge.TargetGroup:
			field = "targetGroup"
		case *knowledge.Country:
			arguments = map[string]any{"code": x.Code}
		}
		if e.Kind() == knowledge.KindPartner && v.reader == partner {
			delete(arguments, "slug") // It has no list to find itself in.
		}
		for name, value := range arguments {
			data := v.see(t, v.walker.lookup(field, name, 0), map[string]any{name: value})
			if shown := string(data) != `{"`+field+`":null}`; shown != v.may(e) {
				t.Errorf("%s(%s: %v): shown is %v", field, name, value, shown)
			}
		}
	}
}

// lists walks from each list of the schema, with default arguments, and looks at it in every editorial state.
func (v *visit) lists(t *testing.T) {
	t.Helper()
	for _, f := range v.walker.schema.Query.Fields {
		if strings.HasSuffix(f.Type.Name(), "Connection") {
			v.see(t, v.walker.query(f.Name, 1), nil)
			v.see(t, v.walker.query(f.Name, 0), all())
		}
	}
}
