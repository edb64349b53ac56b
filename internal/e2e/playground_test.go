package e2e_test

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A desk, a window in which every line of an answer is on the page, and a phone.
const (
	deskWidth, deskHeight   = 1440, 900
	tallHeight              = 16000
	phoneWidth, phoneHeight = 390, 844
)

var total = regexp.MustCompile(`"totalCount": (\d+)`)

func TestPlayground(t *testing.T) {
	t.Parallel()
	program := needChromium(t)
	site := findServer(t)
	needPlayground(t, site)
	t.Run("a visit", func(t *testing.T) {
		t.Parallel()
		visit(t, program, site)
	})
	t.Run("a link", func(t *testing.T) {
		t.Parallel()
		followLink(t, program, site)
	})
}

// needPlayground skips the test where the server was built without the playground, unless the
// environment says that it is required.
func needPlayground(t *testing.T, site server) {
	t.Helper()
	built, err := site.hasPlayground(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !built {
		lack(t, "the playground is not built: make playground")
	}
}

// visit is what one visitor does: each step builds on what came before.
func visit(t *testing.T, program string, site server) {
	t.Helper()
	b := openBrowser(t, program, site.url)
	b.window(deskWidth, deskHeight)
	b.scheme("light")
	b.open(site.url + "/playground")
	pictures := shots(t)

	b.findsHousing()
	b.shoot(pictures, "playground-light")
	b.scheme("dark")
	b.shoot(pictures, "playground-dark")
	b.scheme("light")
	b.onAPhone(site)
	b.shoot(pictures, "playground-phone")
	b.window(deskWidth, deskHeight)

	b.searchesInAnyLanguage()
	b.shoot(pictures, "playground-languages")

	b.asksForAToken()
	b.shoot(pictures, "playground-post")
	b.seesWhatIsPublished(site)
	b.shoot(pictures, "playground-subscribe")
	b.typesAQuery()
	b.findsByAnyName(site)

	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.foreign) > 0 {
		t.Errorf("the page asked other hosts: %q", b.foreign)
	}
	if len(b.errors) > 0 {
		t.Errorf("the console shows errors: %q", b.errors)
	}
}

// findsHousing runs the query that is there on opening.
func (b *browser) findsHousing() {
	b.t.Helper()
	b.waitForText(queryEditor, "query Housing")
	b.window(deskWidth, tallHeight)
	b.run()
	b.waitForText(responsePane, `"pageInfo"`)
	answer := b.text(responsePane)
	b.window(deskWidth, deskHeight)
	if count := totalCount(answer); count < 1 {
		b.t.Errorf("housing: totalCount %d in\n%s", count, answer)
	}
	if !strings.Contains(answer, "IRIS") {
		b.t.Errorf("housing: no IRIS in\n%s", answer)
	}
	b.waitForText(responsePane, `"totalCount"`)
}

// searchesInAnyLanguage runs the example with Spanish words and a filter in the text.
func (b *browser) searchesInAnyLanguage() {
	b.t.Helper()
	b.tab("SearchInAnyLanguage")
	b.window(deskWidth, tallHeight)
	b.run()
	b.waitForText(responsePane, `"isCorrected"`) // Of the suggestions, which come last.
	answer := b.text(responsePane)
	b.window(deskWidth, deskHeight)
	if count := totalCount(answer); count < 1 {
		b.t.Errorf("any language: totalCount %d in\n%s", count, answer)
	}
	for _, want := range []string{`"language": "es"`, `"field": "theme"`, `"isChosen": true`, `"sharedThemes"`, "<mark>"} {
		if !strings.Contains(answer, want) {
			b.t.Errorf("any language: no %s in\n%s", want, answer)
		}
	}
	b.waitForText(responsePane, `"totalCount"`)
}

// typesAQuery replaces a query by one of the visitor's own.
func (b *browser) typesAQuery() {
	b.t.Helper()
	b.tab("Facets")
	b.write(queryEditor,
		`{ search(text: "school", first: 1) { totalCount edges { node { title } } } }`)
	b.run()
	answer := b.waitForText(responsePane, `"title"`)
	if totalCount(answer) < 1 {
		b.t.Errorf("school: no totalCount in\n%s", answer)
	}
}

// asksForAToken runs the example mutation as it is, without a token.
func (b *browser) asksForAToken() {
	b.t.Helper()
	b.tab("Post")
	b.run()
	b.waitForText(responsePane, "PASTE-YOUR-TOKEN")
}

// seesWhatIsPublished waits in the subscription's tab while an editor publishes.
func (b *browser) seesWhatIsPublished(site server) {
	b.t.Helper()
	b.tab("Subscribe")
	b.run()
	eventually(b.t, answerLimit, "the subscription is sent", func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return slices.ContainsFunc(b.frames, func(frame string) bool {
			return strings.Contains(frame, `"subscribe"`)
		})
	})
	words := strings.Fields(site.publish(b.t)) // The pane may break the title between words.
	b.waitForText(responsePane, words[len(words)-1])
}

// onAPhone opens the page in the window of a phone and finds nothing to be scrolled sideways.
func (b *browser) onAPhone(site server) {
	b.t.Helper()
	b.window(phoneWidth, phoneHeight)
	b.open(site.url + "/playground")
	b.run()
	b.waitForText(responsePane, `"totalCount"`)
	width := do(b, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
	if width > phoneWidth {
		b.t.Errorf("the page is %d pixels wide on a phone of %d", width, phoneWidth)
	}
}

func totalCount(answer string) int {
	found := total.FindStringSubmatch(answer)
	if found == nil {
		return -1
	}
	count, err := strconv.Atoi(found[1])
	if err != nil {
		return -1
	}
	return count
}

// followLink opens a link that carries a query and tries to carry a token.
func followLink(t *testing.T, program string, site server) {
	t.Helper()
	b := openBrowser(t, program, site.url)
	b.window(deskWidth, deskHeight)
	link := url.Values{
		"query":     {`query Linked($text: String!) { search(text: $text) { totalCount } }`},
		"variables": {`{"text": "school"}`},
		"headers":   {`{"Authorization": "Bearer stranger"}`},
	}
	b.open(site.url + "/playground?" + link.Encode())
	b.waitForText(queryEditor, "query Linked")
	b.run()
	if answer := b.waitForText(responsePane, "totalCount"); totalCount(answer) < 1 {
		t.Errorf("the link's query found nothing:\n%s", answer)
	}
	const everything = "document.body.textContent + JSON.stringify(localStorage)"
	page := do(b, chromedp.Evaluate[string](everything))
	if strings.Contains(page, "stranger") {
		t.Error("the page took headers from the link")
	}
}
