package search_test

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
)

func TestDamagedCursorsAreRefused(t *testing.T) {
	t.Parallel()
	x, _ := manyEntries(t, 30)
	l := knowledge.Listing{Text: "housng flatts"} // Both are corrected.
	hit := find(t, x, l).Hits[4]
	raw, err := base64.RawURLEncoding.DecodeString(hit.Cursor)
	if err != nil {
		t.Fatal(err)
	}
	change := func(at int, by ...byte) []byte {
		b := slices.Clone(raw)
		copy(b[at:], by)
		return b
	}
	id := len(raw) - len(hit.ID)
	tests := map[string][]byte{
		"the version before": change(0, raw[0]-1),
		"the next version":   change(0, raw[0]+1),
		"no key":             append(slices.Clone(raw[:id-9]), hit.ID...),
		"an id of no kind":   change(id, 'X', 'X'),
		"a key of no kind":   change(id-9, 7),
		"a missing key":      append(append(slices.Clone(raw[:id-9]), 0), hit.ID...), // Every record has a score.
		"a score of no size": change(id-8, binary.BigEndian.AppendUint64(nil, math.Float64bits(math.NaN()))...),
		"very long":          append(slices.Clone(raw), strings.Repeat("x", 5000)...),
	}
	for n := 1; n < 9; n++ {
		tests["of another list, byte "+string(rune('0'+n))] = change(n, raw[n]^1)
	}
	for n := 1; n < id+3; n++ {
		tests["cut after "+string(rune('a'+n%26))+string(rune('a'+n/26))] = raw[:n]
	}
	for name, b := range tests {
		cursor := base64.RawURLEncoding.EncodeToString(b)
		for argument, page := range map[string]knowledge.Page{"after": {First: 5, After: cursor}, "before": {Last: 5, Before: cursor}} {
			l.Page = page
			if _, err := x.Find(t.Context(), l); err == nil {
				t.Errorf("%s: taken", name)
			} else {
				wantInvalid(t, err, argument)
			}
		}
	}
}

// Any other damage makes another place in the list, or is refused.
func TestADamagedCursorDoesNoHarm(t *testing.T) {
	t.Parallel()
	x, entities := manyEntries(t, 30)
	l := knowledge.Listing{Text: "housng flatts"}
	raw, err := base64.RawURLEncoding.DecodeString(find(t, x, l).Hits[4].Cursor)
	if err != nil {
		t.Fatal(err)
	}
	try := func(b []byte) {
		t.Helper()
		l.Page = knowledge.Page{First: 5, After: base64.RawURLEncoding.EncodeToString(b)}
		found, err := x.Find(t.Context(), l)
		if err != nil {
			wantInvalid(t, err, "after")
			return
		}
		for _, h := range found.Hits {
			if math.IsNaN(h.Score) || math.IsInf(h.Score, 0) || byID(entities, h.ID) == nil {
				t.Errorf("%v gives %+v", b, h)
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	wild := [][]byte{
		{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01},
		{0},
		{0x7f, 0xf0, 0, 0, 0, 0, 0, 0},
		{0xff, 0xf0, 0, 0, 0, 0, 0, 0},
		{0x7f, 0xef, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		{0x80},
		{0xff},
		{0x7f, 0x80, 0, 0},
		{0, 0, 0, 0, 0, 0, 0, 1},
	}
	for at := range raw {
		for _, w := range wild {
			b := slices.Clone(raw)
			copy(b[at:], w)
			try(b)
		}
		for range 4 {
			b := slices.Clone(raw)
			b[at] ^= byte(1 + rng.IntN(255))
			try(b)
			try(slices.Delete(b, at, at+1))
			try(slices.Insert(slices.Clone(raw), at, byte(rng.IntN(256))))
		}
	}
}

// A cursor is taken back, whatever the text is that it belongs to.
func TestEveryCursorIsTakenBack(t *testing.T) {
	t.Parallel()
	entities := append(topical(60, 1), bilingual()...)
	x := filled(t, entities...)
	learn(t, x)
	all := topics()
	var wrong []string // Words with a letter too many.
	for _, topic := range all {
		for _, w := range topic {
			if len(w) > 4 {
				wrong = append(wrong, w[:3]+"x"+w[3:])
			}
		}
	}
	for _, text := range []string{
		strings.Join(wrong, " "), strings.Repeat(strings.Join(wrong[:8], " ")+" ", 20), strings.Join(all[1], " "), strings.Join(wrong, " OR "),
		paragraph(), strings.Repeat("schoolx ", knowledge.MaxSearchText/8),
	} {
		for _, order := range []knowledge.OrderField{"", knowledge.OrderTitle} {
			l := knowledge.Listing{Text: text, Order: knowledge.Order{Field: order}, Page: knowledge.Page{First: 2}}
			first := find(t, x, l)
			if len(first.Hits) < 2 {
				continue
			}
			l.Page.After = first.Hits[1].Cursor
			if _, err := x.Find(t.Context(), l); err != nil {
				t.Errorf("the cursor of %d bytes of %.40q: %v", len(l.Page.After), text, err)
			}
		}
	}
}

func TestPagesGoOnInTheOrderOfRelevance(t *testing.T) {
	t.Parallel()
	entities := append(topical(90, 1), bilingual()...)
	x := filled(t, entities...)
	learn(t, x)
	for _, text := range []string{"school lessons", "the clinic of the city and the doctors", "rent OR exam", "schoool -exam", "-diet", "vivienda"} {
		for _, reading := range []knowledge.Reading{{}, {NoLanguage: true}, {NoSynonyms: true}} {
			l := knowledge.Listing{Text: text, Reading: reading}
			whole := find(t, x, l)
			for _, size := range []int{3, 10} {
				if len(whole.Hits) > 0 {
					checkForward(t, x, l, whole.Hits, size)
					checkBackward(t, x, l, whole.Hits, size)
				}
			}
		}
	}
}
