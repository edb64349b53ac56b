package export

import "strings"

// Text is a part of what a record says, under a heading in English.
type Text struct {
	Heading string
	Text    string
}

// Texts lists what the record says beside its title and summary, in the order in which to read it, without what is empty.
func (r *Record) Texts() []Text {
	var texts []Text
	for _, t := range []Text{
		{"In one sentence", r.OneLiner},
		{"The lesson", r.Statement},
		{"The situation before", r.Situation},
		{"Objectives", r.Objectives},
		{"What was done", r.Action},
		{"Results", r.Results},
		{"What was learnt", r.Learnt},
		{"Why it happened", r.Cause},
		{"Advice", r.Advice},
		{"When it applies", r.AppliesWhen},
		{"When it does not apply", r.DoesNotApplyWhen},
		{"What helped", r.SuccessFactors},
		{"What hindered", r.LimitingFactors},
		{"Advice to those who try", r.AdviceToAdopters},
		{"The text as adopted", r.Wording},
	} {
		if t.Text != "" {
			texts = append(texts, t)
		}
	}
	return texts
}

// body is all of Texts in one plain text.
func (r *Record) body() string {
	var b strings.Builder
	for i, part := range r.Texts() {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(part.Heading + "\n" + part.Text)
	}
	return b.String()
}

// genre is a kind in plain English.
func genre(kind string) string {
	switch kind {
	case "LESSON":
		return "Lesson learnt"
	case "RECOMMENDATION":
		return "Recommendation"
	default:
		return "Good practice"
	}
}
