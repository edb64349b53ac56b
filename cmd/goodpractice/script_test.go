package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"goodpractice/internal/config"
	"goodpractice/internal/mongostore/mongotest"
	"goodpractice/internal/stopwatch"
)

// raceOptions makes a program that is built with the race detector end at once: by itself it waits for
// a second, which adds up over all the commands of the scripts.
const raceOptions = "atexit_sleep_ms=10"

// TestMain lets the test binary be the program: the scripts and TestKill run it as goodpractice.
func TestMain(m *testing.M) {
	if err := os.Setenv("GORACE", raceOptions); err != nil {
		panic(err)
	}
	testscript.Main(afterwards{m}, map[string]func(){"goodpractice": main})
}

// afterwards removes the folder of plain at the end.
type afterwards struct{ *testing.M }

// Run implements testscript.TestingM.
func (a afterwards) Run() int {
	defer func() { _ = os.RemoveAll(plainFolder()) }() // Usually it is not there.
	return a.M.Run()
}

// isRaced tells whether the tests run under the race detector.
var isRaced = stopwatch.Limit(1) > 1

// plainFolder is where plain builds, one for each process of tests.
func plainFolder() string {
	return filepath.Join(os.TempDir(), "goodpractice-plain-"+strconv.Itoa(os.Getpid()))
}

// plain builds the program without the race detector, which makes it nine times as slow, and gives the folder that it is in.
// The commands of the scripts use it on a database: that they race nowhere is seen where they have no database, and the
// servers of the scripts, which do on the database what commands ask of them, are under the detector in any case.
var plain = sync.OnceValues(func() (string, error) {
	folder := plainFolder()
	command := exec.Command("go", "build", "-o", filepath.Join(folder, "goodpractice"), ".")
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w: %s", err, output)
	}
	return folder, nil
})

// Each script of testdata/script runs on an empty store of each kind: where no server has it open, and
// while one does. The commands must not differ.
func TestScripts(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, e engine) {
		t.Helper()
		t.Run("without a server", func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, e.parameters("script", false, prepareScript(e)))
		})
		t.Run("with a server", func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, e.parameters("script", true, prepareServedScript(e)))
		})
	})
}

// The scripts of testdata/serve start servers of their own.
func TestServeScripts(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, e engine) {
		t.Helper()
		testscript.Run(t, e.parameters("serve", false, prepareScript(e)))
	})
}

// engine is a kind of store to test on.
type engine struct {
	isDatabase bool
	newStore   func() string // Gives --store for a store that nobody has used.
}

// onEachStore runs a test on the embedded store and, where there is a database for tests, on that.
func onEachStore(t *testing.T, test func(t *testing.T, e engine)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		test(t, engine{newStore: func() string { return "" }})
	})
	t.Run("mongodb", func(t *testing.T) {
		t.Parallel()
		mongotest.URI(t) // Skips the test where there is none.
		test(t, engine{isDatabase: true, newStore: func() string { return mongotest.URI(t) }})
	})
}

// parameters are those of the scripts in a directory. Scripts know two conditions: mongodb, and served
// while a server that the script has not started itself has the store open.
func (e engine) parameters(dir string, isServed bool, setUp func(*testscript.Env) error) testscript.Params {
	return testscript.Params{
		Dir: filepath.Join("testdata", dir), Setup: setUp, RequireExplicitExec: true,
		Condition: func(condition string) (bool, error) {
			return condition == "mongodb" && e.isDatabase || condition == "served" && isServed, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"place": placeInScript, "note": noteInScript,
			"start": startInScript, "quit": quitInScript, "ask": askInScript,
		},
	}
}

// prepareScript names a data directory that is not there yet and a store of its own, and copies the files
// that scripts read.
func prepareScript(e engine) func(*testscript.Env) error {
	return func(env *testscript.Env) error {
		if e.isDatabase && isRaced {
			folder, err := plain()
			if err != nil {
				return err
			}
			env.Setenv("PATH", folder+string(filepath.ListSeparator)+env.Getenv("PATH"))
		}
		places := &scriptPlaces{engine: e, stores: make(map[string]string)}
		env.Values[placesKey{}] = places
		env.Values[servingKey{}] = &scriptServer{}
		places.goTo(env.Setenv, env.WorkDir, "data")
		env.Setenv("GORACE", raceOptions)
		files := filepath.Join(env.WorkDir, "files")
		if err := os.CopyFS(files, os.DirFS(filepath.Join("testdata", "files"))); err != nil {
			return err
		}
		practices, err := os.ReadFile(filepath.Join("..", "..", "internal", "bundle", "seed", "practices.jsonl"))
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(files, "practices.jsonl"), practices, 0o600)
	}
}

// prepareServedScript also starts a server.
func prepareServedScript(e engine) func(*testscript.Env) error {
	return func(env *testscript.Env) error {
		if err := prepareScript(e)(env); err != nil {
			return err
		}
		s, err := startServer(env.Getenv("GOODPRACTICE_DATA"), env.Vars, "--seed", "none")
		if err != nil {
			return err
		}
		env.Defer(func() { _ = s.kill() })
		return nil
	}
}

// placesKey is the key of the scriptPlaces among a script's values.
type placesKey struct{}

// scriptPlaces are the stores of a script, by the name of the directory that each belongs to.
type scriptPlaces struct {
	engine
	stores map[string]string
}

// goTo makes the commands that follow work on a directory and its store.
func (p *scriptPlaces) goTo(setenv func(name, value string), work, name string) {
	if _, known := p.stores[name]; !known {
		p.stores[name] = p.newStore()
	}
	setenv("GOODPRACTICE_DATA", filepath.Join(work, name))
	setenv("GOODPRACTICE_STORE", p.stores[name])
}

// place NAME goes to another directory with a store of its own, or back to one; the first is data.
func placeInScript(ts *testscript.TestScript, _ bool, args []string) {
	ts.Value(placesKey{}).(*scriptPlaces).goTo(ts.Setenv, ts.Getenv("WORK"), args[0])
}

// note NAME TEXT leaves a note in the store, which no server may have open. ! note NAME tells that there
// is none.
func noteInScript(ts *testscript.TestScript, negated bool, args []string) {
	g := config.Global{Data: ts.Getenv("GOODPRACTICE_DATA"), Store: ts.Getenv("GOODPRACTICE_STORE")}
	a, err := openRecords(g, slog.New(slog.DiscardHandler), time.Now)
	ts.Check(err)
	defer func() { ts.Check(a.close()) }()
	ctx := context.Background() // A script has no context.
	ts.Check(a.reachStore(ctx))
	if !negated {
		ts.Check(a.store.SetNote(ctx, args[0], args[1]))
		return
	}
	text, err := a.store.Note(ctx, args[0])
	ts.Check(err)
	if text != "" {
		ts.Fatalf("the note %s is there: %s", args[0], text)
	}
}

// servingKey is the key of the scriptServer among a script's values.
type servingKey struct{}

// scriptServer is the server that a script has started, if any.
type scriptServer struct{ *serving }

// start ARGS… starts a server and sets $URL and, on the first start, $TOKEN.
func startInScript(ts *testscript.TestScript, _ bool, args []string) {
	var environment []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "GORACE", "GOODPRACTICE_DATA", "GOODPRACTICE_STORE"} {
		environment = append(environment, name+"="+ts.Getenv(name))
	}
	s, err := startServer(ts.Getenv("GOODPRACTICE_DATA"), environment, args...)
	ts.Check(err)
	ts.Value(servingKey{}).(*scriptServer).serving = s
	ts.Setenv("URL", s.url)
	ts.Setenv("TOKEN", s.token)
	ts.Defer(func() { _ = s.kill() }) // Does no harm after quit.
}

// quit ends the server in good order. What it has written is then in stdout and stderr. (The word stop is
// testscript's own, and ends the script.)
func quitInScript(ts *testscript.TestScript, _ bool, _ []string) {
	s := ts.Value(servingKey{}).(*scriptServer)
	ts.Check(s.stop())
	_, _ = ts.Stdout().Write([]byte(strings.Join(s.lines, "\n") + "\n"))
	_, _ = ts.Stderr().Write([]byte(s.stderr.String()))
}

// ask TOKEN QUERY sends a GraphQL operation and prints the answer.
func askInScript(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(servingKey{}).(*scriptServer)
	ctx, cancel := context.WithTimeout(context.Background(), startLimit) // A script has no context.
	defer cancel()
	_, body, err := s.post(ctx, args[0], args[1], nil)
	ts.Check(err)
	_, _ = ts.Stdout().Write(append(body, '\n'))
}
