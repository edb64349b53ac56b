package bundle

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"goodpractice/internal/knowledge"
)

// lookAhead finds out which slugs the records of a lossless file gave up. A file that is read more than
// once can go back to its beginning; a flat one that is read once is not kept.
func lookAhead(r io.Reader, o Options) (file *rewound, former map[slugKey]bool, done func(), err error) {
	if !o.Strict && !canGoBack(r) {
		buffered := bufio.NewReaderSize(r, 64<<10)
		if !isLossless(buffered, o.Format) {
			return &rewound{Reader: buffered}, nil, func() {}, nil
		}
		r = buffered
	}
	if file, done, err = rewindable(r); err != nil {
		return nil, nil, nil, err
	}
	if buffered := bufio.NewReaderSize(file.Reader, 64<<10); isLossless(buffered, o.Format) {
		former, err = formerSlugs(buffered)
	}
	if err == nil {
		err = file.rewind()
	}
	if err != nil {
		done()
		return nil, nil, nil, fmt.Errorf("import: %w", err)
	}
	return file, former, done, nil
}

// isLossless tells whether a file begins in the lossless form.
func isLossless(from *bufio.Reader, f Format) bool {
	if f == FormatTable {
		return false
	}
	start, _ := from.Peek(4096) // As much as there is.
	line, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(string(start), byteOrderMark)), "\n")
	return strings.HasPrefix(line, "{") && strings.Contains(line, `"form"`)
}

// slugKey is a slug among those of a kind.
type slugKey struct {
	kind knowledge.Kind
	slug string
}

// glimpse is what the look ahead reads of a line.
type glimpse struct {
	Form    string
	Kind    knowledge.Kind
	Entity  glimpsed
	History []glimpsed
}

type glimpsed struct {
	Slug    string
	Deleted bool
}

// formerSlugs lists the slugs that records of a lossless file had once and have no more. Another record may
// have one of them today, and each has to be saved while the other does not have it: so these records are
// saved last, in the order of time.
func formerSlugs(r *bufio.Reader) (map[slugKey]bool, error) {
	from, former := &lines{from: r}, map[slugKey]bool{}
	var earlier []glimpsed
	for {
		line, tooLong, err := from.read()
		switch {
		case errors.Is(err, io.EOF):
			return former, nil
		case err != nil:
			return nil, err
		case tooLong, len(earlier) == 0 && !hasHistory(line):
			continue
		}
		var g glimpse
		if json.Unmarshal(line, &g) != nil { // It is reported when it is imported.
			continue
		}
		earlier = append(earlier, g.History...)
		if g.Form == formHistory {
			continue
		}
		for _, e := range earlier {
			if e.Slug != "" && (e.Slug != g.Entity.Slug || g.Entity.Deleted) {
				former[slugKey{g.Kind, e.Slug}] = true
			}
		}
		earlier = nil
	}
}

// hasHistory tells whether a line may hold older states. Within a text of JSON no quotation mark stands
// without a backslash, so no text looks like a key.
func hasHistory(line []byte) bool {
	return bytes.Contains(line, []byte(`"history"`)) && !bytes.Contains(line, []byte(`"history":[]`))
}
