package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"goodpractice/graph"
	"goodpractice/internal/documents"
	"goodpractice/internal/knowledge"
)

// trusted is the documents that the operator agrees to: those of a folder, and those of the partners.
type trusted struct {
	folder     fs.FS                         // Nil where none was named.
	ofFolder   atomic.Pointer[documents.Set] // Set before anybody asks, where there is a folder.
	seen       string                        // The state of the folder that was read last. Only the goroutine that reads has it.
	told       string                        // The error that was told last, until the folder was read.
	ofPartners func(id string) (text string, found bool)
	isOnly     bool
}

// lookAtDocuments is how often the folder is looked at.
const lookAtDocuments = 3 * time.Second

// trustedDocuments reads the folder that the settings name.
func (s *server) trustedDocuments(ctx context.Context) (*trusted, error) {
	t := &trusted{ofPartners: s.partners.Document, isOnly: s.settings.TrustedOnly}
	if s.settings.Documents == "" {
		return t, nil
	}
	t.folder = os.DirFS(s.settings.Documents)
	if _, err := t.read(); err != nil {
		return t, fmt.Errorf("--documents %s:\n  %s", s.settings.Documents, strings.ReplaceAll(err.Error(), "\n", "\n  "))
	}
	s.log.InfoContext(ctx, "trusted documents", "documents", t.ofFolder.Load().Len())
	return t, nil
}

// read takes in the folder, unless it is as it was. Where something in it is wrong, what held before holds on, and the error
// comes once.
func (t *trusted) read() (changed bool, err error) {
	state := t.state()
	if state == t.seen {
		return false, nil
	}
	set, err := documents.Read(t.folder, graph.CheckDocument)
	if err != nil { // It may be wrong for a moment only, so it is read again.
		if err.Error() == t.told {
			return false, nil
		}
		t.told = err.Error()
		return false, err
	}
	t.seen, t.told = state, "" // Taken before the files were read: what changed meanwhile is another state.
	t.ofFolder.Store(set)
	return true, nil
}

// state names the state of the folder: its manifests with their lengths, and when they were written.
func (t *trusted) state() string {
	state := []string{"read"}
	names, err := fs.Glob(t.folder, "*.json")
	for _, name := range names {
		info, err := fs.Stat(t.folder, name) // It follows links, which a new version may be put behind.
		if err != nil {
			state = append(state, err.Error())
			continue
		}
		state = append(state, fmt.Sprintf("%s %d %d", name, info.Size(), info.ModTime().UnixNano()))
	}
	return fmt.Sprint(strings.Join(state, "\n"), err)
}

// followDocuments reads the folder of trusted documents again whenever it has changed, until ctx ends. It returns nil.
func (s *server) followDocuments(ctx context.Context) error {
	if s.trusted.folder == nil {
		return nil
	}
	for pause(ctx, lookAtDocuments) == nil {
		changed, err := s.trusted.read()
		switch {
		case err != nil:
			s.log.WarnContext(ctx, "the trusted documents were changed and cannot be read: those from before hold on", "folder", s.settings.Documents, "err", err)
		case changed:
			s.saves.Add(1) // What was answered by the documents from before is not given again.
			s.log.InfoContext(ctx, "trusted documents", "documents", s.trusted.ofFolder.Load().Len())
		}
	}
	return nil
}

// Document is graph.Options.Documents.
func (t *trusted) Document(id string) (text string, found bool) {
	if set := t.ofFolder.Load(); set != nil {
		if text, found = set.Document(id); found {
			return text, true
		}
	}
	return t.ofPartners(id)
}

// only is graph.Options.TrustedOnly.
func (t *trusted) only(ctx context.Context) bool {
	return t.isOnly && knowledge.ReaderFrom(ctx).Actor.Role == knowledge.RoleAnonymous
}
