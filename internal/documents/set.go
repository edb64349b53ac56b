package documents

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
)

// Check tells what is wrong with a document: it must be one that the API would run. name is the operation that is meant, and
// kind its type (query, mutation or subscription); each is "" where that was not said, and a document without a name must hold
// one operation. The error is plain English.
type Check func(text, name, kind string) error

// Set holds trusted documents. It does not change, and may be used concurrently.
type Set struct {
	texts map[string]string
}

// Verify names every document that fails the check.
func Verify(list []Document, check Check) error {
	var faults faults
	for _, d := range list {
		if err := check(d.Text, d.Name, d.Type); err != nil {
			faults.add(d.ID, err.Error())
		}
	}
	return faults.err()
}

// Read reads the manifests of a folder, which are its files *.json; others are left alone, and so are folders in it. The same
// document may be in several manifests. An error names the files and keys of everything that is wrong, one line for each; a
// folder without a manifest is one.
func Read(folder fs.FS, check Check) (*Set, error) {
	files, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("read the folder: %w", err)
	}
	var (
		set  = &Set{texts: map[string]string{}}
		errs []error
		some bool
	)
	for _, file := range files {
		if file.IsDir() || path.Ext(file.Name()) != ".json" {
			continue
		}
		some = true
		list, err := readFile(folder, file.Name())
		if err == nil {
			err = errors.Join(Verify(list, check), set.add(list))
		}
		errs = append(errs, inFile(file.Name(), err)...)
	}
	if !some {
		return nil, errors.New("there is no manifest: put files *.json into the folder, such as persisted-documents.json")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return set, nil
}

// readFile reads one manifest.
func readFile(folder fs.FS, name string) (_ []Document, err error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open it: %w", err)
	}
	defer file.Close() //nolint:errcheck // It was only read.
	manifest, err := io.ReadAll(io.LimitReader(file, MaxManifestBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read it: %w", err)
	}
	return Parse(manifest)
}

// inFile puts the name of a file before each fault.
func inFile(name string, err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{fmt.Errorf("%s: %w", name, err)}
	}
	var errs []error
	for _, one := range joined.Unwrap() {
		errs = append(errs, inFile(name, one)...)
	}
	return errs
}

// add takes documents in, and names those whose id stands for another text already.
func (s *Set) add(list []Document) error {
	var faults faults
	for _, d := range list {
		if text, ok := s.texts[d.ID]; ok && text != d.Text {
			faults.add(d.ID, "the id stands for another document already")
			continue
		}
		s.texts[d.ID] = d.Text
	}
	return faults.err()
}

// Document is the text of a document. The id is as the API has it: see Document.ID.
func (s *Set) Document(id string) (text string, found bool) {
	text, found = s.texts[id]
	return text, found
}

// Len is how many documents there are.
func (s *Set) Len() int { return len(s.texts) }
