package config_test

import (
	"strings"
	"testing"
)

// password is what no message may show.
const password = "s3cret"

func TestParseTakesADatabase(t *testing.T) {
	t.Parallel()
	for uri, name := range map[string]string{
		"":                            "",
		"mongodb://db":                "mongodb://db/goodpractice",
		"mongodb://db:1/":             "mongodb://db:1/goodpractice",
		"mongodb://a:1,b:2/kb?w=1":    "mongodb://a:1,b:2/kb",
		"mongodb://[::1]:1/kb":        "mongodb://[::1]:1/kb",
		"mongodb+srv://db.example/kb": "mongodb+srv://db.example/kb",
		"mongodb://ana:" + password + "@db/?tls=true&authSource=admin":      "mongodb://db/goodpractice",
		"mongodb://ana:" + password + "%40%2F@db.example:27017/kb":          "mongodb://db.example:27017/kb",
		"mongodb+srv://ana:" + password + "@db.example/kb?retryWrites=true": "mongodb+srv://db.example/kb",
	} {
		t.Run(uri, func(t *testing.T) {
			t.Parallel()
			environment := map[string]string{"GOODPRACTICE_STORE": uri}
			got, _, err := parse("check", environment)
			if err != nil {
				t.Fatal(err)
			}
			if got.Store != uri || got.StoreName() != name {
				t.Errorf("store %q, called %q; want %q", got.Store, got.StoreName(), name)
			}
			if _, _, err := parse("check --store=mongodb://flag", environment); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestParseRefusesADatabaseWithoutItsPassword(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"serve --data mongodb://ana:" + password + "@db/kb":       "--data: name a directory; the address of a database goes in --store",
		"import mongodb://ana:" + password + "@db/kb":             "FILE: name a file; the address of a database goes in --store",
		"export -o mongodb://ana:" + password + "@db/kb":          "--output: name a file; the address of a database goes in --store",
		"backup mongodb://ana:" + password + "@db/kb":             "FILE: name a file; the address of a database goes in --store",
		"check --store postgres://ana:" + password + "@db/x":      "--store: use the URI of a MongoDB database",
		"check --store db.example":                                "--store: use the URI of a MongoDB database",
		"check --store mongodb://ana:" + password + "@":           "--store: name the host",
		"check --store mongodb://ana:" + password + "@/kb":        "--store: name the host",
		"check --store mongodb://ana:" + password + "@a,,b/kb":    "--store: name the host",
		"check --store mongodb://ana:" + password + "@db/a/b":     "--store: the URI has more than one /",
		"check --store mongodb://ana:/" + password + "/db/a":      "--store: the URI has more than one /",
		"check --store mongodb+srv://ana:" + password + "@db:1/":  "--store: name one host without a port",
		"check --store mongodb+srv://ana:" + password + "@a,b/kb": "--store: name one host without a port",
		"check mongodb://ana:" + password + "@db/kb":              "unexpected argument mongodb://…@db/kb",
		"mongodb+srv://ana:" + password + "@b@db/kb":              "unexpected argument mongodb+srv://…@db/kb",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			refused(t, line, nil, want)
		})
	}
	refused(t, "check", map[string]string{"GOODPRACTICE_STORE": "mongodb://ana:" + password + " x@db/"}, "--store: the URI has a space")
}

// refused parses what has to be refused without showing the password.
func refused(t *testing.T, line string, environment map[string]string, want string) {
	t.Helper()
	got, out, err := parse(line, environment)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("error %v, want one with %s", err, want)
	}
	if strings.Contains(err.Error()+out, password) || got.Selected != nil {
		t.Errorf("selected %+v, error %v, output %s", got.Selected, err, out)
	}
}

// The help of a command does not show what the environment holds.
func TestHelpShowsNoPassword(t *testing.T) {
	t.Parallel()
	_, out, err := parse("check --help", map[string]string{"GOODPRACTICE_STORE": "mongodb://ana:" + password + "@db/"})
	if err != nil || strings.Contains(out, password) || !strings.Contains(out, "--store=URI") {
		t.Errorf("error %v, help:\n%s", err, out)
	}
}
