package knowledgetest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// Corpus makes n published entries out of the entries among the given records, for benchmarks at any
// size. Each is a copy of one of them with a new id, slug and period, with themes, target groups and
// authorities from others, and with texts put together from sentences that others of its kind have in
// the same field and language. What it links to are the records that the given entries link to.
//
// The same records, n and seed give equal entries; a greater n only adds to them. Entries share
// nothing with each other, and are made while they are taken, so that 100,000 need no memory at once.
// It panics where no entry is given.
func Corpus(from []knowledge.Entity, n int, seed uint64) iter.Seq[knowledge.Entity] {
	m := newMixer(from)
	return func(yield func(knowledge.Entity) bool) {
		for i := range n {
			if !yield(m.mix(i, seed)) {
				return
			}
		}
	}
}

// mixer holds the parts that entries are made of. It is only read after newMixer.
type mixer struct {
	entries   []knowledge.Entry
	sentences map[part][]string
}

// part is where a sentence may stand.
type part struct {
	kind     knowledge.Kind
	language knowledge.LanguageTag
	field    string
}

func newMixer(from []knowledge.Entity) *mixer {
	m := &mixer{sentences: map[part][]string{}}
	for _, e := range from {
		entry, ok := e.(knowledge.Entry)
		if !ok {
			continue
		}
		m.entries = append(m.entries, entry)
		eachText(entry, func(p part, text reflect.Value) {
			m.sentences[p] = append(m.sentences[p], sentences(text.String())...)
		})
	}
	if len(m.entries) == 0 {
		panic("knowledgetest: a corpus needs at least one entry to begin with")
	}
	return m
}

// mix makes the entry with the number.
func (m *mixer) mix(i int, seed uint64) knowledge.Entity {
	rng := rand.New(rand.NewPCG(seed, uint64(i)))
	e := knowledge.Clone(m.entries[i%len(m.entries)]).(knowledge.Entry) //nolint:forcetypeassert // Clone keeps the type.
	eachText(e, func(p part, text reflect.Value) {
		text.SetString(m.say(rng, p, text.String()))
	})
	m.relink(rng, e.Core())

	c, kind := e.Core(), e.Kind()
	slug := fmt.Sprintf("%s-%d-%06d", kind.Noun(), seed, i)
	c.Meta = meta(kind, slug)
	published := Now()
	c.PublishedAt, c.PublishedRevision, c.ArchivedReason = &published, 1, nil
	c.Period = &knowledge.Period{
		Start: knowledge.Date(fmt.Sprintf("%04d-%02d-01", 1990+rng.IntN(35), 1+rng.IntN(12))), Precision: "MONTH",
	}
	return e
}

// relink takes the themes, the target groups and the authorities with their countries from others.
func (m *mixer) relink(rng *rand.Rand, c *knowledge.EntryCore) {
	other := func() *knowledge.EntryCore { return m.entries[rng.IntN(len(m.entries))].Core() }
	themes, groups, authorities := other(), other(), other()
	c.ThemeIDs, c.PrimaryThemeID = slices.Clone(themes.ThemeIDs), nil
	if themes.PrimaryThemeID != nil {
		primary := *themes.PrimaryThemeID
		c.PrimaryThemeID = &primary
	}
	c.TargetGroupIDs = slices.Clone(groups.TargetGroupIDs)
	c.Contributors = slices.Clone(authorities.Contributors)
	c.CountryCodes = slices.Clone(authorities.CountryCodes)
}

// say is a text for the part with as many sentences as the one that stood there, or fewer where it
// would become too long. One line stays one line: titles lose a word and gain one from another.
func (m *mixer) say(rng *rand.Rand, p part, now string) string {
	pool := m.sentences[p]
	if p.field == "Title" {
		return retitle(now, pool[rng.IntN(len(pool))])
	}
	said := make([]string, 0, 8)
	for range sentences(now) {
		said = append(said, pool[rng.IntN(len(pool))])
	}
	text := strings.Join(said, " ")
	if len(text) <= max(len(now), limitOf(p.field)) {
		return text
	}
	return now
}

// limitOf is the number of bytes that always fits the field.
func limitOf(field string) int {
	switch field {
	case "OneLiner":
		return knowledge.MaxOneLiner
	case "Summary":
		return knowledge.MaxSummary
	default:
		return knowledge.MaxText
	}
}

// retitle is the first half of one title and the second half of another.
func retitle(a, b string) string {
	head, tail := strings.Fields(a), strings.Fields(b)
	title := strings.Join(append(head[:len(head)/2:len(head)/2], tail[len(tail)/2:]...), " ")
	if title == "" || len(title) > knowledge.MaxTitle {
		return a
	}
	return title
}

// eachText visits every text that is not empty directly in a block of texts of the entry.
func eachText(e knowledge.Entry, visit func(p part, text reflect.Value)) {
	blocks := reflect.ValueOf(e).Elem().FieldByName("Texts")
	for i := range blocks.Len() {
		block := blocks.Index(i)
		language := e.Blocks()[i].Language
		for _, sf := range reflect.VisibleFields(block.Type()) {
			text := block.FieldByIndex(sf.Index)
			if sf.Type.Kind() == reflect.String && sf.Type.Name() == "string" && text.Len() > 0 {
				visit(part{e.Kind(), language, sf.Name}, text)
			}
		}
	}
}

// sentences cuts a text behind each full stop, question mark and exclamation mark that a space follows.
func sentences(text string) []string {
	var out []string
	for text != "" {
		end := strings.Index(text, ". ")
		for _, mark := range []string{"? ", "! ", ".\n"} {
			if i := strings.Index(text, mark); i >= 0 && (end < 0 || i < end) {
				end = i
			}
		}
		if end < 0 {
			return append(out, text)
		}
		out = append(out, text[:end+1])
		text = strings.TrimSpace(text[end+1:])
	}
	return out
}

// TextBytes is how many bytes of text an entity holds in all languages: every string in it, but for what
// records have in common, such as the slug, and for ids, codes and dates.
func TextBytes(e knowledge.Entity) int64 { return textBytes(reflect.ValueOf(e).Elem()) }

func textBytes(v reflect.Value) int64 {
	var sum int64
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			sum = textBytes(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			sum += textBytes(v.Index(i))
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.IsExported() && f.Tag.Get("json") != "-" && f.Type != reflect.TypeFor[knowledge.Meta]() {
				sum += textBytes(field)
			}
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			sum = int64(v.Len())
		}
	}
	return sum
}
