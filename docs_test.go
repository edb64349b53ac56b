package goodpractice_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxArchitectureLines keeps ARCHITECTURE.md a text that is read in one go.
const maxArchitectureLines = 150

// document is what the checks need of a Markdown file.
type document struct {
	path     string   // Relative to the module, with slashes.
	links    []string // Destinations of links and images, as written.
	headings []string // In order, each as a word of its level's marks and its text: "## [Unreleased]".
	anchors  []string // Where a link with # may lead.
	code     []string // Spans and blocks of code.
}

func TestDocumentsAreThere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "docs/decisions/0000-template.md",
	} {
		if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
			t.Error(err)
		}
	}
}

func TestDocumentsLinkToWhatExists(t *testing.T) {
	t.Parallel()
	for _, fault := range linkFaults(os.DirFS("."), documents(t)) {
		t.Error(fault)
	}
}

func TestDocumentsNameMakeTargetsThatExist(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range commandFaults(string(makefile), documents(t)) {
		t.Error(fault)
	}
}

func TestArchitectureIsReadInOneGo(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(content), "\n"); lines > maxArchitectureLines {
		t.Errorf("ARCHITECTURE.md has %d lines, %d at most", lines, maxArchitectureLines)
	}
}

func TestChangelogBeginsWithWhatIsNotReleased(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	isRelease := func(heading string) bool { return strings.HasPrefix(heading, "## ") }
	headings := readDocument("CHANGELOG.md", content).headings
	first := slices.IndexFunc(headings, isRelease)
	if first < 0 || headings[first] != "## [Unreleased]" {
		t.Errorf("CHANGELOG.md: the first release must be ## [Unreleased]; headings: %q", headings)
	}
}

// linkFaults says which relative links lead nowhere: to a file that is not there, or to a heading that it does not have.
func linkFaults(files fs.FS, docs []document) []string {
	anchors := make(map[string][]string)
	for _, doc := range docs {
		anchors[doc.path] = doc.anchors
	}
	var faults []string
	for _, doc := range docs {
		for _, link := range doc.links {
			target, err := url.Parse(link)
			if err != nil {
				faults = append(faults, fmt.Sprintf("%s: %v", doc.path, err))
				continue
			}
			if target.IsAbs() || target.Host != "" {
				continue
			}
			name := doc.path
			if target.Path != "" {
				name = path.Join(path.Dir(doc.path), target.Path)
			}
			if _, err := fs.Stat(files, name); err != nil {
				faults = append(faults, fmt.Sprintf("%s: the link %s leads nowhere: there is no %s", doc.path, link, name))
			} else if known, isDocument := anchors[name]; isDocument && target.Fragment != "" && !slices.Contains(known, target.Fragment) {
				faults = append(faults, fmt.Sprintf("%s: the link %s leads nowhere: %s has no such heading", doc.path, link, name))
			}
		}
	}
	return faults
}

// commandFaults says which `make` commands in the documents' code have no target in the Makefile.
func commandFaults(makefile string, docs []document) []string {
	targets := make(map[string]bool)
	for _, match := range regexp.MustCompile(`(?m)^([a-z][a-z0-9-]*):`).FindAllStringSubmatch(makefile, -1) {
		targets[match[1]] = true
	}
	command := regexp.MustCompile(`(?m)(?:^|[;&|(]|\$ ) *make +([a-z][a-z0-9-]*)`)
	var faults []string
	for _, doc := range docs {
		for _, code := range doc.code {
			for _, match := range command.FindAllStringSubmatch(code, -1) {
				if !targets[match[1]] {
					faults = append(faults, fmt.Sprintf("%s: the Makefile has no target %s", doc.path, match[1]))
				}
			}
		}
	}
	return faults
}

// documents reads every Markdown file of the project.
func documents(t *testing.T) []document {
	t.Helper()
	var docs []document
	walk(t, ".md", func(name string) {
		content, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, readDocument(name, content))
	})
	return docs
}

// readDocument takes from a Markdown text what the checks need.
func readDocument(name string, content []byte) document {
	doc := document{path: name}
	root := goldmark.New(goldmark.WithParserOptions(parser.WithAutoHeadingID())).Parser().Parse(text.NewReader(content))
	// The walk's only error would be visit's, and it has none.
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			doc.visit(node, content)
		}
		return ast.WalkContinue, nil
	})
	return doc
}

// visit adds what one node of the text contributes.
func (d *document) visit(node ast.Node, content []byte) {
	switch node := node.(type) {
	case *ast.Link:
		d.links = append(d.links, string(node.Destination))
	case *ast.Image:
		d.links = append(d.links, string(node.Destination))
	case *ast.Heading:
		d.headings = append(d.headings, strings.Repeat("#", node.Level)+" "+string(node.Lines().Value(content)))
		if id, found := node.AttributeString("id"); found {
			d.anchors = append(d.anchors, fmt.Sprintf("%s", id))
		}
	case *ast.CodeSpan:
		d.code = append(d.code, spanText(node, content))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		d.code = append(d.code, string(node.Lines().Value(content)))
	}
}

// spanText is the code within backticks.
func spanText(span *ast.CodeSpan, content []byte) string {
	var b strings.Builder
	for child := span.FirstChild(); child != nil; child = child.NextSibling() {
		if segment, ok := child.(*ast.Text); ok {
			b.Write(segment.Value(content))
		}
	}
	return b.String()
}
