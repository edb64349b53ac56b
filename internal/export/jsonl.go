package export

import (
	"encoding/json"
	"io"
)

// lines writes JSON Lines: each record as the API answers it, with its cursor before the rest.
type lines struct{ w io.Writer }

func newLines(w io.Writer, _ about) output { return lines{w} }

func (l lines) begin() error     { return nil }
func (l lines) end(string) error { return nil }

func (l lines) record(r *Record) error {
	cursor, err := json.Marshal(r.Cursor)
	if err != nil {
		return err
	}
	line := append([]byte(`{"cursor":`), cursor...)
	line = append(line, ',')
	line = append(line, r.Raw[1:]...) // An object, which is never empty.
	_, err = l.w.Write(append(line, '\n'))
	return err
}
