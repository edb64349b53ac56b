package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// documented is the address in the documents, which a partner replaces.
const documented = "http://127.0.0.1:8080"

// pages is what partners copy: the files by path.
type pages map[string]string

// ServeHTTP implements http.Handler, as a partner's web site.
func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page, ok := p[r.URL.Path]
	if r.URL.Path == "/favicon.ico" { // Browsers ask for it, and call it an error if there is none.
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(page)) // What a browser did not get fails the test.
}

// TestPartnersPages opens the pages that docs/partners.md offers to partners from two origins that are not the server's:
// one that the server allows, and one that it does not.
func TestPartnersPages(t *testing.T) {
	t.Parallel()
	program := needChromium(t)
	allowed, refused := make(pages), make(pages)
	partner, stranger := httptest.NewServer(allowed), httptest.NewServer(refused)
	t.Cleanup(partner.Close)
	t.Cleanup(stranger.Close)
	site := startServer(t, "--origins", partner.URL)
	site.awaitReady(t)
	for path, page := range partnersPages(t) {
		page = strings.ReplaceAll(page, documented, site.url)
		allowed[path], refused[path] = page, page
	}
	b := openBrowser(t, program, partner.URL)
	b.window(deskWidth, deskHeight)
	b.scheme("light")
	b.opensTenLines(partner.URL)
	b.usesDashboard(partner.URL, shots(t))
	b.mu.Lock()
	for _, text := range b.errors { // Later ones are wanted: the browser tells what it refused.
		t.Error(text)
	}
	b.mu.Unlock()
	b.isRefused(stranger.URL)
}

// partnersPages reads the example of ten lines out of its document, and the dashboard.
func partnersPages(t *testing.T) pages {
	t.Helper()
	document, err := os.ReadFile(filepath.Join("..", "..", "docs", "partners.md"))
	if err != nil {
		t.Fatal(err)
	}
	ten := regexp.MustCompile("(?s)```html ten-lines.html\n(.*?)```").FindSubmatch(document)
	if ten == nil {
		t.Fatal("docs/partners.md has no example ten-lines.html")
	}
	if lines := strings.Count(string(ten[1]), "\n"); lines > 10 {
		t.Errorf("the ten lines are %d", lines)
	}
	dashboard, err := os.ReadFile(filepath.Join("..", "..", "docs", "examples", "dashboard.html"))
	if err != nil {
		t.Fatal(err)
	}
	return pages{"/ten-lines.html": string(ten[1]), "/dashboard.html": string(dashboard)}
}

// opensTenLines finds the count and ten entries on the page.
func (b *browser) opensTenLines(origin string) {
	b.t.Helper()
	do(b, chromedp.Navigate(origin+"/ten-lines.html"))
	b.waitUntil("ten entries are listed", `document.querySelectorAll('#list li').length === 10`)
	b.waitUntil("they are counted", `/^\d+ entries$/.test(document.querySelector('#count').textContent)`)
}

// usesDashboard looks at what the dashboard shows, filters, searches and pages, as a visitor does.
func (b *browser) usesDashboard(origin, pictures string) {
	b.t.Helper()
	do(b, chromedp.Navigate(origin+"/dashboard.html"))
	b.waitUntil("ten entries are shown", `document.querySelectorAll('#hits li').length === 10`)
	b.waitUntil("themes are counted", `document.querySelectorAll('#themes .bar').length >= 8`)
	b.waitUntil("countries are counted", `document.querySelectorAll('#countries .bar').length >= 8`)
	b.waitUntil("years are drawn", `document.querySelectorAll('#plot rect').length > 5
		&& document.querySelector('#plot svg').getAttribute('aria-label').includes('Entries by year')`)
	b.waitUntil("each entry has its attribution", `[...document.querySelectorAll('#hits .source')].every((e) => e.textContent.includes('CC-BY'))`)
	b.picture(pictures, "dashboard-light")
	b.scheme("dark")
	b.picture(pictures, "dashboard-dark")
	b.scheme("light")
	b.window(phoneWidth, phoneHeight)
	b.waitUntil("a phone needs no scrolling sideways", `document.documentElement.scrollWidth <= innerWidth`)
	b.picture(pictures, "dashboard-phone")
	do(b, chromedp.Evaluate[bool](`document.querySelector('#years').scrollIntoView() === undefined`))
	b.picture(pictures, "dashboard-phone-years")
	b.window(deskWidth, deskHeight)

	do(b, chromedp.Click("#more"))
	b.waitUntil("the next page is added", `document.querySelectorAll('#hits li').length === 20
		&& new Set([...document.querySelectorAll('#hits a')].map((a) => a.href)).size === 20`)
	const total = `Number(document.querySelector('#status strong').textContent)`
	all := do(b, chromedp.Evaluate[int](total))
	do(b, chromedp.Click(`#countries [data-value="ES"]`))
	b.waitUntil("Spain is chosen, and keeps the focus", `document.activeElement.dataset.value === 'ES'
		&& document.activeElement.getAttribute('aria-pressed') === 'true'`)
	if spain := do(b, chromedp.Evaluate[int](total)); spain < 1 || spain >= all {
		b.t.Errorf("%d entries about housing, %d of them in Spain", all, spain)
	}
	do(b, chromedp.Steps(chromedp.Click(`input[name=text]`), chromedp.KeyEvent("a", chromedp.KeyModifiers(kb.ModifierCtrl))))
	do(b, command(input.InsertText, input.InsertTextParams{Text: "zzzqqqxxx nothing <b>"}))
	do(b, chromedp.KeyEvent(kb.Enter))
	b.waitUntil("a text without hits says so", `document.querySelector('#status').textContent.startsWith('0 entries about “zzzqqqxxx nothing <b>”')`)
	b.waitUntil("nothing is broken", `document.querySelector('#trouble').hidden`)
}

// isRefused opens the dashboard where the browser keeps the answer from it.
func (b *browser) isRefused(origin string) {
	b.t.Helper()
	do(b, chromedp.Navigate(origin+"/dashboard.html"))
	b.waitUntil("the page says what is the matter", `!document.querySelector('#trouble').hidden
		&& document.querySelector('#trouble').textContent.includes(location.origin)`)
	b.waitUntil("nothing was read", `document.querySelectorAll('#hits li, .bar').length === 0`)
}

// waitUntil waits until an expression is true in the page.
func (b *browser) waitUntil(what, expression string) {
	b.t.Helper()
	eventually(b.t, answerLimit, what, func() bool { return do(b, chromedp.Evaluate[bool](expression)) })
}

// picture keeps what the window shows as NAME.png in directory.
func (b *browser) picture(directory, name string) {
	b.t.Helper()
	picture := do(b, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join(directory, name+".png"), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
