package telemetry_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"goodpractice/internal/telemetry"
)

func TestLoggerWritesTheFormatAskedFor(t *testing.T) {
	t.Parallel()
	text := regexp.MustCompile(
		`^time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=INFO msg=started addr="a b"\n$`)
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			log, err := telemetry.NewLogger(&out, format, "info")
			if err != nil {
				t.Fatal(err)
			}
			log.DebugContext(t.Context(), "not shown")
			log.InfoContext(t.Context(), "started", "addr", "a b")
			if format == "text" {
				if !text.MatchString(out.String()) {
					t.Errorf("wrote %q", out.String())
				}
				return
			}
			var line map[string]string
			if err := json.Unmarshal([]byte(out.String()), &line); err != nil {
				t.Fatalf("wrote %q: %v", out.String(), err)
			}
			if line["msg"] != "started" || line["addr"] != "a b" || !strings.HasSuffix(line["time"], "Z") {
				t.Errorf("wrote %v", line)
			}
		})
	}
}

func TestLoggerKeepsTheLevel(t *testing.T) {
	t.Parallel()
	for level, lines := range map[string]int{"debug": 4, "info": 3, "warn": 2, "error": 1, "ERROR": 1} {
		t.Run(level, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			log, err := telemetry.NewLogger(&out, "text", level)
			if err != nil {
				t.Fatal(err)
			}
			log.DebugContext(t.Context(), "one")
			log.InfoContext(t.Context(), "two")
			log.WarnContext(t.Context(), "three")
			log.ErrorContext(t.Context(), "four")
			if got := strings.Count(out.String(), "\n"); got != lines {
				t.Errorf("%d lines, want %d:\n%s", got, lines, out.String())
			}
		})
	}
}

func TestLoggerRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ format, level, want string }{
		"a format":           {"xml", "info", `log format "xml"`},
		"no format":          {"", "info", `log format ""`},
		"a level":            {"text", "loud", `log level "loud"`},
		"a level in between": {"text", "info+1", `log level "info+1"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := telemetry.NewLogger(&strings.Builder{}, test.format, test.level)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %s", err, test.want)
			}
		})
	}
}
