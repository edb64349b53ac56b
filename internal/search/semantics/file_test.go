package semantics_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"maps"
	"runtime"
	"strings"
	"testing"

	"goodpractice/internal/search/semantics"
)

func TestALoadedModelIsTheSavedOne(t *testing.T) {
	t.Parallel()
	m, _, texts := trained(t, 200)
	file := saved(t, m)
	loaded, err := semantics.Load(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(saved(t, loaded), file) {
		t.Error("saved again, it is another file")
	}
	for _, text := range texts {
		before, after := m.Vector(maps.All(text)), loaded.Vector(maps.All(text))
		if near := semantics.Cosine(before, after); near < 0.9999 {
			t.Fatalf("a text is at %.5f from where it was", near)
		}
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	t.Parallel()
	file := saved(t, train(t, indexed(subjects()), semantics.Options{Rank: 3}))
	for length := range file {
		if _, err := semantics.Load(bytes.NewReader(file[:length])); err == nil {
			t.Fatalf("the first %d of %d bytes are a model", length, len(file))
		}
	}
	for i := range file {
		damaged := bytes.Clone(file)
		damaged[i] ^= 0x10
		if _, err := semantics.Load(bytes.NewReader(damaged)); err == nil {
			t.Fatalf("a file with damage at %d of %d is a model", i, len(file))
		}
	}
	other := bytes.Replace(file, []byte("semantics 1"), []byte("semantics 2"), 1)
	if _, err := semantics.Load(bytes.NewReader(other)); err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("another version: %v", err)
	}
}

// signed makes a file of a rank, a number of terms and a body, with the right checksum.
func signed(rank, terms uint32, body []byte) []byte {
	file := []byte("goodpractice semantics 1\n")
	file = binary.LittleEndian.AppendUint32(file, rank)
	file = binary.LittleEndian.AppendUint32(file, terms)
	file = append(file, body...)
	return binary.LittleEndian.AppendUint32(file, crc32.Checksum(file, crc32.MakeTable(crc32.Castagnoli)))
}

func TestImpossibleFilesAreRefused(t *testing.T) {
	t.Parallel()
	term := func(name string, component uint32) []byte {
		return binary.LittleEndian.AppendUint32(append([]byte{byte(len(name)), 0}, name...), component)
	}
	const one, notANumber, infinite = 0x3F80_0000, 0x7FC0_0000, 0x7F80_0000
	two := func(first, second []byte) []byte { return append(bytes.Clone(first), second...) }
	if _, err := semantics.Load(bytes.NewReader(signed(1, 2, two(term("a", one), term("b", one))))); err != nil {
		t.Fatalf("a possible file: %v", err)
	}
	for name, file := range map[string][]byte{
		"no rank":            signed(0, 2, nil),
		"large rank":         signed(1<<31, 2, nil),
		"no terms":           signed(1, 0, nil),
		"endless terms":      signed(1, 1<<32-1, nil),
		"terms out of order": signed(1, 2, two(term("b", one), term("a", one))),
		"a term twice":       signed(1, 2, two(term("a", one), term("a", one))),
		"no number":          signed(1, 1, term("a", notANumber)),
		"infinite number":    signed(1, 1, term("a", infinite)),
	} {
		if _, err := semantics.Load(bytes.NewReader(file)); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

// It is not parallel because it measures what is allocated.
func TestASmallFileTakesLittleMemory(t *testing.T) { //nolint:paralleltest // See above.
	file := signed(512, 1<<20, make([]byte, 5000)) // It claims 2 GB.
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := semantics.Load(bytes.NewReader(file)); err == nil {
		t.Fatal("loaded")
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
		t.Errorf("%d bytes allocated", got)
	}
}

var errFull = errors.New("full")

// full is a disk with room for so many bytes.
type full int

func (f *full) Write(p []byte) (int, error) {
	if len(p) > int(*f) {
		return 0, errFull
	}
	*f -= full(len(p))
	return len(p), nil
}

func TestSaveTellsOfErrors(t *testing.T) {
	t.Parallel()
	m := train(t, indexed(subjects()), semantics.Options{})
	size := len(saved(t, m))
	for _, room := range []full{0, 100, full(size / 2), full(size - 1)} {
		if err := m.Save(&room); !errors.Is(err, errFull) {
			t.Errorf("%v, want %v", err, errFull)
		}
	}
	texts := subjects()
	for i := range 5 {
		texts[i][strings.Repeat("x", 70_000)] = 1
	}
	if err := train(t, indexed(texts), semantics.Options{}).Save(new(bytes.Buffer)); err == nil {
		t.Error("a term of 70,000 bytes was saved")
	}
}

func FuzzLoad(f *testing.F) {
	file := saved(f, train(f, indexed(subjects()), semantics.Options{Rank: 2}))
	f.Add(file[25 : len(file)-4])
	f.Add(signed(1, 1, []byte{1, 0, 'a', 0, 0, 0x80, 0x3F})[25:])
	f.Fuzz(func(t *testing.T, body []byte) {
		if _, err := semantics.Load(bytes.NewReader(body)); err == nil {
			t.Error("loaded without a magic")
		}
		if len(body) < 8 {
			return
		}
		file := signed(binary.LittleEndian.Uint32(body), binary.LittleEndian.Uint32(body[4:]), body[8:])
		m, err := semantics.Load(bytes.NewReader(file))
		if err != nil {
			return
		}
		if again := saved(t, m); !bytes.HasPrefix(file, again[:len(again)-4]) {
			t.Error("what was loaded is saved as something else")
		}
		m.Related(word(m, "a"), 3)
	})
}
