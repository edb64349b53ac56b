package containers_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// stages reads the Dockerfile; what Docker warns of is a failure.
func stages(t *testing.T) []instructions.Stage {
	t.Helper()
	file, err := os.Open(filepath.Join(repository, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	parsed, err := parser.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, warning := range parsed.Warnings {
		t.Errorf("Dockerfile: %s", warning.Short)
	}
	lint := linter.New(&linter.Config{Warn: func(rule, _, _, text string, at []parser.Range) {
		t.Errorf("Dockerfile, %v: %s: %s", at, rule, text)
	}})
	all, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ignored reads .dockerignore.
func ignored(t *testing.T) *patternmatcher.PatternMatcher {
	t.Helper()
	file, err := os.Open(filepath.Join(repository, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	return matcher
}

// last returns the last instruction of a kind, and whether there is one.
func last[T instructions.Command](commands []instructions.Command) (found T, ok bool) {
	for _, command := range slices.Backward(commands) {
		if found, ok = command.(T); ok {
			return found, true
		}
	}
	return found, false
}

// uid is the number of a user, 0 where it is root or not a number.
func uid(user string) int {
	name, _, _ := strings.Cut(user, ":")
	number, err := strconv.Atoi(name)
	if err != nil {
		return 0
	}
	return number
}

func TestImageRunsTheProgramAsNobody(t *testing.T) {
	t.Parallel()
	all := stages(t)
	final := all[len(all)-1].Commands
	if user, ok := last[*instructions.UserCommand](final); !ok || uid(user.User) <= 0 {
		t.Errorf("USER is %v: it must be a number other than root's, so that Kubernetes can tell", user)
	}
	entry, ok := last[*instructions.EntrypointCommand](final)
	if !ok || entry.PrependShell || len(entry.CmdLine) != 1 {
		t.Fatalf("ENTRYPOINT is %v: it must be the program alone, without a shell to swallow signals", entry)
	}
	if cmd, ok := last[*instructions.CmdCommand](final); !ok || cmd.PrependShell || !slices.Equal(cmd.CmdLine, []string{"serve"}) {
		t.Errorf("CMD is %v", cmd)
	}
	health, ok := last[*instructions.HealthCheckCommand](final)
	if !ok || !slices.Equal(health.Health.Test, []string{"CMD", entry.CmdLine[0], "health"}) {
		t.Errorf("HEALTHCHECK is %v", health)
	}
	if volume, ok := last[*instructions.VolumeCommand](final); !ok || !slices.Equal(volume.Volumes, []string{"/data"}) {
		t.Errorf("VOLUME is %v", volume)
	}
	if port, ok := last[*instructions.ExposeCommand](final); !ok || !slices.Equal(port.Ports, []string{"8080"}) {
		t.Errorf("EXPOSE is %v", port)
	}
}

func TestImageGivesTheDataToItsUser(t *testing.T) {
	t.Parallel()
	all := stages(t)
	final := all[len(all)-1].Commands
	user, _ := last[*instructions.UserCommand](final)
	for _, command := range final {
		if c, ok := command.(*instructions.CopyCommand); ok && c.DestPath == "/data" {
			if user == nil || c.Chown != user.User {
				t.Errorf("/data belongs to %q", c.Chown)
			}
			return
		}
	}
	t.Error("nothing makes /data")
}

func TestImageIsBuiltFromWhatIsThere(t *testing.T) {
	t.Parallel()
	names := make(map[string]bool)
	ignore := ignored(t)
	for _, stage := range stages(t) {
		for _, command := range stage.Commands {
			c, ok := command.(*instructions.CopyCommand)
			if !ok {
				continue
			}
			if c.From != "" {
				if !names[c.From] {
					t.Errorf("%s: no stage before it has that name", c)
				}
				continue
			}
			for _, source := range c.SourcePaths {
				if fault := sourceFault(ignore, source); fault != "" {
					t.Errorf("%s: %s", c, fault)
				}
			}
		}
		names[stage.Name] = true
	}
}

// sourceFault says why Docker would not find what is to be copied.
func sourceFault(ignore *patternmatcher.PatternMatcher, source string) string {
	found, err := filepath.Glob(filepath.Join(repository, source))
	if err != nil || len(found) == 0 {
		return source + " is not in the repository"
	}
	for _, name := range found {
		name, err := filepath.Rel(repository, name)
		if err != nil {
			return err.Error()
		}
		if skipped, err := ignore.MatchesOrParentMatches(filepath.ToSlash(name)); err != nil || skipped {
			return fmt.Sprintf("%s is left out by .dockerignore (%v)", name, err)
		}
	}
	return ""
}

func TestImageIsBuiltFromEveryFileOfTheRepository(t *testing.T) {
	t.Parallel()
	listed, err := exec.CommandContext(t.Context(), "git", "-C", repository, "ls-files", "-z").Output()
	if err != nil {
		t.Skip("this is no clone: ", err)
	}
	files := append(strings.Split(strings.TrimRight(string(listed), "\x00"), "\x00"), ".git/HEAD", ".git/index")
	ignore := ignored(t)
	for _, name := range files {
		if skipped, err := ignore.MatchesOrParentMatches(name); err != nil || skipped {
			t.Errorf("%s is left out by .dockerignore (%v): the version would say that the source was changed", name, err)
		}
	}
}

func TestImageIsNotBuiltFromWhatAMachineLeaves(t *testing.T) {
	t.Parallel()
	ignore := ignored(t)
	for _, name := range []string{
		".env", ".data/store.db", "bin/goodpractice", "coverage.out", "cmd/goodpractice/cpu.prof", "internal/search/search.test",
		"web/playground/node_modules/vite/package.json", "web/playground/dist/index.html", "internal/e2e/out/page.png",
		"internal/web/assets/playground/index.html.gz",
	} {
		if skipped, err := ignore.MatchesOrParentMatches(name); err != nil || !skipped {
			t.Errorf("%s is sent to the build (%v)", name, err)
		}
	}
}

func TestSourceFault(t *testing.T) {
	t.Parallel()
	ignore := ignored(t)
	for source, want := range map[string]string{"go.mod": "", "docs/examples": "", ".": "", "missing": "not in the repository"} {
		if got := sourceFault(ignore, source); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("sourceFault(%q) = %q, want %q", source, got, want)
		}
	}
}
