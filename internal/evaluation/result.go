package evaluation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// resultLine is a result in a file: the query, then the scores by the names of the measures.
type resultLine struct {
	Query     string   `json:"query"`
	MAP       *float64 `json:"MAP"`
	NDCG10    *float64 `json:"nDCG@10"`
	P5        *float64 `json:"P@5"`
	Recall100 *float64 `json:"recall@100"`
	MRR10     *float64 `json:"MRR@10"`
}

// scores lists the scores in the order of Measures.
func (l *resultLine) scores() [measures]**float64 {
	return [measures]**float64{&l.MAP, &l.NDCG10, &l.P5, &l.Recall100, &l.MRR10}
}

// WriteResults writes results as JSON Lines.
func WriteResults(w io.Writer, results []Result) error {
	encoder := json.NewEncoder(w)
	for _, r := range results {
		line := resultLine{Query: r.Query}
		for m, at := range line.scores() {
			*at = &r.Scores[m]
		}
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("write the scores: %w", err)
		}
	}
	return nil
}

// ReadResults reads what WriteResults wrote. Name is what errors call the file; a line that cannot be
// read is a *LineError.
func ReadResults(r io.Reader, name string) ([]Result, error) {
	var results []Result
	seen := map[string]bool{}
	return results, scan(r, name, func(_ int, text []byte) error {
		line, err := decode(text, seen, func(l *resultLine) string { return l.Query })
		if err != nil {
			return err
		}
		result := Result{Query: line.Query}
		for m, at := range line.scores() {
			if *at == nil {
				return errors.New("there is no " + Measure(m).String())
			}
			result.Scores[m] = **at
		}
		results = append(results, result)
		return nil
	})
}
