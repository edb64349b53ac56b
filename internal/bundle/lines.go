package bundle

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// MaxLine is the number of bytes of the longest line, or row of a table, that Import reads.
const MaxLine = 4 << 20

// byteOrderMark is what some editors put at the beginning of a UTF-8 file.
const byteOrderMark = "\uFEFF"

// item is what one line of a file holds.
type item struct {
	line   int    // where it begins, from 1
	size   int    // in bytes
	bad    string // why it cannot be read; the rest is empty then
	record record // of the flat form
	form   *form  // of the lossless form
}

// itemReader reads a file item by item. Its next gives io.EOF at the end.
type itemReader interface{ next() (item, error) }

// lines reads JSON Lines. Empty lines, a byte order mark and the carriage returns of Windows are
// passed over.
type lines struct {
	from   *bufio.Reader
	number int
}

// next implements itemReader.
func (l *lines) next() (item, error) {
	for {
		line, tooLong, err := l.read()
		if err != nil {
			return item{}, err
		}
		it := item{line: l.number, size: len(line)}
		switch {
		case tooLong:
			it.bad = fmt.Sprintf("The line is longer than %d MiB.", MaxLine>>20)
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			it.decode(line)
		}
		return it, nil
	}
}

// read gives the next line without its end. The rest of a line that is too long is passed over.
func (l *lines) read() (line []byte, tooLong bool, err error) {
	l.number++
	for {
		part, err := l.from.ReadSlice('\n')
		if len(line)+len(part) <= MaxLine+2 { // With a carriage return and a line feed.
			line = append(line, part...)
		} else {
			tooLong = true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) == 0 && !tooLong:
			return nil, false, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, false, fmt.Errorf("read line %d: %w", l.number, err)
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		if l.number == 1 {
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		return line, tooLong || len(line) > MaxLine, nil
	}
}

// decode reads the line in the form that it is in.
func (it *item) decode(line []byte) {
	var err error
	if it.record, err = decodeRecord(line); errors.Is(err, errIsForm) {
		it.form, err = decodeForm(line)
	}
	if err != nil {
		it.bad = err.Error()
	}
}
