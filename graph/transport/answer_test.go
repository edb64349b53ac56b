package transport_test

import (
	"slices"
	"strings"
	"testing"
)

func TestAnonymousGetMayBeCached(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.get(t, "{hello}")
	tag := a.header.Get("ETag")
	if a.status != 200 || tag == "" {
		t.Fatalf("got %d, ETag %q", a.status, tag)
	}
	if got := a.header.Get("Cache-Control"); got != "public, max-age=60, stale-while-revalidate=600" {
		t.Errorf("Cache-Control is %q", got)
	}
	want := []string{"Accept, Accept-Language, Accept-Encoding, Authorization, Origin"}
	if got := a.header.Values("Vary"); !slices.Equal(got, want) {
		t.Errorf("Vary is %q", got)
	}
	if other := e.get(t, "{hello}", "Accept", graphqlResponse); other.header.Get("ETag") == tag {
		t.Error("both media types have one tag")
	}
	if other := e.get(t, `{hello(name:"x")}`); other.header.Get("ETag") == tag {
		t.Error("two answers have one tag")
	}
}

func TestMatchingTagIsAnsweredWithoutBody(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	tag := e.get(t, "{hello}").header.Get("ETag")
	for header, status := range map[string]int{
		tag: 304, strings.TrimPrefix(tag, "W/"): 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, "": 200,
		strings.Trim(tag, `W/"`): 200,
	} {
		a := e.get(t, "{hello}", "If-None-Match", header)
		if a.status != status {
			t.Errorf("%s: %d", header, a.status)
		}
		if a.status == 304 && (a.body != "" || a.header.Get("ETag") != tag || a.header.Get("Cache-Control") == "" || len(a.header["Vary"]) == 0) {
			t.Errorf("%s: %q %v", header, a.body, a.header)
		}
	}
	if a := e.post(t, "{hello}", "If-None-Match", "*"); a.status != 200 {
		t.Errorf("by POST: %d", a.status)
	}
}

func TestOnlyAnonymousAnswersWithoutErrorsArePublic(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for name, c := range map[string]struct {
		answer answer
		want   string
	}{
		"with token":  {e.get(t, "{hello}", "Authorization", "Bearer x"), "private, no-cache"},
		"field error": {e.get(t, "{fail hello}"), "no-store"},
		"refused":     {e.get(t, "{nothing}"), "no-store"},
		"by post":     {e.post(t, "{hello}"), "no-store"},
	} {
		if got := c.answer.header.Get("Cache-Control"); got != c.want {
			t.Errorf("%s: Cache-Control is %q", name, got)
		}
		if hasTag := c.answer.header.Get("ETag") != ""; hasTag != (c.want == "private, no-cache") {
			t.Errorf("%s: ETag is %q", name, c.answer.header.Get("ETag"))
		}
	}
}

func TestDataIsThereOnlyWhenTheRequestWasExecuted(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	if a := e.post(t, "{fail}"); !strings.Contains(a.body, `"data":{"fail":null}`) {
		t.Errorf("executed: %s", a.body)
	}
	if a := e.post(t, "{nothing}"); strings.Contains(a.body, "data") {
		t.Errorf("refused: %s", a.body)
	}
}
