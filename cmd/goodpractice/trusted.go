package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"goodpractice/graph"
	"goodpractice/internal/documents"
	"goodpractice/internal/knowledge"
)

// trusted is the documents that the operator agrees to: those of a folder, and those of the partners.
type trusted struct {
	*documents.Set // Nil where no folder was named.

	ofPartners func(id string) (text string, found bool)
	isOnly     bool
}

// trustedDocuments reads the folder that the settings name.
func (s *server) trustedDocuments(ctx context.Context) (trusted, error) {
	t := trusted{ofPartners: s.partners.Document, isOnly: s.settings.TrustedOnly}
	if s.settings.Documents == "" {
		return t, nil
	}
	set, err := documents.Read(os.DirFS(s.settings.Documents), graph.CheckDocument)
	if err != nil {
		return t, fmt.Errorf("--documents %s:\n  %s", s.settings.Documents, strings.ReplaceAll(err.Error(), "\n", "\n  "))
	}
	s.log.InfoContext(ctx, "trusted documents", "documents", set.Len())
	t.Set = set
	return t, nil
}

// Document is graph.Options.Documents.
func (t trusted) Document(id string) (text string, found bool) {
	if t.Set != nil {
		if text, found = t.Set.Document(id); found {
			return text, true
		}
	}
	return t.ofPartners(id)
}

// only is graph.Options.TrustedOnly.
func (t trusted) only(ctx context.Context) bool {
	return t.isOnly && knowledge.ReaderFrom(ctx).Actor.Role == knowledge.RoleAnonymous
}
