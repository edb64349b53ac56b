package catalog

import (
	"context"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

// DocumentDraft is a document that a partner is to be trusted with: one line of a manifest as tools write it.
type DocumentDraft struct{ ID, Text string }

// ReadDocument gives the name of the operation in a document, or tells in plain English what is wrong with it.
type ReadDocument func(text string) (name string, err error)

// maxDocumentFaults is how many documents with faults are told of.
const maxDocumentFaults = 20

// SetDocuments puts documents in the place of those that a partner was trusted with; for administrators. Read is
// called for each of them, after who asks and what the documents are by themselves was found right.
func (c *Catalog) SetDocuments(
	ctx context.Context, t Target, drafts []DocumentDraft, read ReadDocument, request knowledge.Request,
) (Saved, error) {
	return c.change(ctx, t, edit{
		action: knowledge.ActionUpdate, request: request, content: []any{t.Revision, "documents", drafts},
		apply: func(e knowledge.Entity) (knowledge.Problems, error) {
			if p := mayEdit(ctx, e); p != nil {
				return p, nil
			}
			partner := e.(*knowledge.Partner) // The target's kind.
			partner.Documents = make([]knowledge.TrustedDocument, len(drafts))
			for i, d := range drafts {
				partner.Documents[i] = knowledge.TrustedDocument{ID: knowledge.CanonicalDocumentID(d.ID), Text: d.Text}
			}
			if p := partner.Problems(); len(p) > 0 {
				return p, nil
			}
			return readDocuments(partner.Documents, read), nil
		},
	})
}

// readDocuments gives each document its name, and tells of those that cannot be run.
func readDocuments(documents []knowledge.TrustedDocument, read ReadDocument) knowledge.Problems {
	var problems knowledge.Problems
	for i := range documents {
		name, err := read(documents[i].Text)
		if documents[i].Name = name; err == nil {
			continue
		}
		first, n := utf8.DecodeRuneInString(err.Error())
		fault := string(unicode.ToUpper(first)) + strings.TrimSuffix(err.Error()[n:], ".") + "." // They are for people here.
		problems = append(problems, knowledge.Refuse(knowledge.CodeInvalidFormat, fault, "documents", strconv.Itoa(i), "text")...)
		if len(problems) == maxDocumentFaults {
			break
		}
	}
	return problems
}
