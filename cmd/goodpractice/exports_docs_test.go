package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// Every command of docs/exports.md does what it says: it ends without an error, and has something to show.
func TestTheCommandsOfTheExportsDocument(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not there")
		}
	}
	text, err := os.ReadFile("../../docs/exports.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(blocks) != 6 {
		t.Fatalf("%d blocks of commands, want 6", len(blocks))
	}
	s := sample(t)
	dir := t.TempDir()
	for _, block := range blocks {
		script := strings.NewReplacer("http://127.0.0.1:8080", s.url, "/tmp/", dir+"/", "curl -s", "curl -fs").Replace(block[1])
		command := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", script)
		output, err := command.CombinedOutput()
		toFile := strings.Contains(script, " -o ")
		if err != nil || (len(output) == 0) != toFile || strings.Contains(string(output), `"errors":`) {
			t.Errorf("%s\n%v\n%.500s", script, err, output)
		}
	}
	if table, err := os.ReadFile(dir + "/practices.csv"); err != nil || !strings.HasPrefix(string(table), "id,kind,permalink") {
		t.Errorf("the table is %.100s, error %v", table, err)
	}
}
