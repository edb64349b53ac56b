package semantics

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"slices"
)

// A file is the magic, which ends with the version, the rank and the number of terms, the terms in ascending order,
// each as its length, its bytes and its components, and the checksum of all that. Numbers have 4 bytes, the lowest
// first, but for the length of a term, which has 2.
const (
	magic = "goodpractice semantics 1\n"
	// maxComponent is far above what training gives: the logarithm of the number of documents.
	maxComponent = 1e6
)

var (
	errDamaged = errors.New("the file is damaged")
	errForeign = errors.New("the file is not a model of this version")
)

func checksum() hash.Hash32 { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }

// Save writes the model for Load: 4 bytes for each term and dimension. Terms longer than 65,535 bytes are an error.
func (m *Model) Save(w io.Writer) error {
	sum := checksum()
	out := bufio.NewWriter(io.MultiWriter(w, sum))
	buffer := append([]byte(nil), magic...)
	buffer = binary.LittleEndian.AppendUint32(buffer, uint32(m.terms.width))
	buffer = binary.LittleEndian.AppendUint32(buffer, uint32(len(m.names)))
	for i, name := range m.names {
		if len(name) > math.MaxUint16 {
			return fmt.Errorf("save the model: a term of %d bytes", len(name))
		}
		buffer = binary.LittleEndian.AppendUint16(buffer, uint16(len(name)))
		buffer = append(buffer, name...)
		for _, x := range m.terms.row(i) {
			buffer = binary.LittleEndian.AppendUint32(buffer, math.Float32bits(x))
		}
		if _, err := out.Write(buffer); err != nil {
			return fmt.Errorf("save the model: %w", err)
		}
		buffer = buffer[:0]
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("save the model: %w", err)
	}
	if _, err := w.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32())); err != nil {
		return fmt.Errorf("save the model: %w", err)
	}
	return nil
}

// Load reads what Save wrote, and what follows up to the buffer's end is lost. A file of another version, one that is
// damaged or cut off, and one that holds anything impossible are errors. Memory grows with what is read, whatever a
// file says of its own size.
func Load(r io.Reader) (*Model, error) {
	f := &file{r: bufio.NewReader(r), sum: checksum()}
	m, err := f.model()
	if err != nil {
		return nil, fmt.Errorf("load the model: %w", err)
	}
	return m, nil
}

// file reads the parts of a file and sums them up.
type file struct {
	r      *bufio.Reader
	sum    hash.Hash32
	buffer []byte
}

// next reads n bytes, which are valid until the next call.
func (f *file) next(n int) ([]byte, error) {
	f.buffer = slices.Grow(f.buffer[:0], n)[:n]
	if _, err := io.ReadFull(f.r, f.buffer); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errDamaged
		}
		return nil, err
	}
	_, err := f.sum.Write(f.buffer)
	return f.buffer, err
}

// model reads all of it.
func (f *file) model() (*Model, error) {
	head, err := f.next(len(magic) + 8)
	if err != nil {
		return nil, err
	}
	if string(head[:len(magic)]) != magic {
		return nil, errForeign
	}
	rank, count := binary.LittleEndian.Uint32(head[len(magic):]), binary.LittleEndian.Uint32(head[len(magic)+4:])
	if rank == 0 || rank > maxRank || count == 0 || count > maxTerms {
		return nil, errDamaged
	}
	names, rows, err := f.terms(int(rank), int(count))
	if err != nil {
		return nil, err
	}
	want := f.sum.Sum32()
	tail, err := f.next(4)
	if err != nil {
		return nil, err
	}
	if binary.LittleEndian.Uint32(tail) != want {
		return nil, errDamaged
	}
	return newModel(names, rows), nil
}

// terms reads the terms with their components.
func (f *file) terms(rank, count int) ([]string, *dense, error) {
	var names []string
	var data []float32
	for i := range count {
		if len(data)+rank > cap(data) { // At most as much again as was read so far.
			data = slices.Grow(data, min(max(len(data), rank), count*rank-len(data)))
		}
		length, err := f.next(2)
		if err != nil {
			return nil, nil, err
		}
		name, err := f.next(int(binary.LittleEndian.Uint16(length)))
		if err != nil {
			return nil, nil, err
		}
		if i > 0 && string(name) <= names[i-1] {
			return nil, nil, errDamaged
		}
		names = append(names, string(name))
		row, err := f.next(4 * rank)
		if err != nil {
			return nil, nil, err
		}
		for ; len(row) > 0; row = row[4:] {
			x := math.Float32frombits(binary.LittleEndian.Uint32(row))
			if math.Abs(float64(x)) > maxComponent || x != x {
				return nil, nil, errDamaged
			}
			data = append(data, x)
		}
	}
	return names, &dense{rows: count, width: rank, data: data}, nil
}
