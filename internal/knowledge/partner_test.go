package knowledge_test

import (
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestOriginsThatMayBeAllowed(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{
		"https://example.org", "https://www.example.org:8443", "https://*.example.org", "https://*.example.org:8443",
		"https://xn--bcher-kva.example", "https://192.0.2.1", "https://[2001:db8::1]", "https://[2001:db8::1]:8443", "https://intranet",
		"http://localhost", "http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:8080", "http://shop.localhost",
	} {
		if why := knowledge.CheckOrigin(origin); why != "" {
			t.Errorf("%s is refused: %s", origin, why)
		}
	}
}

func TestOriginsThatAreRefused(t *testing.T) {
	t.Parallel()
	for origin, want := range map[string]string{
		"":                                             "Give scheme and host",
		"*":                                            "Name each origin",
		"null":                                         "Give scheme and host",
		"example.org":                                  "Give scheme and host",
		"//example.org":                                "Give scheme and host",
		"ftp://example.org":                            "Give scheme and host",
		"HTTPS://example.org":                          "Give scheme and host",
		"https://":                                     "no host",
		"https://example.org/":                         "Leave out the path",
		"https://example.org/page":                     "Leave out the path",
		"https://example.org?x=1":                      "Leave out the path",
		"https://example.org#x":                        "Leave out the path",
		"https://me:secret@example.org":                "Leave out the name",
		"https://Example.org":                          "lower case",
		"https://bücher.example":                       "no host",
		"https://example.org.":                         "no host",
		"https://-example.org":                         "no host",
		"https://exa mple.org":                         "no host",
		"https://example.org\n":                        "no host",
		"https://exam\x00ple.org":                      "no host",
		"https://example.org:":                         "port",
		"https://example.org:0":                        "port",
		"https://example.org:65536":                    "port",
		"https://example.org:08443":                    "port",
		"https://example.org:+8443":                    "port",
		"https://example.org:*":                        "port",
		"https://example.org:443":                      "Leave out the port",
		"http://localhost:80":                          "Leave out the port",
		"http://example.org":                           "Plain http",
		"http://localhost.example.org":                 "Plain http",
		"http://*.localhost":                           "at least two labels",
		"http://*.example.org":                         "Plain http",
		"http://[2001:db8::1]":                         "Plain http",
		"https://*":                                    "One *",
		"https://*.org":                                "at least two labels",
		"https://*.*.example.org":                      "One *",
		"https://a.*.example.org":                      "One *",
		"https://a*.example.org":                       "One *",
		"https://*example.org":                         "One *",
		"https://*.192.0.2.1":                          "at least two labels",
		"https://[::ffff]x":                            "port",
		"https://[2001:DB8::1]":                        "lower case",
		"https://[2001:db8:0:0::1]":                    "IPv6",
		"https://[fe80::1%25eth0]":                     "IPv6",
		"https://" + strings.Repeat("a", 64):           "no host",
		"https://" + strings.Repeat("a.", 200) + "org": "longer",
	} {
		if why := knowledge.CheckOrigin(origin); !strings.Contains(why, want) {
			t.Errorf("%q: the reason is %q, want %q in it", origin, why, want)
		}
	}
}

func TestProblemsOfPartners(t *testing.T) {
	t.Parallel()
	type partner = *knowledge.Partner
	document := func(text string) knowledge.TrustedDocument {
		return knowledge.TrustedDocument{ID: knowledge.DocumentID(text), Text: text}
	}
	problems(t, knowledge.KindPartner, []problemCase[partner]{
		{"without origins, quota and documents", func(p partner) { p.AllowedOrigins, p.PointsPerMinute, p.Documents = nil, nil, nil }, nil},
		{"a name of spaces", func(p partner) { p.Name = " " }, []string{"name REQUIRED"}},
		{"a name of two lines", func(p partner) { p.Name = "a\nb" }, []string{"name INVALID_FORMAT"}},
		{"no e-mail address", func(p partner) { *p.Email = "us" }, []string{"email INVALID_FORMAT"}},
		{"no web address", func(p partner) { *p.Website = "example.org" }, []string{"website INVALID_FORMAT"}},
		{"an origin with a path", func(p partner) { p.AllowedOrigins[1] += "/" }, []string{"allowedOrigins.1 INVALID_FORMAT"}},
		{"an origin twice", func(p partner) { p.AllowedOrigins[1] = p.AllowedOrigins[0] }, []string{"allowedOrigins.1 DUPLICATE"}},
		{"too many origins", func(p partner) {
			p.AllowedOrigins = nil
			for i := range 51 {
				p.AllowedOrigins = append(p.AllowedOrigins, "https://p"+strconv.Itoa(i)+".example.org")
			}
		}, []string{"allowedOrigins TOO_MANY"}},
		{"no points", func(p partner) { *p.PointsPerMinute = 0 }, []string{"pointsPerMinute OUT_OF_RANGE"}},
		{"the most points", func(p partner) { *p.PointsPerMinute = knowledge.MaxPointsPerMinute }, nil},
		{"too many points", func(p partner) { *p.PointsPerMinute = knowledge.MaxPointsPerMinute + 1 }, []string{"pointsPerMinute OUT_OF_RANGE"}},
		{"an id of another text", func(p partner) { p.Documents[0].Text += " " }, []string{"documents.0.id INVALID_FORMAT"}},
		{"a document twice", func(p partner) { p.Documents[1] = p.Documents[0] }, []string{"documents.1.id DUPLICATE"}},
		{"an empty document", func(p partner) { p.Documents[0] = document(" ") }, []string{"documents.0.text REQUIRED"}},
		{"a document at its limit", func(p partner) { p.Documents[0] = document(strings.Repeat("a", 16<<10)) }, nil},
		{"a document over its limit", func(p partner) { p.Documents[0] = document(strings.Repeat("a", 16<<10+1)) }, []string{"documents.0.text TOO_LONG"}},
		{"too many documents", func(p partner) {
			p.Documents = nil
			for i := range 201 {
				p.Documents = append(p.Documents, document(strconv.Itoa(i)))
			}
		}, []string{"documents TOO_MANY"}},
		{"too much text", func(p partner) {
			p.Documents = nil
			for i := range 13 {
				p.Documents = append(p.Documents, document(strings.Repeat(string(rune('a'+i)), 16<<10)))
			}
		}, []string{"documents TOO_LONG"}},
	})
}

func TestCanonicalDocumentIDs(t *testing.T) {
	t.Parallel()
	text := "{ viewer { name } }"
	id := knowledge.DocumentID(text)
	for _, given := range []string{id, strings.TrimPrefix(id, "sha256:"), strings.ToUpper(id), "sha256:" + strings.ToUpper(id[7:])} {
		if got := knowledge.CanonicalDocumentID(given); got != id {
			t.Errorf("%q becomes %q, want %q", given, got, id)
		}
	}
	for _, given := range []string{"", "x", "md5:" + id[7:], id + "0", id[:20], "sha256:" + strings.Repeat("g", 64)} {
		if got := knowledge.CanonicalDocumentID(given); got != given {
			t.Errorf("%q becomes %q, want it left as it is", given, got)
		}
	}
}

func TestKeysOfPartners(t *testing.T) {
	t.Parallel()
	key := knowledgetest.Key("secret", "example")
	expect(t, key.Problems())
	key.Role = knowledge.RoleEditor
	expect(t, key.Problems(), "role WRONG_KIND")
}
