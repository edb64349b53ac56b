package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"goodpractice/internal/evaluation"
)

// evalReport is what an evaluation prints.
type evalReport struct {
	results     []evaluation.Result
	earlier     string // the file that was compared with; empty for none
	differences []evaluation.Difference
	paired      int // queries that both runs have
}

// print writes a line a measure, then a line a difference.
func (r evalReport) print(p *program) error {
	var text strings.Builder
	mean := evaluation.Mean(r.results)
	for _, m := range evaluation.Measures() {
		fmt.Fprintf(&text, "%s %.4f\n", m, mean[m])
	}
	if r.earlier != "" {
		fmt.Fprintf(&text, "\nCompared with %s (%s):\n", r.earlier, count(r.paired, "query", "queries"))
	}
	for _, d := range r.differences {
		fmt.Fprintf(&text, "%-10s %+.4f (%.4f to %.4f, %s), won %d, lost %d, tied %d, randomisation %s, t = %.2f %s\n",
			d.Measure, d.After-d.Before, d.Before, d.After, kept(d), d.Won, d.Lost, d.Tied,
			probability(d.Randomised), d.T, probability(d.StudentP))
	}
	return p.print(text.String())
}

// kept is how much of the earlier mean there is now.
func kept(d evaluation.Difference) string {
	if d.Before == 0 {
		return "nothing before"
	}
	return fmt.Sprintf("%.1f %%", 100*d.After/d.Before)
}

// probability is a p as it is shown.
func probability(p float64) string {
	if p < 0.0001 {
		return "p < 0.0001"
	}
	return fmt.Sprintf("p = %.4f", p)
}

// printJSON writes the same as one object.
func (r evalReport) printJSON(p *program) error {
	type difference struct {
		Before      float64 `json:"before"`
		After       float64 `json:"after"`
		Won         int     `json:"won"`
		Lost        int     `json:"lost"`
		Tied        int     `json:"tied"`
		Randomised  float64 `json:"pRandomisation"`
		T           float64 `json:"t"`
		Probability float64 `json:"pStudent"`
	}
	report := struct {
		Queries     int                   `json:"queries"`
		Measures    map[string]float64    `json:"measures"`
		Paired      int                   `json:"paired,omitempty"`
		Differences map[string]difference `json:"differences,omitempty"`
	}{Queries: len(r.results), Measures: map[string]float64{}, Paired: r.paired, Differences: map[string]difference{}}
	mean := evaluation.Mean(r.results)
	for _, m := range evaluation.Measures() {
		report.Measures[m.String()] = mean[m]
	}
	for _, d := range r.differences {
		report.Differences[d.Measure.String()] = difference{
			d.Before, d.After, d.Won, d.Lost, d.Tied, d.Randomised, d.T, d.StudentP,
		}
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return p.print(string(text) + "\n")
}
