package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"goodpractice/internal/web"
)

const builtPage = `<!doctype html><title>Page</title>
<meta name="graphql-endpoint" content="/graphql">`

// build is a playground of four files, packed as pack.js packs them.
func build(t *testing.T) fstest.MapFS {
	t.Helper()
	return fstest.MapFS{
		"index.html.gz":               {Data: pack(t, builtPage)},
		"playground/main-AbC1.js.gz":  {Data: pack(t, "export {}")},
		"playground/page-AbC1.css.gz": {Data: pack(t, "body{}")},
		"playground/licences.txt.gz":  {Data: pack(t, "MIT")},
		"playground/raw-AbC1.js":      {Data: []byte("not packed")},
		"playground/broken.js.gz":     {Data: []byte("not gzip")},
		"secret.txt.gz":               {Data: pack(t, "not for you")},
	}
}

func pack(t *testing.T, text string) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := io.WriteString(writer, text); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func handler(t *testing.T, files fs.FS) http.Handler {
	t.Helper()
	playground, err := web.PlaygroundFrom(files, "/graphql")
	if err != nil {
		t.Fatal(err)
	}
	return playground
}

// ask sends one request. After the target come header fields: a name, its value, and so on.
func ask(t *testing.T, to http.Handler, method, target string, header ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:8080/", nil)
	request.URL.Path, request.URL.RawQuery, _ = strings.Cut(target, "?")
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Add(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	to.ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestPlaygroundAnswers(t *testing.T) {
	t.Parallel()
	playground := handler(t, build(t))
	const html, script = "text/html; charset=utf-8", "text/javascript; charset=utf-8"
	for name, test := range map[string]struct {
		method, target string
		status         int
		contentType    string
		cache          string
	}{
		"the page":        {"GET", "/playground", 200, html, "no-cache"},
		"a prefilled one": {"GET", "/playground?query={a}", 200, html, "no-cache"},
		"a head":          {"HEAD", "/playground", 200, html, "no-cache"},
		"a script": {
			"GET", "/playground/main-AbC1.js", 200, script, "public, max-age=31536000, immutable",
		},
		"a style sheet": {
			"GET", "/playground/page-AbC1.css", 200, "text/css; charset=utf-8",
			"public, max-age=31536000, immutable",
		},
		"the licences": {
			"GET", "/playground/licences.txt", 200, "text/plain; charset=utf-8", "no-cache",
		},
		"nothing there":       {"GET", "/playground/absent.js", 404, "", ""},
		"the packed name":     {"GET", "/playground/main-AbC1.js.gz", 404, "", ""},
		"a file not packed":   {"GET", "/playground/raw-AbC1.js", 404, "", ""},
		"a folder":            {"GET", "/playground/.", 404, "", ""},
		"dots to the build":   {"GET", "/playground/../secret.txt", 404, "", ""},
		"dots to the machine": {"GET", "/playground/../../../etc/passwd", 404, "", ""},
		"a double slash":      {"GET", "/playground//secret.txt", 404, "", ""},
		"a backslash":         {"GET", `/playground/..\secret.txt`, 404, "", ""},
		"another path":        {"GET", "/playgrounds", 404, "", ""},
		"a write":             {"POST", "/playground", 405, "", ""},
		"a deletion":          {"DELETE", "/playground/main-AbC1.js", 405, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(t, playground, test.method, test.target, "Accept-Encoding", "gzip")
			if got.StatusCode != test.status {
				t.Fatalf("status %d, want %d", got.StatusCode, test.status)
			}
			if test.contentType != "" && got.Header.Get("Content-Type") != test.contentType {
				t.Errorf("Content-Type %q, want %q", got.Header.Get("Content-Type"), test.contentType)
			}
			if cache := got.Header.Get("Cache-Control"); cache != test.cache {
				t.Errorf("Cache-Control %q, want %q", cache, test.cache)
			}
			if test.method == http.MethodHead && body(t, got) != "" {
				t.Error("a head has a body")
			}
		})
	}
}

func TestPlaygroundWritesTheEndpointIntoThePage(t *testing.T) {
	t.Parallel()
	playground, err := web.PlaygroundFrom(build(t), `/api"><script>`)
	if err != nil {
		t.Fatal(err)
	}
	page := body(t, ask(t, playground, "GET", "/playground"))
	want := `<meta name="graphql-endpoint" content="/api&#34;&gt;&lt;script&gt;">`
	if !strings.Contains(page, want) {
		t.Errorf("page %s, want it to contain %s", page, want)
	}
}

func TestPlaygroundPageIsNotSentAgainWhileItIsTheSame(t *testing.T) {
	t.Parallel()
	playground := handler(t, build(t))
	tag := ask(t, playground, "GET", "/playground").Header.Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	got := ask(t, playground, "GET", "/playground", "If-None-Match", tag)
	if got.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", got.StatusCode)
	}
}

func TestPlaygroundFileEncoding(t *testing.T) {
	t.Parallel()
	playground := handler(t, build(t))
	for accept, packed := range map[string]bool{
		"gzip": true, "gzip, deflate, br, zstd": true, "GZIP;q=0.5": true,
		"*": true, "br, *;q=0.1": true, "": false, "br": false, "gzip;q=0": false,
		"gzip;q=0.0, *": false, "*;q=0": false, "notgzip": false,
	} {
		t.Run("Accept-Encoding "+accept, func(t *testing.T) {
			t.Parallel()
			got := ask(t, playground, "GET", "/playground/main-AbC1.js", "Accept-Encoding", accept)
			content := body(t, got)
			if encoding := got.Header.Get("Content-Encoding"); (encoding == "gzip") != packed {
				t.Errorf("Content-Encoding %q, want packed %t", encoding, packed)
			}
			if packed {
				content = unpack(t, content)
			}
			if content != "export {}" {
				t.Errorf("content %q", content)
			}
			if vary := got.Header.Get("Vary"); vary != "Accept-Encoding" {
				t.Errorf("Vary %q", vary)
			}
		})
	}
}

func unpack(t *testing.T, packed string) string {
	t.Helper()
	reader, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
