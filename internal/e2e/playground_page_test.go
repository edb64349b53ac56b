package e2e_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// answerLimit is how long a visitor of the playground is made to wait for anything.
const answerLimit = 20 * time.Second

// Parts of GraphiQL.
const (
	queryEditor  = ".graphiql-query-editor .monaco-editor"
	responsePane = ".graphiql-response .monaco-editor"
	runButton    = ".graphiql-execute-button"
)

// eventually waits until something holds, looking ten times a second.
func eventually(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			t.Fatalf("waited %s until %s", limit, what)
		}
	}
}

// open loads a page of the playground and waits until it can be used.
func (b *browser) open(address string) {
	b.t.Helper()
	do(b, chromedp.Steps(chromedp.Navigate(address),
		chromedp.WaitVisible(queryEditor), chromedp.WaitVisible(runButton)))
	b.waitForText(queryEditor, "{")
}

// window sets the size of the window, in CSS pixels.
func (b *browser) window(width, height int64) {
	b.t.Helper()
	do(b, chromedp.EmulateViewport(width, height))
}

// scheme makes the system prefer "light" or "dark".
func (b *browser) scheme(name string) {
	b.t.Helper()
	do(b, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
	}))
}

// text returns the lines that an editor shows. Monaco keeps only those in the document, in any
// order, and writes spaces as no-break spaces.
func (b *browser) text(editor string) string {
	b.t.Helper()
	const read = `[...document.querySelectorAll(%q)]
		.sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
		.map((line) => line.textContent).join('\n').replaceAll('\u00a0', ' ')`
	return do(b, chromedp.Evaluate[string](fmt.Sprintf(read, editor+" .view-line")))
}

// waitForText waits until an editor shows want and returns all it shows then.
func (b *browser) waitForText(editor, want string) string {
	b.t.Helper()
	var text string
	eventually(b.t, answerLimit, fmt.Sprintf("%s shows %q", editor, want), func() bool {
		text = b.text(editor)
		return strings.Contains(text, want)
	})
	return text
}

// write replaces the text of an editor.
func (b *browser) write(editor, text string) {
	b.t.Helper()
	do(b, chromedp.Steps(
		chromedp.Click(editor+" .view-lines"),
		chromedp.KeyEvent("a", chromedp.KeyModifiers(kb.ModifierCtrl)),
		chromedp.KeyEvent(kb.Backspace),
	))
	do(b, command(input.InsertText, input.InsertTextParams{Text: text}))
	b.waitForText(editor, strings.SplitN(text, "\n", 2)[0])
}

// tab goes to the tab with the title.
func (b *browser) tab(title string) {
	b.t.Helper()
	do(b, chromedp.Click(fmt.Sprintf(`.graphiql-tab-button[title=%q]`, title)))
	b.waitForText(queryEditor, title)
}

// run presses the play button.
func (b *browser) run() {
	b.t.Helper()
	do(b, chromedp.Click(runButton))
}

// shoot keeps a picture of the window as NAME.png in directory.
func (b *browser) shoot(directory, name string) {
	b.t.Helper()
	eventually(b.t, answerLimit, "the editor shows its colours", func() bool {
		return do(b, chromedp.Evaluate[bool](fmt.Sprintf( // Without colours a keyword is no span of its own.
			`[...document.querySelectorAll('%s [class^=mtk]')].some(e => /^(query|mutation|subscription)$/.test(e.textContent))`,
			queryEditor)))
	})
	picture := do(b, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join(directory, name+".png"), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// shots is the directory for pictures.
func shots(t *testing.T) string {
	t.Helper()
	directory := os.Getenv("GOODPRACTICE_E2E_SHOTS")
	if directory == "" {
		return t.TempDir()
	}
	if err := os.MkdirAll(directory, 0o750); err != nil {
		t.Fatal(err)
	}
	return directory
}
