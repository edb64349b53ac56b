package bundle

import (
	"maps"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// vocabulary is what is read of vocabulary.json.
type vocabulary struct {
	Themes struct {
		Top []term `json:"top"`
		Sub []term `json:"sub"`
	} `json:"themes"`
	TargetGroups struct {
		RomaAndTravellers []group           `json:"romaAndTravellers"`
		Other             []group           `json:"other"`
		RecordAliases     map[string]string `json:"recordAliases"`
		Footnote          footnote          `json:"footnote"`
	} `json:"targetGroups"`
}

// term is a theme.
type term struct {
	ID       string                             `json:"id"`
	Parent   string                             `json:"parent"`
	Labels   map[knowledge.LanguageTag]string   `json:"labels"`
	Synonyms map[knowledge.LanguageTag][]string `json:"synonyms"`
}

// group is a target group.
type group struct {
	ID             string                           `json:"id"`
	Parent         string                           `json:"parent"`
	Labels         map[knowledge.LanguageTag]string `json:"labels"`
	Synonyms       []string                         `json:"synonyms"`
	SensitiveTerms []string                         `json:"sensitiveTerms"`
	Note           string                           `json:"note"`
}

// footnote is the explanation of the umbrella term, to be shown with it.
type footnote struct {
	Meaning string   `json:"meaning"`
	History []string `json:"history"`
	Sources []string `json:"sources"` // of the meaning and the history together
}

// groupRules is groups.json: what the project reads differently from vocabulary.json.
type groupRules struct {
	Added            []group             `json:"added"`
	Aliases          map[string]string   `json:"aliases"`
	Synonyms         map[string][]string `json:"synonyms"`
	HiddenSynonymsOf []string            `json:"hiddenSynonymsOf"`
	Definitions      map[string]string   `json:"definitions"`
	Umbrella         string              `json:"umbrella"`
}

// sensitive lists the terms that are found and never shown.
func (v *vocabulary) sensitive() []string {
	var list []string
	for _, g := range v.TargetGroups.RomaAndTravellers {
		for _, t := range g.SensitiveTerms {
			list = append(list, strings.Split(t, "/")...)
		}
	}
	return list
}

// themes makes the themes. A narrower theme is named by a slash after its broader one.
func (s *sprout) themes() error {
	var v vocabulary
	if err := readSeed("vocabulary.json", &v); err != nil {
		return err
	}
	sensitive := v.sensitive()
	for _, t := range slices.Concat(v.Themes.Top, v.Themes.Sub) {
		theme := &knowledge.Theme{}
		theme.Labels = preferredLabels(t.Labels)
		for _, language := range slices.Sorted(maps.Keys(t.Synonyms)) {
			for _, text := range t.Synonyms[language] {
				addSynonym(&theme.Concept, language, text, sensitive)
			}
		}
		s.broaden(&theme.Concept, knowledge.KindTheme, t.Parent)
		if err := s.add(theme, t.ID); err != nil {
			return err
		}
	}
	return nil
}

// groups makes the target groups, the umbrella with the explanation that belongs to it.
func (s *sprout) groups() error {
	var v vocabulary
	var rules groupRules
	if err := readSeed("vocabulary.json", &v); err != nil {
		return err
	}
	if err := readSeed("groups.json", &rules); err != nil {
		return err
	}
	sensitive := v.sensitive()
	for _, g := range slices.Concat(v.TargetGroups.RomaAndTravellers, rules.Added, v.TargetGroups.Other) {
		target := g.concept(&rules, sensitive)
		if g.ID == rules.Umbrella {
			target.ScopeNotes = v.TargetGroups.Footnote.notes(v.TargetGroups.Footnote.Meaning)
			target.HistoryNotes = v.TargetGroups.Footnote.notes(v.TargetGroups.Footnote.History...)
		}
		s.broaden(&target.Concept, knowledge.KindTargetGroup, g.Parent)
		if err := s.add(target, g.ID); err != nil {
			return err
		}
	}
	maps.Copy(v.TargetGroups.RecordAliases, rules.Aliases)
	for alias, id := range v.TargetGroups.RecordAliases {
		if err := s.names.add(knowledge.KindTargetGroup, alias, "", seedID(knowledge.KindTargetGroup, id)); err != nil {
			return err
		}
	}
	return nil
}

// notes makes one note of each text. The file names its sources for all of them together, so each note
// has them all.
func (f *footnote) notes(texts ...string) []knowledge.Note {
	out := make([]knowledge.Note, len(texts))
	for i, text := range texts {
		out[i] = knowledge.Note{Language: "en", Text: text, SourceURLs: slices.Clone(f.Sources)}
	}
	return out
}

// concept is the group without its place among the others.
func (g *group) concept(rules *groupRules, sensitive []string) *knowledge.TargetGroup {
	target := &knowledge.TargetGroup{}
	target.Labels = preferredLabels(g.Labels)
	synonyms := g.Synonyms
	if moved, ok := rules.Synonyms[g.ID]; ok {
		synonyms = moved
	}
	for _, text := range synonyms {
		if slices.Contains(rules.HiddenSynonymsOf, g.ID) {
			hide(&target.Concept, unknownLanguage, text)
		} else {
			addSynonym(&target.Concept, unknownLanguage, text, sensitive)
		}
	}
	for _, text := range g.SensitiveTerms {
		for part := range strings.SplitSeq(text, "/") {
			hide(&target.Concept, unknownLanguage, part)
		}
	}
	if text, ok := rules.Definitions[g.ID]; ok {
		target.Definitions = []knowledge.Note{{Language: "en", Text: text}}
	} else if g.Note != "" {
		target.ScopeNotes = []knowledge.Note{{Language: "en", Text: g.Note}}
	}
	return target
}

// broaden sets the broader term, if there is one.
func (s *sprout) broaden(c *knowledge.Concept, kind knowledge.Kind, parent string) {
	if parent != "" {
		id := seedID(kind, parent)
		c.BroaderID = &id
	}
}

// addSynonym adds another name of a concept: to those that are never shown, if it holds a sensitive
// term.
func addSynonym(c *knowledge.Concept, language knowledge.LanguageTag, text string, sensitive []string) {
	if slices.ContainsFunc(sensitive, func(term string) bool { return holdsWord(text, term) }) {
		hide(c, language, text)
		return
	}
	c.Labels = addLabel(c.Labels, language, text)
}

// hide adds a name that is found and never shown.
func hide(c *knowledge.Concept, language knowledge.LanguageTag, text string) {
	for _, l := range c.HiddenLabels {
		if l.Text == text {
			return
		}
	}
	c.HiddenLabels = append(c.HiddenLabels, knowledge.Label{Language: language, Kind: knowledge.LabelAlternative, Text: text})
}
