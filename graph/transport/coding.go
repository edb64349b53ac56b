package transport

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding of HTTP.
type coding int

// The codings of kept answers, the later ones preferred; codings is their number.
const (
	codingNone coding = iota
	codingZstd
	codingGzip // Some clients say that they read zstd and cannot.
	codings
)

// String is the name of the coding in HTTP.
func (c coding) String() string {
	return [codings]string{"identity", "zstd", "gzip"}[c]
}

// pack writes a body in the coding.
func (c coding) pack(body []byte) []byte {
	var b bytes.Buffer
	switch c {
	case codingGzip:
		w := gzip.NewWriter(&b)
		_, _ = w.Write(body) // A buffer takes everything.
		_ = w.Close()
	case codingZstd:
		// A writer of its own: it is made once for an answer, and would keep its memory otherwise.
		w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
		if err != nil {
			return body // The options are constants.
		}
		defer w.Close() //nolint:errcheck // It writes nowhere.
		return w.EncodeAll(body, make([]byte, 0, len(body)/2))
	default:
		return body
	}
	return b.Bytes()
}

// acceptedCoding chooses by an Accept-Encoding header (RFC 9110 section 12.5.3): the one the client prefers, and of equals
// the one that every client reads. Where nothing of ours is named, bodies go as they are.
func acceptedCoding(values []string) coding {
	best, most := codingNone, 0.0
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			name, parameter, _ := strings.Cut(part, ";")
			var c coding
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "gzip", "x-gzip":
				c = codingGzip
			case "zstd":
				c = codingZstd
			default:
				continue
			}
			quality := weight(parameter)
			if quality > most || quality == most && quality > 0 && c > best {
				best, most = c, quality
			}
		}
	}
	return best
}

// weight reads a parameter "q=…"; a missing one counts as 1, and one that cannot be read as never.
func weight(parameter string) float64 {
	parameter = strings.TrimSpace(parameter)
	if parameter == "" {
		return 1
	}
	name, value, _ := strings.Cut(parameter, "=")
	quality, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if !strings.EqualFold(strings.TrimSpace(name), "q") || err != nil || !(quality >= 0 && quality <= 1) {
		return 0
	}
	return quality
}
