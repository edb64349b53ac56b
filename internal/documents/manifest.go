package documents

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a manifest.
const (
	MaxManifestBytes = 16 << 20
	maxIDBytes       = 200
	maxFaults        = 20 // told of at once
)

// apolloFormat is what Apollo's manifests say of themselves.
const apolloFormat = "apollo-persisted-query-manifest"

// Document is one trusted document.
type Document struct {
	ID   string // sha256: and 64 hexadecimal digits of lower case, or as the manifest has it.
	Text string
	Name string // The operation that is meant, where the manifest says so.
	Type string // Its type, where the manifest says so: query, mutation or subscription.
}

// Parse reads a manifest. Documents come in the order of the manifest. An error is plain English, and names the key of what
// is wrong; texts are not looked at but for their hashes, see Verify.
func Parse(manifest []byte) ([]Document, error) {
	if len(manifest) > MaxManifestBytes {
		return nil, fmt.Errorf("it is longer than %d MB", MaxManifestBytes>>20)
	}
	members, err := object(manifest)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.key == "operations" || m.key == "format" {
			return parseApollo(members)
		}
	}
	var (
		list   []Document
		faults faults
	)
	for _, m := range members {
		d := Document{ID: m.key}
		if json.Unmarshal(m.value, &d.Text) != nil || m.value[0] != '"' {
			faults.add(m.key, "its value is not the text of a document")
			continue
		}
		list = faults.keep(list, d)
	}
	return list, faults.err()
}

// parseApollo reads the form that names its operations.
func parseApollo(members []member) ([]Document, error) {
	var (
		format     string
		version    json.Number
		operations []struct{ ID, Body, Name, Type string }
	)
	for _, m := range members {
		var err error
		switch m.key {
		case "format":
			err = json.Unmarshal(m.value, &format)
		case "version":
			err = json.Unmarshal(m.value, &version)
		case "operations":
			err = json.Unmarshal(m.value, &operations)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: it has not the form of Apollo's manifests", m.key)
		}
	}
	if format != apolloFormat || version != "1" {
		return nil, fmt.Errorf("format: it must be %s in version 1", apolloFormat)
	}
	var (
		list   []Document
		faults faults
	)
	for i, o := range operations {
		if o.ID == "" {
			faults.add(fmt.Sprintf("operations[%d]", i), "the id is missing")
			continue
		}
		list = faults.keep(list, Document{ID: o.ID, Text: o.Body, Name: o.Name, Type: o.Type})
	}
	return list, faults.err()
}

// member is a key of an object with its value.
type member struct {
	key   string
	value json.RawMessage
}

var errNoObject = errors.New("it is not one JSON object in UTF-8")

// object takes a JSON object apart. A key that is there twice is refused: nobody could tell which one is meant.
func object(text []byte) ([]member, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, errNoObject
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, errNoObject
	}
	var members []member
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		key, ok := token.(string)
		if err != nil || !ok {
			return nil, errNoObject
		}
		m := member{key: key}
		if err := decoder.Decode(&m.value); err != nil {
			return nil, errNoObject
		}
		if seen[key] {
			return nil, fmt.Errorf("%s: the key is there twice", shown(key))
		}
		seen[key] = true
		members = append(members, m)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, errNoObject
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errNoObject
	}
	return members, nil
}

// faults collects what is wrong with a manifest.
type faults struct {
	list []error
	more int
}

func (f *faults) add(key, what string) {
	if len(f.list) == maxFaults {
		f.more++
		return
	}
	f.list = append(f.list, fmt.Errorf("%s: %s", shown(key), what))
}

// keep adds a document to the list if it is well formed.
func (f *faults) keep(list []Document, d Document) []Document {
	key := d.ID
	d.ID = canonical(d.ID)
	digest, isHash := strings.CutPrefix(d.ID, sha256Prefix)
	switch {
	case d.ID == "" || len(d.ID) > maxIDBytes || strings.ContainsFunc(d.ID, isUnfit):
		f.add(key, fmt.Sprintf("an id has 1 to %d characters and no spaces", maxIDBytes))
	case strings.TrimSpace(d.Text) == "":
		f.add(key, "the document is empty")
	case isHash && !isDigest(digest):
		f.add(key, "after sha256: there must be 64 hexadecimal digits")
	case isHash && digest != hashOf(d.Text):
		f.add(key, "the SHA-256 of the document is another: "+hashOf(d.Text))
	default:
		list = append(list, d)
	}
	return list
}

func (f *faults) err() error {
	if f.more > 0 {
		return errors.Join(append(f.list, fmt.Errorf("and %d more", f.more))...)
	}
	return errors.Join(f.list...)
}

// isUnfit tells whether a character may not be in an id.
func isUnfit(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError }

// shown is a key as it may be printed.
func shown(key string) string {
	if len(key) > maxIDBytes {
		key = strings.ToValidUTF8(key[:maxIDBytes], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, key)
}

const sha256Prefix = "sha256:"

// canonical is the one spelling of an id, as the API looks for it: 64 hexadecimal digits are a SHA-256, whether they say so
// or not.
func canonical(id string) string {
	digest := strings.ToLower(id)
	if isDigest(strings.TrimPrefix(digest, sha256Prefix)) {
		return sha256Prefix + strings.TrimPrefix(digest, sha256Prefix)
	}
	return id
}

func isDigest(text string) bool {
	return len(text) == 2*sha256.Size && strings.Trim(text, "0123456789abcdef") == ""
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
