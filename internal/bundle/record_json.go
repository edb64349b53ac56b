package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

// errIsForm is returned by decodeRecord for a line of the lossless form.
var errIsForm = errors.New("the line is of the lossless form")

// decodeRecord reads a line of the flat form. Its keys must be known, each at most once.
func decodeRecord(line []byte) (record, error) {
	var r record
	var bad reasons
	fields := reflect.ValueOf(&r).Elem()
	index := map[string]int{}
	for i, key := range recordKeys() {
		index[key] = i
	}
	err := eachKey(line, func(key string, value json.RawMessage) error {
		i, ok := index[key]
		switch {
		case key == "form":
			return errIsForm
		case !ok:
			bad.add(quoted(key), "This key is not known.")
		case i < 0:
			bad.add(key, "The key is there twice.")
		default:
			index[key] = -1
			if err := strictly(value, fields.Field(i).Addr().Interface()); err != nil {
				bad.add(key, "%s", expected(fields.Field(i).Type()))
			}
		}
		return nil
	})
	if err == nil && len(bad) > 0 {
		err = reason(bad.String())
	}
	return r, err
}

// eachKey calls visit for each key of the JSON object on the line, in order, and stops at its error.
func eachKey(line []byte, visit func(key string, value json.RawMessage) error) error {
	if !utf8.Valid(line) {
		return reason("The line is not UTF-8. Save the file as UTF-8.")
	}
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil {
		return syntaxError(line, d, err)
	} else if t != json.Delim('{') {
		return reason("The line is no JSON object in braces.")
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return syntaxError(line, d, err)
		}
		key, ok := t.(string)
		if !ok {
			return syntaxError(line, d, nil)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return syntaxError(line, d, err)
		}
		if err := visit(key, value); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return syntaxError(line, d, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return reason(fmt.Sprintf("There is more on the line after the object, at column %d.", column(line, d.InputOffset())))
	}
	return nil
}

// syntaxError says where the JSON of a line breaks off.
func syntaxError(line []byte, d *json.Decoder, err error) error {
	at, what := d.InputOffset(), "this is not JSON"
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		what = syntax.Error()
		if syntax.Offset > at && syntax.Offset <= int64(len(line)) {
			at = syntax.Offset - 1
		}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(what, "unexpected end") {
		at, what = int64(len(line)), "the line ends too early"
	}
	return reason(fmt.Sprintf("JSON, column %d: %s.", column(line, at), what))
}

// column is the place of a byte in characters, from 1.
func column(line []byte, offset int64) int {
	return utf8.RuneCount(line[:min(max(offset, 0), int64(len(line)))]) + 1
}

// strictly decodes a value and refuses keys that its type does not have.
func strictly(value json.RawMessage, into any) error {
	d := json.NewDecoder(bytes.NewReader(value))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// expected says what a key of the flat form takes.
func expected(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[[]city]():
		return `Give a list of cities, each as {"name": "Madrid", "country": "ES"}.`
	case t.Kind() == reflect.Slice:
		return "Give a list of texts in brackets."
	case t == reflect.TypeFor[*int]():
		return "Give a whole number, or null."
	default:
		return "Give a text in quotation marks."
	}
}
