package config_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/config"
)

// parse reads a command line that is written with spaces between its words.
func parse(line string, environment map[string]string) (config.Command, string, error) {
	var out strings.Builder
	command, err := config.Parse(strings.Fields(line),
		func(name string) string { return environment[name] }, &out)
	return command, out.String(), err
}

func TestParseSelectsTheCommand(t *testing.T) {
	t.Parallel()
	usual := config.Global{Data: ".data", LogFormat: "text", LogLevel: "warn"}
	serving := config.Global{Data: ".data", LogFormat: "text", LogLevel: "info"}
	elsewhere := config.Global{Data: "/x", LogFormat: "json", LogLevel: "debug"}
	const made = "Made on the command line"
	for line, want := range map[string]config.Command{
		"serve": {serving, &config.Serve{Addr: "127.0.0.1:8080", Seed: "sample", PointsPerMinute: 3_000_000, TokenPointsPerMinute: 6_000_000}},
		"serve --data /x --log-format json --log-level debug --addr :0 --seed none": {
			elsewhere, &config.Serve{Addr: ":0", Seed: "none", PointsPerMinute: 3_000_000, TokenPointsPerMinute: 6_000_000},
		},
		"--data /x --log-format json --log-level debug check": {elsewhere, &config.Check{}},
		"serve --origins https://a.example,http://localhost:* --base-url https://b.example/c": {
			serving, &config.Serve{
				Addr: "127.0.0.1:8080", Seed: "sample", BaseURL: "https://b.example/c",
				Origins:         []string{"https://a.example", "http://localhost:*"},
				PointsPerMinute: 3_000_000, TokenPointsPerMinute: 6_000_000,
			},
		},
		"serve --proxies 10.0.0.0/8,192.0.2.7 --points-per-minute 60000 --token-points-per-minute 90000": {
			serving, &config.Serve{
				Addr: "127.0.0.1:8080", Seed: "sample", Proxies: []string{"10.0.0.0/8", "192.0.2.7"},
				PointsPerMinute: 60_000, TokenPointsPerMinute: 90_000,
			},
		},
		"serve --documents d --trusted-only": {
			serving, &config.Serve{
				Addr: "127.0.0.1:8080", Seed: "sample", Documents: "d", TrustedOnly: true,
				PointsPerMinute: 3_000_000, TokenPointsPerMinute: 6_000_000,
			},
		},
		"import f.jsonl":      {usual, &config.Import{File: "f.jsonl", Format: "auto", CreateMissing: true}},
		"import -":            {usual, &config.Import{File: "-", Format: "auto", CreateMissing: true}},
		"export":              {usual, &config.Export{Output: "-", Form: "full", History: true}},
		"export -o f":         {usual, &config.Export{Output: "f", Form: "full", History: true}},
		"export --form csv":   {usual, &config.Export{Output: "-", Form: "csv", History: true}},
		"export --no-history": {usual, &config.Export{Output: "-", Form: "full"}},
		"reindex":             {usual, &config.Reindex{}},
		"health":              {usual, &config.Health{Addr: "127.0.0.1:8080"}},
		"health --addr :0 --url http://b.example/c": {usual, &config.Health{Addr: ":0", URL: "http://b.example/c"}},
		"schema":                       {usual, &config.Schema{}},
		"version":                      {usual, &config.Version{}},
		"backup f":                     {usual, &config.Backup{File: "f"}},
		"token list":                   {usual, &config.TokenList{}},
		"token revoke TK":              {usual, &config.TokenRevoke{ID: "TK"}},
		"import --no-create-missing f": {usual, &config.Import{File: "f", Format: "auto"}},
		"import --strict --publish --create-missing --tokens --format csv f": {
			usual, &config.Import{File: "f", Format: "csv", Strict: true, Publish: true, CreateMissing: true, Tokens: true},
		},
		"export --history --tokens":   {usual, &config.Export{Output: "-", Form: "full", History: true, Tokens: true}},
		"token create --role editor":  {usual, &config.TokenCreate{Role: "editor", Name: made}},
		"token create --partner city": {usual, &config.TokenCreate{Partner: "city", Name: made}},
		"token create --role contributor --authority a --authority b --name Ana --expires 720h": {
			usual, &config.TokenCreate{
				Role: "contributor", Authority: []string{"a", "b"}, Name: "Ana", Expires: 720 * time.Hour,
			},
		},
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			got, out, err := parse(line, nil)
			if err != nil || out != "" {
				t.Fatalf("error %v, output %q", err, out)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v %+v, want %+v %+v", got.Global, got.Selected, want.Global, want.Selected)
			}
		})
	}
}

func TestParseTakesFromTheEnvironmentWhatNoFlagSays(t *testing.T) {
	t.Parallel()
	environment := map[string]string{
		"GOODPRACTICE_DATA": "/env", "GOODPRACTICE_LOG_LEVEL": "error", "GOODPRACTICE_ADDR": "[::1]:1",
		"GOODPRACTICE_ORIGINS": "https://a.example,*", "GOODPRACTICE_BASE_URL": "http://b.example",
		"GOODPRACTICE_PROXIES": "10.0.0.0/8,fd00::/8", "GOODPRACTICE_POINTS_PER_MINUTE": "70000",
		"GOODPRACTICE_SEED": "", "GOODPRACTICE_HISTORY": "false", "GOODPRACTICE_EXPIRES": "1h",
	}
	got, _, err := parse("serve --addr 127.0.0.1:2", environment)
	want := config.Command{
		Global: config.Global{Data: "/env", LogFormat: "text", LogLevel: "error"},
		Selected: &config.Serve{
			Addr: "127.0.0.1:2", Seed: "sample", BaseURL: "http://b.example",
			Origins:         []string{"https://a.example", "*"},
			Proxies:         []string{"10.0.0.0/8", "fd00::/8"},
			PointsPerMinute: 70_000, TokenPointsPerMinute: 6_000_000,
		},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v %+v, error %v", got.Global, got.Selected, err)
	}
	got, _, err = parse("export", environment)
	if selected, ok := got.Selected.(*config.Export); err != nil || !ok || selected.History {
		t.Errorf("got %+v, error %v", got.Selected, err)
	}
	environment["GOODPRACTICE_CREATE_MISSING"] = "false"
	got, _, err = parse("import f", environment)
	if selected, ok := got.Selected.(*config.Import); err != nil || !ok || selected.CreateMissing {
		t.Errorf("got %+v, error %v", got.Selected, err)
	}
	if _, _, err = parse("serve", map[string]string{"GOODPRACTICE_SEED": "big"}); err == nil ||
		!strings.Contains(err.Error(), "--seed must be one of") {
		t.Errorf("a bad variable: error %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"serv":                                     `did you mean "serve"?`,
		"token":                                    `expected one of "create", "list", "revoke"`,
		"serve now":                                "unexpected argument now",
		"serve --seed big":                         "--seed must be one of",
		"serve --addr 8080":                        `--addr: "8080" is no address`,
		"serve --addr localhost:http":              `--addr: "localhost:http" is no address`,
		"serve --addr localhost:65536":             `--addr: "localhost:65536" is no address`,
		"serve --base-url practices.example":       `--base-url: "practices.example" is no web address`,
		"serve --base-url https://a:b@c.example":   "is no web address",
		"serve --base-url https://a.example?b":     "is no web address",
		"serve --origins a.example":                `--origins: "a.example" is no origin`,
		"serve --origins https://a.example/":       "is no origin",
		"serve --origins https://A.example":        "is no origin",
		"serve --origins null":                     "is no origin",
		"serve --origins https://*.*.example":      "is no origin",
		"serve --proxies 10.0.0.0/33":              `--proxies: "10.0.0.0/33" is no network`,
		"serve --proxies proxy.example":            `--proxies: "proxy.example" is no network`,
		"serve --proxies 0.0.0.0/0":                `--proxies: "0.0.0.0/0" is no network`,
		"serve --points-per-minute 100":            "--points-per-minute: 100 is too little",
		"serve --token-points-per-minute 0":        "--token-points-per-minute: 0 is too little",
		"serve --addr x --base-url y":              `--base-url: "y"`,
		"serve --log-level loud":                   "--log-level must be one of",
		"serve --log-format xml":                   "--log-format must be one of",
		"check --data=":                            "--data: name a directory",
		"health --addr :0":                         "--url: name the address of the server",
		"health --addr 8080":                       `--addr: "8080" is no address`,
		"health --url b.example":                   `--url: "b.example" is no web address`,
		"import":                                   "FILE: name a file",
		"import f --format xml":                    "--format must be one of",
		"export --output=":                         "--output: name a file",
		"backup":                                   "FILE: name a file",
		"token create":                             "--role: say what the token may do",
		"token create --role editor --partner x":   "--role: the key of a partner has the role partner",
		"token create --role king":                 "--role: say what the token may do",
		"export --form csv --tokens":               "--form: only the full form holds tokens",
		"token create --role contributor":          "--authority: name the authority",
		"token create --role editor --name=":       "--name: use 1 to 200 characters",
		"token create --role editor --expires 3":   "--expires",
		"token create --role editor --expires=-1h": "has passed already",
		"token revoke":                             `expected "<id>"`,
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			got, _, err := parse(line, nil)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("error %v, want one with %s", err, want)
			}
			if got.Selected != nil {
				t.Errorf("selected %+v", got.Selected)
			}
		})
	}
}

func TestParseShowsHelp(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"":                       {"Usage: goodpractice <command>", "token create", "serve", "backup"},
		"--help":                 {"Usage: goodpractice <command>"},
		"serve --help":           {"--addr=HOST:PORT", "[$GOODPRACTICE_ADDR]", "Default: 127.0.0.1:8080."},
		"serve -h --addr broken": {"[$GOODPRACTICE_BASE_URL]"},
		"token create --help":    {"--authority=SLUG", "--expires=TIME"},
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			got, out, err := parse(line, nil)
			if err != nil || got.Selected != nil {
				t.Fatalf("selected %+v, error %v", got.Selected, err)
			}
			for _, part := range want {
				if !strings.Contains(out, part) {
					t.Errorf("no %q in:\n%s", part, out)
				}
			}
		})
	}
}

// Every flag can be set by the environment, and the help says how.
func TestParseNamesAVariableForEveryFlag(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"serve", "import", "export", "token create", "check", "health", "eval"} {
		_, out, err := parse(command+" --help", nil)
		if err != nil {
			t.Fatal(err)
		}
		if flags, named := strings.Count(out, "  --")+strings.Count(out, ", --")-1,
			strings.Count(out, "[$GOODPRACTICE_"); flags != named {
			t.Errorf("%s: %d flags, %d variables:\n%s", command, flags, named, out)
		}
	}
}
