package search

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// pointerFile names the generation that readers see. It is replaced as a whole, so that a crash leaves
// either the old name or the new one.
const pointerFile = "CURRENT"

// generationPrefix begins the name of every directory of a generation.
const generationPrefix = "generation-"

func generationName(n int) string { return fmt.Sprintf("%s%06d", generationPrefix, n) }

// scan reads which generation is current, empty for none, and remembers the newest number in use.
func (x *Index) scan() (string, error) {
	if x.dir == "" {
		return "", nil
	}
	names, err := x.generations()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		n := 0
		if _, err := fmt.Sscanf(strings.TrimPrefix(name, generationPrefix), "%d", &n); err == nil {
			x.last = max(x.last, n)
		}
	}
	b, err := os.ReadFile(filepath.Join(x.dir, pointerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read which index is current: %w", err)
	}
	name := strings.TrimSpace(string(b))
	if !strings.HasPrefix(name, generationPrefix) || filepath.Base(name) != name {
		name = generationPrefix + "unknown" // Damaged: it opens nothing, and is thrown away.
	}
	return name, nil
}

func (x *Index) generations() ([]string, error) {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return nil, fmt.Errorf("list the directory of the index: %w", err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), generationPrefix) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// sweep deletes every generation but one: what a crash left behind.
func (x *Index) sweep(keep string) error {
	if x.dir == "" {
		return nil
	}
	names, err := x.generations()
	if err != nil {
		return err
	}
	for _, name := range names {
		if name != keep {
			err = errors.Join(err, os.RemoveAll(filepath.Join(x.dir, name)))
		}
	}
	return err
}

// point makes CURRENT name the generation, whole and durably.
func (x *Index) point(g *Generation) error {
	if x.dir == "" {
		return nil
	}
	path := filepath.Join(x.dir, pointerFile)
	if err := writeDurably(path+".new", filepath.Base(g.dir)+"\n"); err != nil {
		return fmt.Errorf("note the new index: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("note the new index: %w", err)
	}
	dir, err := os.Open(x.dir)
	if err != nil {
		return fmt.Errorf("note the new index: %w", err)
	}
	_ = dir.Sync() // Not every file system can; the rename is whole without it.
	return dir.Close()
}

func writeDurably(path, content string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	return errors.Join(err, f.Sync(), f.Close())
}
