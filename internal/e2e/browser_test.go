package e2e_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserLimit ends a test whose browser hangs.
const browserLimit = 4 * time.Minute

// browser is one Chromium with an empty profile and what it did.
type browser struct {
	t    *testing.T
	ctx  context.Context //nolint:containedctx // Chromedp keeps the tab in it.
	host string          // The only host that may be asked.

	mu      sync.Mutex
	foreign []string // Addresses asked for that are not on host.
	errors  []string // What the console showed as an error.
	frames  []string // What was sent over WebSockets.
}

// needChromium returns where Chromium is. The test is skipped where it is not installed, unless
// the environment says that it is required.
func needChromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser test is not short")
	}
	for _, name := range []string{"chromium", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			return program
		}
	}
	lack(t, "Chromium is not installed (apt-get install chromium)")
	return ""
}

// lack ends the test for want of something: as failed where the environment says that the tests
// are required, and as skipped otherwise.
func lack(t *testing.T, missing string) {
	t.Helper()
	if os.Getenv("GOODPRACTICE_E2E") == "required" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

// openBrowser starts the Chromium at program for pages of site.
func openBrowser(t *testing.T, program, site string) *browser {
	t.Helper()
	where, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	limited, cancelLimit := context.WithTimeout(t.Context(), browserLimit)
	t.Cleanup(cancelLimit)
	allocator, cancelAllocator := chromedp.NewExecAllocator(limited,
		chromiumOptions(program, where.Hostname())...)
	t.Cleanup(cancelAllocator)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, host: where.Host}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	do(b, command(network.Enable, network.EnableParams{}))
	return b
}

// chromiumOptions let Chromium find no host but host, so that nothing can leave the machine
// even if the page tried.
func chromiumOptions(program, host string) []chromedp.ExecAllocatorOption {
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	return append(options,
		chromedp.ExecPath(program),
		chromedp.Flag("no-sandbox", os.Geteuid() == 0), // Chromium refuses root with a sandbox.
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE "+host),
	)
}

// do runs an action in the page and returns its value. A failure ends the test.
func do[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// command is the action that sends one command of the protocol.
func command[P, R any](name cdp.Command[P, R], parameters P) chromedp.Action[R] {
	return func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, name, parameters)
	}
}

// note keeps what the browser reports about itself.
func (b *browser) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		b.noteAddress(event.Request.URL)
	case *network.EventWebSocketCreated:
		b.noteAddress(event.URL)
	case *network.EventWebSocketFrameSent:
		b.frames = append(b.frames, string(event.Response.PayloadData))
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError {
			b.errors = append(b.errors, event.Entry.Text+" "+event.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError {
			b.errors = append(b.errors, describe(event.Args))
		}
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, event.ExceptionDetails.Text+
			describe([]*runtime.RemoteObject{event.ExceptionDetails.Exception}))
	}
}

func describe(arguments []*runtime.RemoteObject) string {
	var text strings.Builder
	for _, argument := range arguments {
		if argument != nil {
			fmt.Fprintf(&text, " %s%s", argument.Value, argument.Description)
		}
	}
	return text.String()
}

// noteAddress sorts out addresses on other hosts. The lock is held.
func (b *browser) noteAddress(address string) {
	where, err := url.Parse(address)
	if err != nil {
		b.foreign = append(b.foreign, address)
		return
	}
	switch where.Scheme {
	case "data", "blob", "about":
	default:
		if where.Host != b.host {
			b.foreign = append(b.foreign, address)
		}
	}
}
