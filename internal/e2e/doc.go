// Package e2e tries the whole program as a visitor does: a real browser opens the playground of
// a real server, runs queries, subscribes, and sees what an editor publishes.
//
// There is nothing here but tests. They drive Chromium (Debian's package "chromium") and are
// skipped where it is not installed, where the server was built without the playground, and with
// -short. The environment decides the rest:
//
//	GOODPRACTICE_E2E=required   a missing browser or playground is a failure, as in CI
//	GOODPRACTICE_E2E_URL        a running server, such as http://127.0.0.1:8080
//	GOODPRACTICE_E2E_TOKEN      an editor's token for it
//	GOODPRACTICE_E2E_SHOTS      a directory that keeps the screenshots
//
// Without a URL the tests build cmd/goodpractice and start it on a free port with an empty
// store, which seeds itself. The playground has to be built first ("make playground").
//
// The package replaces no test of a single package: it looks at what only a browser can show.
// Nothing may import it.
package e2e
