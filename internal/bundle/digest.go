package bundle

import (
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// digests remembers which lines a record was made from: the hash of its line by the line's language.
// It is kept in Provenance.Digest as "en:<hash> fr:<hash>".
type digests map[knowledge.LanguageTag]string

// digestsOf reads what the record remembers.
func digestsOf(e knowledge.Entry) digests {
	d := digests{}
	p := e.Core().Provenance
	if p == nil {
		return d
	}
	for item := range strings.FieldsSeq(p.Digest) {
		if language, hash, ok := strings.Cut(item, ":"); ok {
			d[knowledge.LanguageTag(language)] = hash
		}
	}
	return d
}

// String writes the digests in the order of their languages.
func (d digests) String() string {
	items := make([]string, 0, len(d))
	for language, hash := range d {
		items = append(items, string(language)+":"+hash)
	}
	slices.Sort(items)
	return strings.Join(items, " ")
}
