package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// benchBatch is how many records are saved at once, as imports do.
const benchBatch = 500

// filled is what is remembered of a store that was filled.
type filled struct {
	IDs     []knowledge.ID
	Records int
	Text    int64 // bytes of the records' own texts
}

// fill saves the sample records and a corpus made of them, and indexes them, unless the directory has
// them from an earlier run. It leaves everything closed.
func (b *bench) fill(out io.Writer) {
	b.t.Helper()
	f, found := b.remembered()
	if !found {
		b.must(os.RemoveAll(b.dir))
		b.must(os.MkdirAll(b.dir, 0o700))
		b.open()
		var took time.Duration
		f, took = b.save()
		b.tell(out, "import into the store, records/s", "%.0f", float64(f.Records)/took.Seconds())
		start, used := time.Now(), cpuTime()
		b.follow()
		b.tell(out, "indexing, records/s", "%.0f", float64(f.Records)/time.Since(start).Seconds())
		b.tell(out, "indexing, processor seconds for 1,000 records", "%.2f", (cpuTime()-used).Seconds()/float64(f.Records)*1000)
		b.close()
		raw, err := json.Marshal(f)
		b.must(err)
		b.must(os.WriteFile(b.dir+".json", raw, 0o600))
	}
	b.ids, b.records = f.IDs, f.Records
	index := b.bytesIn(filepath.Join(b.dir, indexName))
	b.tell(out, "text of the records, MB", "%.1f", float64(f.Text)/1e6)
	b.tell(out, "index bytes / text bytes", "%.2f", float64(index)/float64(f.Text))
	if info, err := os.Stat(filepath.Join(b.dir, storeName)); err == nil {
		b.tell(out, "store bytes / text bytes", "%.2f", float64(info.Size())/float64(f.Text))
	}
}

// remembered is what an earlier run noted when it had filled the directory.
func (b *bench) remembered() (filled, bool) {
	b.t.Helper()
	var f filled
	raw, err := os.ReadFile(b.dir + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return f, false
	}
	b.must(err)
	b.must(json.Unmarshal(raw, &f))
	return f, true
}

// save saves everything, and tells how long the store took: making the records does not count.
func (b *bench) save() (filled, time.Duration) {
	b.t.Helper()
	seed, err := bundle.Seed()
	b.must(err)
	var f filled
	var took time.Duration
	save := func(batch []knowledge.Entity) {
		start := time.Now()
		b.must(b.app.store.Save(b.t.Context(), batch...))
		took += time.Since(start)
		f.Records += len(batch)
		for _, e := range batch {
			f.Text += knowledgetest.TextBytes(e)
			if e.Kind() == knowledge.KindPractice {
				f.IDs = append(f.IDs, e.Head().ID)
			}
		}
	}
	for batch := range slices.Chunk(seed, benchBatch) {
		save(batch)
	}
	var batch []knowledge.Entity
	for e := range knowledgetest.Corpus(seed, b.size, 1) {
		if batch = append(batch, e); len(batch) == benchBatch {
			save(batch)
			batch = nil
		}
	}
	if len(batch) > 0 {
		save(batch)
	}
	return f, took
}

// bytesIn is the size of everything in a directory.
func (b *bench) bytesIn(dir string) int64 {
	b.t.Helper()
	var sum int64
	b.must(filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	}))
	return sum
}

// reopen measures how long the program takes from nothing to ready, and leaves it open.
func (b *bench) reopen(out io.Writer) {
	b.t.Helper()
	var opens, firsts []time.Duration
	for i := range 3 {
		if i > 0 {
			b.close()
		}
		start := time.Now()
		b.open()
		b.follow()
		opens = append(opens, time.Since(start))
		start = time.Now()
		b.must(b.searchAlone(func() string { return "housing" })(b.t.Context()))
		firsts = append(firsts, time.Since(start))
	}
	b.tell(out, "open until ready, ms", "%.0f", percentiles(opens).p50)
	b.tell(out, "first search after that, ms", "%.0f", percentiles(firsts).p50)
}

// process measures the memory of a server that runs as a process of its own: at rest, and after clients
// have searched and read.
func (b *bench) process(out io.Writer) {
	b.t.Helper()
	start := time.Now()
	s, err := b.start()
	b.must(err)
	defer func() { b.must(s.stop()) }()
	for !isReady(b.t.Context(), s.url) {
		time.Sleep(time.Millisecond)
	}
	b.tell(out, "process start until ready, ms", "%d", time.Since(start).Milliseconds())
	pid := s.process.Process.Pid
	b.tell(out, "resident memory when ready, MB", "%s", memory(pid))
	words, ids := wordsInTurn()(), b.idsInTurn()
	search := overHTTP(s.url, searchFor(words), "")
	record := overHTTP(s.url, func() []byte { return request(benchRecord, map[string]any{"id": ids()}) }, "")
	var group sync.WaitGroup
	for range benchClients {
		group.Go(func() {
			for range 250 {
				if err := errors.Join(search(b.t.Context()), record(b.t.Context()), record(b.t.Context())); err != nil {
					b.t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.tell(out, "resident memory after 2,000 searches and 4,000 records by 8 clients, MB", "%s", memory(pid))
}

// isReady asks a server whether it is.
func isReady(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", http.NoBody)
	if err != nil {
		return false
	}
	status, _, err := send(http.DefaultClient, r)
	return err == nil && status == http.StatusOK
}

// memory reads what the system says of a process.
func memory(pid int) string {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown on this system"
	}
	value := map[string]float64{}
	for line := range bytes.Lines(raw) {
		var kB float64
		name, rest, _ := strings.Cut(string(line), ":")
		if _, err := fmt.Sscanf(rest, "%f kB", &kB); err == nil {
			value[name] = kB / 1024
		}
	}
	return fmt.Sprintf("%.0f (of it files %.0f; peak %.0f)", value["VmRSS"], value["RssFile"], value["VmHWM"])
}
