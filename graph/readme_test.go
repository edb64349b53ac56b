package graph_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTheReadmeWorks runs the operations of the README as they are printed, as an editor.
func TestTheReadmeWorks(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var operations []string
	for _, block := range regexp.MustCompile("(?s)```graphql\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		operations = append(operations, block[1])
	}
	for _, request := range regexp.MustCompile(`(?s)--data-urlencode 'query=(.*?)'`).FindAllStringSubmatch(string(readme), -1) {
		operations = append(operations, request[1])
	}
	if len(operations) != 3 {
		t.Fatalf("the README has %d operations, want three", len(operations))
	}
	s := seeded(t, embedded)
	for _, operation := range operations {
		answer := s.ask(t, editor, operation, nil)
		if len(answer.Errors) > 0 || strings.Contains(string(answer.body), `"code":`) {
			t.Errorf("%s\nanswers %s", operation, answer.body)
		}
	}
}
