package partners_test

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/partners"
)

// quiet is a directory whose log nobody reads.
func quiet() *partners.Directory { return partners.NewDirectory(slog.New(slog.DiscardHandler)) }

// told is a directory that was told of partners.
func told(list ...*knowledge.Partner) *partners.Directory {
	d := quiet()
	d.Changed(entities(list))
	return d
}

func entities(list []*knowledge.Partner) []knowledge.Entity {
	out := make([]knowledge.Entity, len(list))
	for i, p := range list {
		out[i] = p
	}
	return out
}

// trusting is a partner with a document.
func trusting(slug, text string) *knowledge.Partner {
	p := knowledgetest.Partner(slug)
	p.Documents = []knowledge.TrustedDocument{{ID: knowledge.DocumentID(text), Text: text}}
	return p
}

// off is a partner as its next revision, which is archived.
func off(p *knowledge.Partner) *knowledge.Partner {
	return knowledgetest.Revised(p, func(p *knowledge.Partner) { p.Status = knowledge.StatusArchived })
}

func TestOriginsOfPartnersAreAllowed(t *testing.T) {
	t.Parallel()
	d := told(
		knowledgetest.Partner("a", "https://a.example", "https://*.city.example", "http://localhost:3000"),
		knowledgetest.Partner("b", "https://*.city.example:8443"),
		off(knowledgetest.Partner("c", "https://c.example")),
		knowledgetest.Partner("bad", "*", "https://*", "https://*.example", "http://d.example", "null"),
	)
	for origin, want := range map[string]string{
		"https://a.example": "a", "http://localhost:3000": "a", "https://lyon.city.example": "a", "https://x--1.city.example": "a",
		"https://lyon.city.example:8443": "b",
	} {
		id, ok := d.PartnerOf(origin)
		if !ok || id != knowledgetest.ID(knowledge.KindPartner, want) || !d.AllowsOrigin(origin) {
			t.Errorf("%s belongs to %s, want %s", origin, id, want)
		}
	}
	for _, origin := range []string{
		"", "null", "*", "https://", "a.example", "http://a.example", "https://a.example:8443", "https://a.example.evil.example", "https://b.a.example",
		"https://city.example", "https://.city.example", "https://a.b.city.example", "https://*.city.example", "https://evil.example/.city.example",
		"https://evil.example#.city.example", "https://evil@x.city.example", "http://lyon.city.example", "https://LYON.city.example",
		"https://lyon.city.example:443", "http://localhost", "https://c.example", "https://d.example", "http://d.example", "https://x.example",
		"https://" + strings.Repeat("a", 64) + ".city.example",
	} {
		if d.AllowsOrigin(origin) {
			t.Errorf("%s is allowed", origin)
		}
	}
}

func TestOneOriginOfTwoPartnersIsAlwaysThatOfTheSame(t *testing.T) {
	t.Parallel()
	a, b := knowledgetest.Partner("a", "https://x.example"), knowledgetest.Partner("b", "https://x.example")
	first, _ := told(a, b).PartnerOf("https://x.example")
	second, _ := told(b, a).PartnerOf("https://x.example")
	if first != second {
		t.Errorf("it is of %s and of %s", first, second)
	}
	d := told(a, b)
	d.Changed([]knowledge.Entity{off(a)})
	if id, _ := d.PartnerOf("https://x.example"); id != b.ID {
		t.Errorf("when a is archived, it is of %s, want %s", id, b.ID)
	}
}

func TestChangesOfPartnersHold(t *testing.T) {
	t.Parallel()
	first := knowledgetest.Partner("a", "https://a.example")
	first.PointsPerMinute = new(500)
	second := knowledgetest.Revised(first, func(p *knowledge.Partner) {
		p.AllowedOrigins, p.PointsPerMinute = []string{"https://b.example"}, nil
	})
	d := told(first)
	if got := d.Quota(first.ID); got != 500 {
		t.Errorf("the quota is %d, want 500", got)
	}
	for _, step := range []struct {
		what string
		told knowledge.Entity
		a, b bool
	}{
		{"the next revision", second, false, true},
		{"an older one that comes late", first, false, true},
		{"another record", knowledgetest.Practice("x"), false, true},
		{"the archived one", off(second), false, false},
		{"an older one of an archived one", second, false, false},
	} {
		d.Changed([]knowledge.Entity{step.told})
		if a, b := d.AllowsOrigin("https://a.example"), d.AllowsOrigin("https://b.example"); a != step.a || b != step.b {
			t.Errorf("%s: a is allowed: %v, b: %v", step.what, a, b)
		}
	}
	if got := d.Quota(first.ID); got != 0 {
		t.Errorf("the quota of an archived partner is %d", got)
	}
	deleted := knowledgetest.Partner("z", "https://z.example")
	d.Changed([]knowledge.Entity{deleted})
	d.Changed([]knowledge.Entity{knowledgetest.Deleted(deleted)})
	if d.AllowsOrigin("https://z.example") {
		t.Error("the origin of a deleted partner is allowed")
	}
}

func TestDocumentsOfPartners(t *testing.T) {
	t.Parallel()
	a, b := trusting("a", "{ one }"), trusting("b", "{ two }")
	d := told(a, b, off(trusting("c", "{ three }")))
	for text, want := range map[string]bool{"{ one }": true, "{ two }": true, "{ three }": false, "{ four }": false} {
		got, ok := d.Document(knowledge.DocumentID(text))
		if ok != want || ok && got != text {
			t.Errorf("%s: %q, %v", text, got, ok)
		}
	}
	d.Changed([]knowledge.Entity{off(a)})
	if _, ok := d.Document(knowledge.DocumentID("{ one }")); ok {
		t.Error("the document of an archived partner is trusted")
	}
}

// library is an index and a store of partners.
type library struct {
	partners []*knowledge.Partner
	err      error
	pages    int
}

func (l *library) Find(_ context.Context, asked knowledge.Listing) (knowledge.Found, error) {
	l.pages++
	start, _ := strconv.Atoi(asked.Page.After)
	end := min(start+asked.Page.First, len(l.partners))
	found := knowledge.Found{HasNext: end < len(l.partners)}
	for i, p := range l.partners[start:end] {
		found.Hits = append(found.Hits, knowledge.Hit{ID: p.ID, Cursor: strconv.Itoa(start + i + 1)})
	}
	return found, l.err
}

func (l *library) Load(_ context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	out := make([]knowledge.Entity, len(ids))
	for i, id := range ids {
		for _, p := range l.partners {
			if p.ID == id {
				out[i] = p
			}
		}
	}
	return out, nil
}

func TestADirectoryIsFilled(t *testing.T) {
	t.Parallel()
	l := &library{}
	for i := range 250 {
		l.partners = append(l.partners, knowledgetest.Partner("p"+strconv.Itoa(i), "https://p"+strconv.Itoa(i)+".example"))
	}
	d := quiet()
	newer := knowledgetest.Revised(l.partners[0], func(p *knowledge.Partner) { p.AllowedOrigins = nil })
	d.Changed([]knowledge.Entity{newer})
	l.err = errors.New("away")
	if err := d.Fill(t.Context(), l, l); err == nil || d.IsFilled() {
		t.Fatalf("a failure gave %v, filled: %v", err, d.IsFilled())
	}
	l.err, l.pages = nil, 0
	if err := d.Fill(t.Context(), l, l); err != nil || !d.IsFilled() || l.pages != 3 {
		t.Fatalf("fill: %v after %d pages", err, l.pages)
	}
	if !d.AllowsOrigin("https://p1.example") || !d.AllowsOrigin("https://p249.example") || d.AllowsOrigin("https://p0.example") {
		t.Error("the partners of the index must be there, and a later state must hold")
	}
}

func TestWhatIsForgottenIsReadAgain(t *testing.T) {
	t.Parallel()
	old := knowledgetest.Partner("a", "https://a.example")
	d := told(knowledgetest.Revised(old, func(p *knowledge.Partner) { p.AllowedOrigins = nil }))
	d.Forget([]knowledge.ID{knowledgetest.ID(knowledge.KindPractice, "x")})
	select {
	case <-d.Doubt():
		t.Fatal("a forgotten practice asks for partners")
	default:
	}
	d.Forget([]knowledge.ID{old.ID})
	d.Forget([]knowledge.ID{old.ID})
	<-d.Doubt()
	l := &library{partners: []*knowledge.Partner{old}}
	if err := d.Fill(t.Context(), l, l); err != nil || !d.AllowsOrigin("https://a.example") {
		t.Errorf("after a restore the state before is not there: %v", err)
	}
}

func BenchmarkAllowsOrigin(b *testing.B) {
	var list []*knowledge.Partner
	for i := range 1000 {
		n := strconv.Itoa(i)
		list = append(list, knowledgetest.Partner("p"+n, "https://p"+n+".example", "https://*.p"+n+".example"))
	}
	d := told(list...)
	for b.Loop() {
		if !d.AllowsOrigin("https://www.p500.example") || d.AllowsOrigin("https://evil.example") {
			b.Fatal("wrong")
		}
	}
}
