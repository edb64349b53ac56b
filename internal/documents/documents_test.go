package documents_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/documents"
)

// hash is the SHA-256 of a text in hexadecimal digits.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestManifestsAreUnderstood(t *testing.T) {
	t.Parallel()
	const a, b = "query A { a }", "query B { b }"
	for name, test := range map[string]struct {
		manifest string
		want     []documents.Document
	}{
		"with prefixes":   {`{"sha256:` + hash(a) + `": "` + a + `", "sha256:` + hash(b) + `": "` + b + `"}`, []documents.Document{{ID: "sha256:" + hash(a), Text: a}, {ID: "sha256:" + hash(b), Text: b}}},
		"bare hashes":     {`{"` + hash(a) + `": "` + a + `"}`, []documents.Document{{ID: "sha256:" + hash(a), Text: a}}},
		"capitals":        {`{"SHA256:` + strings.ToUpper(hash(a)) + `": "` + a + `"}`, []documents.Document{{ID: "sha256:" + hash(a), Text: a}}},
		"shorter hashes":  {`{"0cc175b9c0f1b6a831c399e269772661": "` + a + `"}`, []documents.Document{{ID: "0cc175b9c0f1b6a831c399e269772661", Text: a}}},
		"a mark of order": {"\ufeff{\"x\": \"" + a + `"}`, []documents.Document{{ID: "x", Text: a}}},
		"nothing":         {`{}`, nil},
		"Apollo": {
			`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "` + hash(a) + `", "body": "` + a + `", "name": "A", "type": "query"}]}`,
			[]documents.Document{{ID: "sha256:" + hash(a), Text: a, Name: "A", Type: "query"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := documents.Parse([]byte(test.manifest))
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

func TestBadManifestsAreTold(t *testing.T) {
	t.Parallel()
	const a = "query A { a }"
	for name, test := range map[string]struct{ manifest, want string }{
		"no JSON":             {`{`, "not one JSON object"},
		"a list":              {`[]`, "not one JSON object"},
		"two objects":         {`{} {}`, "not one JSON object"},
		"not in UTF-8":        {"{\"x\": \"\xff\"}", "not one JSON object"},
		"a key twice":         {`{"x": "a", "x": "b"}`, "x: the key is there twice"},
		"no text":             {`{"x": {"body": "a"}}`, "x: its value is not the text"},
		"null":                {`{"x": null}`, "x: its value is not the text"},
		"an empty text":       {`{"x": " "}`, "x: the document is empty"},
		"an empty id":         {`{"": "a"}`, ": an id has 1 to"},
		"a long id":           {`{"` + strings.Repeat("x", 300) + `": "a"}`, "an id has 1 to"},
		"an id with a space":  {`{"a b": "a"}`, "an id has 1 to"},
		"another hash":        {`{"sha256:` + hash("x") + `": "` + a + `"}`, hash(a)},
		"another bare hash":   {`{"` + hash("x") + `": "` + a + `"}`, hash(a)},
		"half a hash":         {`{"sha256:abc": "a"}`, "64 hexadecimal digits"},
		"another version":     {`{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}`, "format: it must be"},
		"another format":      {`{"format": "x", "version": 1, "operations": []}`, "format: it must be"},
		"Apollo, no list":     {`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": "x"}`, "operations: it has not the form"},
		"Apollo, no id":       {`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"body": "a"}]}`, "operations[0]: the id is missing"},
		"many faults":         {`{"a": "", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": "", "i": "", "j": "", "k": "", "l": "", "m": "", "n": "", "o": "", "p": "", "q": "", "r": "", "s": "", "t": "", "u": ""}`, "and 1 more"},
		"a key with a signal": {"{\"a\\u0007b\": 1}", "a b: its value"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := documents.Parse([]byte(test.manifest)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q in it", err, test.want)
			}
		})
	}
}

// check refuses documents with the word bad, and those that are not what the manifest says.
func check(text, name, kind string) error {
	if strings.Contains(text, "bad") || name == "Bad" || kind == "bad" {
		return errors.New("it is bad")
	}
	return nil
}

func TestFoldersAreRead(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	apollo := func(name, kind string) string {
		return `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "x", "body": "a", "name": "` + name + `", "type": "` + kind + `"}]}`
	}
	for name, test := range map[string]struct {
		folder fs.FS
		want   []string // of the error; none for a good folder
	}{
		"one manifest":       {fstest.MapFS{"a.json": file(`{"x": "a"}`)}, nil},
		"the same twice":     {fstest.MapFS{"a.json": file(`{"x": "a"}`), "b.json": file(`{"x": "a"}`)}, nil},
		"other files":        {fstest.MapFS{"a.json": file(`{"x": "a"}`), "README.md": file("bad"), "sub/b.json": file("bad")}, nil},
		"nothing":            {fstest.MapFS{"README.md": file("x")}, []string{"there is no manifest"}},
		"no folder":          {fstest.MapFS{}, []string{"there is no manifest"}},
		"another text":       {fstest.MapFS{"a.json": file(`{"x": "a"}`), "b.json": file(`{"x": "b"}`)}, []string{"b.json: x: the id stands for another document already"}},
		"a bad document":     {fstest.MapFS{"a.json": file(`{"x": "bad"}`)}, []string{"a.json: x: it is bad"}},
		"a bad name":         {fstest.MapFS{"a.json": file(apollo("Bad", "query"))}, []string{"a.json: x: it is bad"}},
		"a bad type":         {fstest.MapFS{"a.json": file(apollo("A", "bad"))}, []string{"a.json: x: it is bad"}},
		"two bad files":      {fstest.MapFS{"a.json": file(`{"x": "bad", "y": ""}`), "b.json": file(`[]`)}, []string{"a.json: y: the document is empty", "b.json: it is not one JSON object"}},
		"a file that is big": {fstest.MapFS{"a.json": file(strings.Repeat(" ", documents.MaxManifestBytes+1))}, []string{"a.json: it is longer than 16 MB"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set, err := documents.Read(test.folder, check)
			if test.want == nil {
				if err != nil || set.Len() != 1 {
					t.Fatalf("%v, %v", set, err)
				}
				if text, ok := set.Document("x"); !ok || text != "a" {
					t.Errorf("got %q", text)
				}
				if _, ok := set.Document("y"); ok {
					t.Error("there is a document that nobody gave")
				}
				return
			}
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
			}
		})
	}
}

// FuzzParse holds that what a manifest gives has well-formed ids, and right hashes.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"sha256:` + hash("{a}") + `": "{a}"}`, `{"` + hash("{a}") + `": "{a}"}`, `{"x": "{a}"}`, `{}`, `[`, "\ufeff{}",
		`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "x", "body": "{a}", "name": "A", "type": "query"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, manifest []byte) {
		list, err := documents.Parse(manifest)
		for _, d := range list {
			if d.ID == "" || d.Text == "" || strings.ContainsAny(d.ID, " \n\x00") {
				t.Errorf("%q: %+v", manifest, d)
			}
			if digest, ok := strings.CutPrefix(d.ID, "sha256:"); ok && digest != hash(d.Text) {
				t.Errorf("%q: the hash of %q is not %s", manifest, d.Text, digest)
			}
		}
		if err != nil && (strings.ContainsAny(err.Error(), "\x00\x1b\r") || len(err.Error()) > 10_000) {
			t.Errorf("%q: %q", manifest, err)
		}
	})
}
