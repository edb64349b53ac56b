package graph_test

import (
	"bufio"
	"io"
	"strings"
)

// dataOnly reads an event stream as the values of its data fields, one after the other.
func dataOnly(body io.Reader) io.Reader {
	reader, writer := io.Pipe()
	go func() {
		lines := bufio.NewScanner(body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
				if _, err := io.WriteString(writer, data+"\n"); err != nil {
					return
				}
			}
		}
		_ = writer.CloseWithError(io.EOF)
	}()
	return reader
}
