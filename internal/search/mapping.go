package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"goodpractice/internal/search/thesaurus"
)

// Keyword fields. Each value is one term, kept as it is.
const (
	fieldID        = "_id" // Bleve's own
	fieldKind      = "kind"
	fieldStatus    = "status"
	fieldSlug      = "slug"
	fieldRef       = "ref" // "RELATION:ID" for each reference, and the bare id of each noun that the document depends on
	fieldTheme     = "theme"
	fieldGroup     = "group"
	fieldAuthority = "authority"
	fieldCountry   = "country"
	fieldLanguage  = "language"
	fieldYear      = "year"
	fieldEvidence  = "evidence"
	fieldOutcome   = "outcome"
	fieldOwner     = "owner" // who reads an entry that is not public: ids of authorities, and "by:" + the id of its maker
	fieldTitle     = "title_sort"
)

// Number fields: milliseconds since 1970 in eight bytes, so that terms sort as the numbers do.
const (
	fieldCreated   = "createdAt"
	fieldUpdated   = "updatedAt"
	fieldPublished = "publishedAt"
)

// Fields of what a record says as a whole.
const (
	// fieldLength and the name of a class: how many words the record has in the class, in one of its languages
	// on average, in decimal.
	fieldLength = "length_"
	// fieldLexis and a language: the words in lower case that a public record uses, each once. Spelling,
	// completion and the language of a query are learned from them, so no word of a draft may be there.
	fieldLexis = "lexis_"
)

// fieldStamp is stored and not indexed: revision, published revision and status of the document.
const fieldStamp = "stamp"

// class is a sort of texts: it tells how much a match in one says.
type class string

// The classes of texts. A text of class title in Spanish is in the fields title_x and title_es.
const (
	classTitle  class = "title"
	classLead   class = "lead" // summaries and one-liners
	classBody   class = "body"
	classLabel  class = "label"  // names of linked records
	classHidden class = "hidden" // labels that match and are not shown
	className   class = "name"   // names and notes of nouns: apart, so that they do not count as short entries
	classCalled class = "called" // names of nouns alone, hidden ones too: phrases in names of linked records are found by them
)

// Suffixes of fields beside those of languages.
const (
	plainSuffix   = "x" // folded words, which are the same in all languages
	conceptSuffix = "c" // terms of the thesaurus that words in any language stand for
)

// field names a text field.
func (c class) field(suffix string) string { return string(c) + "_" + suffix }

// isRunning tells whether texts of the class are sentences in one language. They have fields for stems and
// for concepts beside the plain one, and their length counts.
func (c class) isRunning() bool { return c == classTitle || c == classLead || c == classBody }

// hasConcepts tells whether terms of the thesaurus are looked for in texts of the class: in sentences, and in the
// labels that a record is filed under.
func (c class) hasConcepts() bool { return c.isRunning() || c == classLabel }

// hasPlaces tells whether the plain field keeps the places of words, for phrases. Names of linked records are in very
// many records: without places there, the index of 100,000 records is a third smaller. See phrase.lent.
func (c class) hasPlaces() bool { return !c.isLent() }

// isLent tells whether texts of the class are names that other records lend, or hidden names, a noun's own among them.
func (c class) isLent() bool { return c == classLabel || c == classHidden }

// isStemmed tells whether texts of the class have a field of stems for each language.
func (c class) isStemmed() bool { return c.isRunning() || c == className }

// runningClasses lists the classes whose length counts.
func runningClasses() []class { return []class{classTitle, classLead, classBody} }

// classOf is the class of a block's text by the name of its field. A new field is a body.
func classOf(name string) class {
	switch name {
	case "title":
		return classTitle
	case "oneLiner", "summary":
		return classLead
	default:
		return classBody
	}
}

// mapping is everything that decides what the index holds, to be fingerprinted.
type mapping struct {
	Texts        string
	Thesaurus    string
	Specimens    string
	TitleLetters int
	Languages    []string
}

// fingerprint is a hash over the mapping, the analysis and the thesaurus. An index with another one is thrown
// away. Whatever more, less or other is taken from a record changes it by itself, and so does another analysis. The
// thesaurus takes part by its file, which is not read for that.
func (l *linguist) fingerprint() (string, error) {
	specimens, err := l.specimens(specimenTerms)
	if err != nil {
		return "", err
	}
	m := mapping{
		Texts: l.languages.Fingerprint(), Thesaurus: thesaurus.BuiltIn(), Specimens: specimens, TitleLetters: titleLetters,
	}
	for _, x := range l.languages.All() {
		m.Languages = append(m.Languages, x.Tag+"="+x.Suffix())
	}
	b, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("fingerprint of the mapping: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
