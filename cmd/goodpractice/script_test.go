package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// raceOptions makes a program that is built with the race detector end at once: by itself it waits for
// a second, which adds up over all the commands of the scripts.
const raceOptions = "atexit_sleep_ms=10"

// TestMain lets the test binary be the program: the scripts and TestKill run it as goodpractice.
func TestMain(m *testing.M) {
	if err := os.Setenv("GORACE", raceOptions); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"goodpractice": main})
}

// Each script of testdata/script runs twice on an empty store: where no server has it open, and while
// one does. The commands must not differ.
func TestScripts(t *testing.T) {
	t.Parallel()
	for name, setUp := range map[string]func(*testscript.Env) error{
		"without a server": prepareScript,
		"with a server":    prepareServedScript,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Dir: filepath.Join("testdata", "script"), Setup: setUp, RequireExplicitExec: true,
			})
		})
	}
}

// The scripts of testdata/serve start servers of their own.
func TestServeScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "serve"), Setup: prepareScript, RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": startInScript, "stop": stopInScript, "ask": askInScript,
		},
	})
}

// prepareScript names a data directory that is not there yet, and copies the files that scripts read.
func prepareScript(env *testscript.Env) error {
	env.Setenv("GOODPRACTICE_DATA", filepath.Join(env.WorkDir, "data"))
	env.Setenv("GORACE", raceOptions)
	env.Values[servingKey{}] = &scriptServer{}
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

// prepareServedScript also starts a server on the data directory.
func prepareServedScript(env *testscript.Env) error {
	if err := prepareScript(env); err != nil {
		return err
	}
	s, err := startServer(env.Getenv("GOODPRACTICE_DATA"), env.Vars, "--seed", "none")
	if err != nil {
		return err
	}
	env.Defer(func() { _ = s.kill() })
	return nil
}

// servingKey is the key of the scriptServer among a script's values.
type servingKey struct{}

// scriptServer is the server that a script has started, if any.
type scriptServer struct{ *serving }

// start ARGS… starts a server and sets $URL and, on the first start, $TOKEN.
func startInScript(ts *testscript.TestScript, _ bool, args []string) {
	var environment []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "GORACE", "GOODPRACTICE_DATA"} {
		environment = append(environment, name+"="+ts.Getenv(name))
	}
	s, err := startServer(ts.Getenv("GOODPRACTICE_DATA"), environment, args...)
	ts.Check(err)
	ts.Value(servingKey{}).(*scriptServer).serving = s
	ts.Setenv("URL", s.url)
	ts.Setenv("TOKEN", s.token)
	ts.Defer(func() { _ = s.kill() }) // Does no harm after stop.
}

// stop ends the server in good order. What it has written is then in stdout and stderr.
func stopInScript(ts *testscript.TestScript, _ bool, _ []string) {
	s := ts.Value(servingKey{}).(*scriptServer)
	ts.Check(s.stop())
	_, _ = ts.Stdout().Write([]byte(strings.Join(s.lines, "\n") + "\n"))
	_, _ = ts.Stderr().Write(s.stderr.Bytes())
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
