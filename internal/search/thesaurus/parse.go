package thesaurus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// document is the form of the file: JSON-LD with these terms and no others.
type document struct {
	Context json.RawMessage `json:"@context"` // for readers of JSON-LD; it gives each key below its meaning
	Graph   []node          `json:"graph"`
}

// node is the scheme or a concept.
type node struct {
	ID           string                             `json:"id"`
	Type         string                             `json:"type"`
	InScheme     string                             `json:"inScheme"`
	TopConceptOf string                             `json:"topConceptOf"`
	Broader      []string                           `json:"broader"`
	Related      []string                           `json:"related"`
	ExactMatch   []string                           `json:"exactMatch"`
	CloseMatch   []string                           `json:"closeMatch"`
	PrefLabel    map[knowledge.LanguageTag]string   `json:"prefLabel"`
	AltLabel     map[knowledge.LanguageTag][]string `json:"altLabel"`
	HiddenLabel  map[knowledge.LanguageTag][]string `json:"hiddenLabel"`
	ScopeNote    map[knowledge.LanguageTag]string   `json:"scopeNote"`
	Title        map[knowledge.LanguageTag]string   `json:"title"`
	Description  map[knowledge.LanguageTag]string   `json:"description"`
	License      string                             `json:"license"`
	Source       []string                           `json:"source"`
}

// Parse reads a thesaurus. The file is JSON-LD in the form of thesaurus.jsonld. It is refused with an
// error for an unknown key, an identifier that is missing, ill-formed or there twice, a concept without an
// English label, an empty label, one that a concept has twice in a language (SKOS S13), one of more than
// six words, a hidden label without a scope note, a broader or related concept that is not there, and a
// concept that includes itself.
func Parse(file []byte, languages *text.Languages) (*Thesaurus, error) {
	var d document
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return nil, fmt.Errorf("read thesaurus: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read thesaurus: something follows its end")
	}
	t := &Thesaurus{version: versionOf(file), byID: map[string]*Concept{}, languages: languages}
	for _, n := range d.Graph {
		if n.Type == "ConceptScheme" {
			continue
		}
		if err := t.add(n); err != nil {
			return nil, fmt.Errorf("read thesaurus: concept %q: %w", n.ID, err)
		}
	}
	if err := t.relate(d.Graph); err != nil {
		return nil, fmt.Errorf("read thesaurus: %w", err)
	}
	t.prepare()
	return t, nil
}

// idPattern is what an identifier in the file looks like: a fragment of the file's own address.
var idPattern = regexp.MustCompile(`^#[a-z]+(-[a-z]+)*$`)

// add takes a concept without its relations.
func (t *Thesaurus) add(n node) error {
	switch {
	case n.Type != "Concept":
		return fmt.Errorf("the type %q is unknown", n.Type)
	case !idPattern.MatchString(n.ID):
		return errors.New("the identifier has the wrong form")
	case t.byID[n.ID[1:]] != nil:
		return errors.New("the identifier is there twice")
	case n.PrefLabel[english] == "":
		return errors.New("it has no label in English")
	case len(n.HiddenLabel) > 0 && n.ScopeNote[english] == "":
		return errors.New("it has hidden labels and no scope note that says why")
	}
	c := &Concept{ID: n.ID[1:]}
	for _, tag := range slices.Sorted(maps.Keys(n.PrefLabel)) {
		c.labels = append(c.labels, label{tag, n.PrefLabel[tag], preferred})
	}
	for _, tag := range slices.Sorted(maps.Keys(n.AltLabel)) {
		for _, s := range n.AltLabel[tag] {
			c.labels = append(c.labels, label{tag, s, alternative})
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(n.HiddenLabel)) {
		for _, s := range n.HiddenLabel[tag] {
			c.labels = append(c.labels, label{tag, s, hidden})
		}
	}
	t.concepts = append(t.concepts, c)
	t.byID[c.ID] = c
	return c.check()
}

// check looks at each label, and for a label that is there twice.
func (c *Concept) check() error {
	seen := make(map[label]bool, len(c.labels))
	checked := map[knowledge.LanguageTag]bool{}
	for _, l := range c.labels {
		if !checked[l.language] {
			if tag, ok := knowledge.ParseLanguageTag(string(l.language)); !ok || tag != l.language {
				return fmt.Errorf("%q is no language tag", l.language)
			}
			checked[l.language] = true
		}
		if n := len(strings.FieldsFunc(l.text, isBetweenWords)); n > maxWords || !strings.ContainsFunc(l.text, unicode.IsLetter) {
			return fmt.Errorf("the label %q in %s has no letter, or has %d words where %d are allowed", l.text, l.language, n, maxWords)
		}
		same := label{language: l.language, text: l.text}
		if seen[same] {
			return fmt.Errorf("the label %q in %s is there twice", l.text, l.language)
		}
		seen[same] = true
	}
	return nil
}

// relate joins the concepts and refuses one that includes itself.
func (t *Thesaurus) relate(nodes []node) error {
	for _, n := range nodes {
		if n.Type == "ConceptScheme" {
			continue
		}
		c := t.byID[n.ID[1:]]
		var err error
		if c.broader, err = t.all(n.Broader); err != nil {
			return fmt.Errorf("concept %q: broader: %w", n.ID, err)
		}
		if c.related, err = t.all(n.Related); err != nil {
			return fmt.Errorf("concept %q: related: %w", n.ID, err)
		}
	}
	for _, c := range t.concepts {
		for a := range c.Ancestors() {
			if a == c {
				return fmt.Errorf("concept %q includes itself", c.ID)
			}
		}
	}
	return nil
}

func (t *Thesaurus) all(ids []string) ([]*Concept, error) {
	var out []*Concept
	for _, id := range ids {
		c := t.byID[strings.TrimPrefix(id, "#")]
		if c == nil {
			return nil, fmt.Errorf("there is no concept %q", id)
		}
		out = append(out, c)
	}
	return out, nil
}

// isBetweenWords tells whether a character parts the words of a label. Apostrophes do not: what stands before
// one is dropped where texts are cut, or is the beginning of the word.
func isBetweenWords(r rune) bool {
	return r != '\'' && r != '’' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
