package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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

// fieldStamp is stored and not indexed: revision, published revision and status of the document.
const fieldStamp = "stamp"

// class tells how much a match in a text says.
type class string

// The classes of texts. A text of class title in Spanish is in the fields title_x and title_es.
const (
	classTitle  class = "title"
	classLead   class = "lead" // summaries and one-liners
	classBody   class = "body"
	classLabel  class = "label"  // names of linked records
	classHidden class = "hidden" // labels that match and are not shown
)

// plainSuffix is the suffix of the fields of folded words, which are the same in all languages.
const plainSuffix = "x"

// field names a text field.
func (c class) field(suffix string) string { return string(c) + "_" + suffix }

// isStemmed tells whether texts of the class have a field per language beside the plain one.
func (c class) isStemmed() bool { return c != classLabel && c != classHidden }

// classSpec is how a class of texts is scored.
type classSpec struct {
	Class   class
	Weight  float64
	Average float64 // words in a usual text; frozen, so that scores do not move when segments merge
}

// classes lists the classes with their weights.
func classes() []classSpec {
	return []classSpec{
		{classTitle, 3, 12}, {classLead, 1.5, 60}, {classBody, 1, 250}, {classLabel, 1.5, 120}, {classHidden, 1, 20},
	}
}

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

// Constants of the score (BM25F).
const (
	saturation    = 1.8  // k1: how soon more occurrences stop to count
	lengthPenalty = 0.75 // b: how much long texts are held back
	stemWeight    = 0.6  // a match of the stem, beside one of the word itself
)

// mapping is everything that decides what the index holds, to be fingerprinted.
type mapping struct {
	Analysis                        int
	Specimens                       string
	Classes                         []classSpec
	Languages                       []string
	CutLength, TitleLetters         int
	Saturation, LengthPenalty, Stem float64
}

// fingerprint is a hash over the mapping, the analysis and the weights. An index with another one is
// thrown away. Whatever more, less or other is taken from a record changes it by itself.
func (l *linguist) fingerprint() (string, error) {
	m := mapping{
		Analysis: analysisVersion, Specimens: l.specimens(), Classes: classes(),
		CutLength: cutLength, TitleLetters: titleLetters,
		Saturation: saturation, LengthPenalty: lengthPenalty, Stem: stemWeight,
	}
	for _, x := range l.languages {
		m.Languages = append(m.Languages, x.tag+"="+x.field())
	}
	b, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("fingerprint of the mapping: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
