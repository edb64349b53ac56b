package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// Reasons for refusing JSON. None quotes it.
var (
	errNotObject = errors.New("not a JSON object in UTF-8")
	errTooDeep   = errors.New("the JSON is nested too deep")
	errDuplicate = errors.New("a key is there twice")
	errTrailing  = errors.New("something follows the JSON object")
)

// checkJSON refuses JSON that is not UTF-8 or nests deeper than a number of lists and objects, in one pass and before
// anything is decoded.
func checkJSON(text []byte, deepest int) error {
	if !utf8.Valid(text) {
		return errNotObject
	}
	depth, inString, escaped := 0, false, false
	for _, c := range text {
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped, inString = c == '\\', c != '"'
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			if depth++; depth > deepest {
				return errTooDeep
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// decodeObject takes a JSON object apart. Unlike encoding/json it tells keys apart by case and refuses a key given twice,
// so that no two readers of one request understand it differently.
func decodeObject(text []byte, deepest int) (map[string]json.RawMessage, error) {
	if err := checkJSON(text, deepest); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, errNotObject
	}
	fields := make(map[string]json.RawMessage)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, errNotObject
		}
		key, ok := token.(string)
		if !ok {
			return nil, errNotObject
		}
		if _, ok := fields[key]; ok {
			return nil, errDuplicate
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, errNotObject
		}
		fields[key] = value
	}
	if _, err := decoder.Token(); err != nil {
		return nil, errNotObject
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errTrailing
	}
	return fields, nil
}

// decodeField decodes one value of an object into target; a value that is not there or null leaves target as it is.
// Numbers keep all their digits.
func decodeField(value json.RawMessage, target any) error {
	if value == nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	return decoder.Decode(target)
}
