package bundle

import (
	"bytes"
	"encoding/json"
	"strconv"

	"goodpractice/internal/knowledge"
)

// writeRecords writes an entry in the flat form, a line a language.
func (x *exporter) writeRecords(e knowledge.Entry) error {
	for _, r := range flatten(e, x.named) {
		if x.options.Form == ExportTable {
			if err := x.table.Write(r.cells()); err != nil {
				return err
			}
			continue
		}
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(r); err != nil {
			return err
		}
		if _, err := x.out.Write(line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// cells writes the record as a row of a table, in the order of recordKeys.
func (r *record) cells() []string {
	cities := make([]string, len(r.Cities))
	for i, c := range r.Cities {
		cities[i] = c.Name + " (" + c.Country + ")"
	}
	translationOf := ""
	if r.TranslationOf != nil {
		translationOf = *r.TranslationOf
	}
	row := []string{
		r.ID, r.Kind, r.Title, r.Summary, r.Context, r.Action, r.Results, r.Lessons, r.LessonsBasis,
		joinList(r.Themes), joinList(r.TargetGroups), joinList(cities), joinList(r.Countries),
		number(r.Year), r.YearBasis, joinList(r.Organisations),
		r.SourceURL, r.SourceTitle, r.SourceLanguage, r.SourceType, joinList(r.OtherSources),
		number(r.SuggestedEvidenceLevel), r.Language, translationOf, r.TranslationOfID, r.SourceAccess,
	}
	for i, cell := range row {
		row[i] = guardFormula(cell)
	}
	return row
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
