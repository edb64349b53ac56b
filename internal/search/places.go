package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/semantics"
)

// recordPlaces are where records are in the space of a model: their vectors lie one behind the other, so that one can be
// compared with all. Whoever changes them does it alone.
type recordPlaces struct {
	numbers map[knowledge.ID]uint32
	records []placedRecord // by number
	free    []uint32       // numbers of records that are gone
	vectors *semantics.Vectors
}

// placedRecord is a record that has a number. One without words that the model knows has a vector without direction.
type placedRecord struct {
	id       knowledge.ID // empty where it is gone
	revision uint32
	isHidden bool // not public: it is compared with public ones for those who may see it
}

// newPlaces makes room for the records of a model; nil for none, where nothing has a place.
func newPlaces(model *semantics.Model, records int) *recordPlaces {
	p := &recordPlaces{numbers: make(map[knowledge.ID]uint32, records)}
	if model != nil {
		p.vectors = model.NewVectors()
		p.vectors.Grow(records)
		p.records = make([]placedRecord, 0, records)
	}
	return p
}

// put gives a record a place, in the stead of one that it had.
func (p *recordPlaces) put(r placedRecord, at semantics.Vector) {
	n, ok := p.numbers[r.id]
	if last := len(p.free) - 1; !ok && last >= 0 {
		n, p.free = p.free[last], p.free[:last]
	} else if !ok {
		n = uint32(len(p.records))
		p.records = append(p.records, placedRecord{})
	}
	p.numbers[r.id], p.records[n] = n, r
	p.vectors.Put(n, at)
}

// drop takes a record out.
func (p *recordPlaces) drop(id knowledge.ID) {
	if n, ok := p.numbers[id]; ok {
		delete(p.numbers, id)
		p.records[n] = placedRecord{}
		p.vectors.Put(n, semantics.Vector{})
		p.free = append(p.free, n)
	}
}

// vectorOf is the place of a record; false for one that has none.
func (p *recordPlaces) vectorOf(id knowledge.ID) (semantics.Vector, bool) {
	n, ok := p.numbers[id]
	if !ok {
		return semantics.Vector{}, false
	}
	v := p.vectors.At(n)
	return v, !v.IsZero()
}

// nearest lists the public entries that are nearest to a record, with their cosines as scores; of equally near ones
// the one with the lower id comes first, whatever the order in which they were placed.
func (p *recordPlaces) nearest(id knowledge.ID, n int) []knowledge.Hit {
	to, ok := p.vectorOf(id)
	if !ok {
		return nil
	}
	near := p.vectors.NearestBy(to, n, func(doc uint32) bool {
		r := &p.records[doc]
		return !r.isHidden && r.id != id && r.id != "" && r.id.Kind().IsEntry()
	}, func(a, b uint32) bool { return p.records[a].id < p.records[b].id })
	out := make([]knowledge.Hit, len(near))
	for i, x := range near {
		out[i] = knowledge.Hit{ID: p.records[x.Doc].id, Score: float64(x.Cosine)}
	}
	return out
}

// placesFile keeps the places beside the segments of a generation. It has ids, revisions and numbers, and no word of
// a record. What is in it counts only for records that the index has in the same revision.
const placesFile = "places"

// placesMagic begins the file and ends with its version. Then come the checksum of the model, the number of records
// and the size of a vector, for each record the length of its id, the id, the revision and the vector, and a
// checksum of all that. Numbers have 4 bytes, the lowest first; lengths have one.
const placesMagic = "goodpractice places 1\n"

var (
	castagnoli       = crc32.MakeTable(crc32.Castagnoli)
	errDamagedPlaces = errors.New("the places of records are damaged")
)

// encode writes the places down.
func (p *recordPlaces) encode(model uint32) []byte {
	size := p.vectors.Size()
	b := make([]byte, 0, len(placesMagic)+16+len(p.numbers)*(size+64))
	b = append(b, placesMagic...)
	b = binary.LittleEndian.AppendUint32(b, model)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(p.numbers)))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	for n, r := range p.records {
		if r.id == "" {
			continue
		}
		b = append(append(b, uint8(len(r.id))), r.id...) // Ids are short.
		b = binary.LittleEndian.AppendUint32(b, r.revision)
		b = p.vectors.Append(b, uint32(n))
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// decodePlaces reads what encode wrote of a model. All records are hidden until the index tells more of them.
func decodePlaces(b []byte, model *semantics.Model, name uint32) (*recordPlaces, error) {
	head := len(placesMagic) + 12
	if len(b) < head+4 || string(b[:len(placesMagic)]) != placesMagic {
		return nil, errDamagedPlaces
	}
	body := b[:len(b)-4]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(b[len(body):]) {
		return nil, errDamagedPlaces
	}
	numbers := body[len(placesMagic):head]
	count, size := int(binary.LittleEndian.Uint32(numbers[4:])), int(binary.LittleEndian.Uint32(numbers[8:]))
	if body = body[head:]; binary.LittleEndian.Uint32(numbers) != name || count > len(body)/(size+5) {
		return nil, errDamagedPlaces
	}
	p := newPlaces(model, count)
	if size != p.vectors.Size() {
		return nil, errDamagedPlaces
	}
	for n := range count {
		if len(body) == 0 || len(body) < 1+int(body[0])+4+size {
			return nil, errDamagedPlaces
		}
		end := 1 + int(body[0])
		id := knowledge.ID(body[1:end])
		p.records = append(p.records, placedRecord{id, binary.LittleEndian.Uint32(body[end:]), true})
		p.numbers[id] = uint32(n)
		p.vectors.Read(body[end+4:])
		body = body[end+4+size:]
	}
	if len(body) > 0 || len(p.numbers) != count {
		return nil, errDamagedPlaces
	}
	return p, nil
}

// savePlaces keeps the places in the directory of the generation.
func (g *Generation) savePlaces() error {
	m := &g.meanings
	m.mu.Lock()
	if g.dir == "" || m.model == nil {
		m.mu.Unlock()
		return nil
	}
	b := m.records.encode(m.name)
	m.unsaved = 0
	m.mu.Unlock()
	path := filepath.Join(g.dir, placesFile)
	err := os.WriteFile(path+".new", b, 0o600)
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("keep where records are: %w", err)
	}
	return nil
}

// loadPlaces reads the places that records had in the model; empty ones where there are none, or damaged ones.
func (g *Generation) loadPlaces(model *semantics.Model) *recordPlaces {
	if g.dir != "" && model != nil {
		b, err := os.ReadFile(filepath.Join(g.dir, placesFile))
		if err == nil {
			if p, err := decodePlaces(b, model, nameOfModel(model)); err == nil {
				return p
			}
		}
	}
	return newPlaces(model, 0)
}

// confirm notes that the index has a record in a revision; false where its place is that of another one.
func (p *recordPlaces) confirm(id knowledge.ID, revision uint32, isHidden bool) bool {
	n, ok := p.numbers[id]
	if !ok || p.records[n].revision != revision {
		return false
	}
	p.records[n].isHidden = isHidden
	return true
}

// keep drops all records but those with a number among these.
func (p *recordPlaces) keep(living []bool) {
	for n := range p.records {
		if id := p.records[n].id; id != "" && !living[n] {
			p.drop(id)
		}
	}
}
