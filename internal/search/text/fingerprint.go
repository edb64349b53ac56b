package text

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// analysisVersion is part of the fingerprint. Raise it when the code changes what terms a text gives in a way
// that the tables do not show: another tokenizer, another stemmer.
const analysisVersion = 1

// Fingerprint is a hash over what terms depend on. An index that was made with another one holds terms
// that the words of a query no longer meet.
func (l *Languages) Fingerprint() string {
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, analysisVersion, cutLength, maxWordLetters, foldTable)
	for _, x := range l.all {
		_, _ = fmt.Fprintln(sum, x.Tag, x.suffix, x.scripts, slices.Sorted(maps.Keys(x.stop)))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
