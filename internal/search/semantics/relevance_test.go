package semantics_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"goodpractice/internal/search/semantics"
)

// judged is a collection of texts and queries with the documents that people found relevant to each query.
type judged struct {
	ids      []string
	texts    []map[string]int
	queries  map[string]map[string]int
	relevant map[string]map[string]bool
}

// words are crude terms: the first 6 letters of each word in lower case.
func words(text string, weight int, counts map[string]int) {
	isOther := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), isOther) {
		letters := []rune(word)
		counts[string(letters[:min(len(letters), 6)])] += weight
	}
}

// load reads a collection; a title counts twice.
func load(t *testing.T, dir string) *judged {
	t.Helper()
	c := &judged{queries: map[string]map[string]int{}, relevant: map[string]map[string]bool{}}
	for _, name := range []string{"docs.jsonl", "queries.jsonl"} {
		eachLine(t, filepath.Join(dir, name), func(line []byte) {
			var record struct{ ID, Title, Text string }
			if err := json.Unmarshal(line, &record); err != nil {
				t.Fatal(err)
			}
			counts := map[string]int{}
			words(record.Title, 2, counts)
			words(record.Text, 1, counts)
			if name == "queries.jsonl" {
				c.queries[record.ID] = counts
				return
			}
			c.ids, c.texts = append(c.ids, record.ID), append(c.texts, counts)
		})
	}
	eachLine(t, filepath.Join(dir, "qrels.tsv"), func(line []byte) {
		query, doc, grade := "", "", 0
		if _, err := fmt.Sscan(string(line), &query, &doc, &grade); err != nil {
			t.Fatal(err)
		}
		if c.relevant[query] == nil {
			c.relevant[query] = map[string]bool{}
		}
		if grade > 0 {
			c.relevant[query][doc] = true
		}
	})
	return c
}

func eachLine(t *testing.T, path string, visit func(line []byte)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		visit(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// similar is the share of right documents among 5 that are named for each document. Right are those that are
// relevant to a query that the document is relevant to as well.
func (c *judged) similar(nearest func(doc uint32) []semantics.Neighbour) float64 {
	right := map[string]map[string]bool{}
	for _, docs := range c.relevant {
		for doc := range docs {
			if right[doc] == nil {
				right[doc] = map[string]bool{}
			}
			maps.Copy(right[doc], docs)
		}
	}
	var asked []int
	for doc, id := range c.ids {
		if len(right[id]) >= 3 { // The document and two more.
			asked = append(asked, doc)
		}
	}
	hits, step := 0, max(len(asked)/300, 1)
	sample := asked[:0]
	for i := 0; i < len(asked); i += step { // 300 to 600 documents tell enough.
		sample = append(sample, asked[i])
	}
	for _, doc := range sample {
		id := c.ids[doc]
		for _, near := range nearest(uint32(doc)) {
			if right[id][c.ids[near.Doc]] {
				hits++
			}
		}
	}
	return float64(hits) / 5 / float64(len(sample))
}

// precision is the mean average precision of what is found for the queries.
func (c *judged) precision(find func(query map[string]int) []semantics.Neighbour) float64 {
	sum := 0.0
	for query, docs := range c.relevant {
		hits := 0
		for rank, found := range find(c.queries[query]) {
			if docs[c.ids[found.Doc]] {
				hits++
				sum += float64(hits) / float64(rank+1) / float64(len(docs)) / float64(len(c.relevant))
			}
		}
	}
	return sum
}

// overlap ranks the documents by the cosine of tf-idf over shared terms, which is what the model has to beat.
func overlap(c corpus) func(doc uint32) []semantics.Neighbour {
	byDoc := make([]map[int]float64, c.docs)
	lengths := make([]float64, c.docs)
	for term, postings := range c.postings {
		idf := math.Log(float64(c.docs) / float64(len(postings)))
		for _, p := range postings {
			if byDoc[p.Doc] == nil {
				byDoc[p.Doc] = map[int]float64{}
			}
			weight := idf * (1 + math.Log(float64(p.Count)))
			byDoc[p.Doc][term] = weight
			lengths[p.Doc] += weight * weight
		}
	}
	return func(doc uint32) []semantics.Neighbour {
		scores := make([]float64, c.docs)
		for term, weight := range byDoc[doc] {
			for _, p := range c.postings[term] {
				scores[p.Doc] += weight * byDoc[p.Doc][term]
			}
		}
		scores[doc] = 0
		list := make([]semantics.Neighbour, 0, 6)
		for other, score := range scores {
			near := semantics.Neighbour{Doc: uint32(other), Cosine: float32(score / math.Sqrt(lengths[other]+1e-9))}
			at, _ := slices.BinarySearchFunc(list, near, func(in, added semantics.Neighbour) int {
				if in.Cosine >= added.Cosine {
					return -1
				}
				return 1
			})
			if list = slices.Insert(list, at, near); len(list) > 5 {
				list = list[:5]
			}
		}
		return list
	}
}

// TestRelevance measures similar documents and search by the model alone, with crude terms, on collections that
// GOODPRACTICE_RELEVANCE names the folder of.
func TestRelevance(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("GOODPRACTICE_RELEVANCE")
	if dir == "" {
		t.Skip("GOODPRACTICE_RELEVANCE names no folder of judged collections")
	}
	for _, test := range []struct {
		name                  string
		similar, alone, ahead float64 // The least that is good enough; ahead is what overlap must be beaten by.
	}{
		{"cranfield", 0.40, 0.43, 0.01},
		{"nfcorpus-dev", 0.55, 0.14, 0},
		{"scifact-train", 0.30, 0.40, 0.01},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := load(t, filepath.Join(dir, test.name))
			index := indexed(c.texts)
			m := train(t, index, semantics.Options{})
			vectors, err := m.Fold(t.Context(), index.docs, index.all())
			if err != nil {
				t.Fatal(err)
			}
			similar := c.similar(func(doc uint32) []semantics.Neighbour {
				return vectors.Nearest(vectors.At(doc), 5, func(other uint32) bool { return other != doc })
			})
			ahead := similar - c.similar(overlap(index))
			alone := c.precision(func(query map[string]int) []semantics.Neighbour {
				return vectors.Nearest(m.Vector(maps.All(query)), 1000, nil)
			})
			t.Logf("similar P@5 %.4f (%+.4f to tf-idf), search alone MAP %.4f", similar, ahead, alone)
			if similar < test.similar || ahead < test.ahead || alone < test.alone {
				t.Errorf("want at least %.2f (%+.2f), %.2f", test.similar, test.ahead, test.alone)
			}
		})
	}
}
