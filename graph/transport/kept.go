package transport

import (
	"net/http"
	"strconv"
	"sync/atomic"
)

// leastPacked is the length from which on an answer is packed: a shorter one fits into one packet of the network anyway.
const leastPacked = 1 << 10

// keptResponse is an answer that everybody may have. It does not change, but for its packed forms, which are made when they
// are first wanted.
type keptResponse struct {
	version   uint64
	mediaType string
	tag       string
	body      []byte
	executed  Executed // What is told of each that it is given to.
	packed    [codings]atomic.Pointer[[]byte]
}

// in is the body in a coding. Where packing does not pay, the coding is another than the one asked for.
func (k *keptResponse) in(c coding) ([]byte, coding) {
	if c == codingNone || len(k.body) < leastPacked {
		return k.body, codingNone
	}
	packed := k.packed[c].Load()
	if packed == nil {
		made := c.pack(k.body)
		packed = &made
		k.packed[c].Store(packed)
	}
	if len(*packed) >= len(k.body) {
		return k.body, codingNone
	}
	return *packed, c
}

// give writes a kept answer, or that it is the one the client has. Nothing is parsed or searched.
func (k *keptResponse) give(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["Etag"] = []string{k.tag}
	header["Cache-Control"] = []string{cachePublic}
	if wanted := r.Header["If-None-Match"]; len(wanted) > 0 && matches(wanted, k.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, coding := k.in(acceptedCoding(r.Header["Accept-Encoding"]))
	if coding != codingNone {
		header["Content-Encoding"] = []string{coding.String()}
	}
	header["Content-Type"] = []string{k.mediaType + charsetSuffix}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // The client has left; there is nobody to tell.
}
