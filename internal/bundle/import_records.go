package bundle

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// saveRecords imports flat lines that follow each other. The lines of one record in it, its languages,
// make one revision.
func (im *importer) saveRecords(ctx context.Context, items []item) error {
	drafts, err := im.drafts(ctx, items)
	if err != nil {
		return err
	}
	var changed []*draft
	for _, it := range items {
		why, d, err := im.take(ctx, it, drafts)
		switch {
		case err != nil:
			return err
		case why != "":
			im.refuse(it.line, why)
		case d == nil:
			im.count(unchanged)
		case len(d.lines) == 1:
			changed = append(changed, d)
		}
	}
	entities := make([]knowledge.Entity, len(changed))
	for i, d := range changed {
		entities[i] = d.next
	}
	refused, err := im.store(ctx, entities)
	if err != nil {
		return err
	}
	for i, d := range changed {
		for j, line := range d.lines {
			if refused[i] != "" {
				im.refuse(line, refused[i])
			} else {
				im.count(d.makes[j])
			}
		}
	}
	return nil
}

// take applies a line to its record. It tells why the line is refused; or the draft that it changed,
// nil for none.
func (im *importer) take(ctx context.Context, it item, drafts map[draftKey]*draft) (string, *draft, error) {
	if it.bad != "" {
		return it.bad, nil, nil
	}
	r := &it.record
	if bad := r.check(); len(bad) > 0 {
		return bad.String(), nil, nil
	}
	d := drafts[r.key()]
	key := seenKey{id: d.id}
	if r.isTranslation() {
		key.language, _ = knowledge.ParseLanguageTag(r.Language)
	}
	if first, second := im.isSecond(key, it.line); second {
		return fmt.Sprintf("id: The record is on line %d already.", first), nil, nil
	}
	if d.has(r) {
		return "", nil, nil
	}
	if same, err := im.says(ctx, d, r); same || err != nil {
		return "", nil, err
	}
	why, changed, err := im.apply(ctx, r, d, it.line)
	if why != "" || err != nil {
		delete(im.seen, key)
		return why, nil, err
	}
	if !changed {
		return "", nil, nil
	}
	return "", d, nil
}

// apply makes the next state of a record from a line. It tells why the line is refused, or whether it
// changed the record.
func (im *importer) apply(ctx context.Context, r *record, d *draft, line int) (why string, changed bool, err error) {
	var m meaning
	if r.isTranslation() { // Further languages repeat what the first line says.
		why = im.checkBase(r, d)
	} else {
		m, why, err = im.understand(ctx, r, d)
	}
	if why != "" || err != nil {
		return why, false, err
	}
	next, what, why := im.next(r, m, d)
	if why != "" || d.stored != nil && saysTheSame(d.next, next) {
		return why, false, nil
	}
	d.next = next
	d.lines, d.makes = append(d.lines, line), append(d.makes, what)
	return "", true, nil
}

// checkBase tells why a line in a further language cannot be added to its record; "" where it can.
func (im *importer) checkBase(r *record, d *draft) string {
	language, _ := knowledge.ParseLanguageTag(r.Language)
	if d.next == nil && im.isDry && im.wasSeen(d) {
		d.next = im.stub(r, d)
	}
	if d.next == nil {
		return fmt.Sprintf("translationOfId: The %s %q is not there, or its line was refused. It must come before its translations.",
			knowledge.Kind(r.Kind).Noun(), r.TranslationOfID)
	}
	if d.next.Core().SourceLanguage == language {
		return fmt.Sprintf("language: The record itself is in %s.", language)
	}
	return ""
}

// understand looks up what the line names. If nothing else is wrong with the line, it makes the
// authorities and organisations that nobody knows.
func (im *importer) understand(ctx context.Context, r *record, d *draft) (meaning, string, error) {
	m, bad, err := r.understand(ctx, im.names)
	if !im.options.CreateMissing {
		for _, s := range m.strangers {
			s.refuse(&bad)
		}
	}
	if err != nil || len(bad) > 0 || len(m.strangers) == 0 {
		return m, bad.String(), err
	}
	if _, _, why := im.next(r, m, d); why != "" {
		return m, why, nil
	}
	if why, err := im.welcome(ctx, m.strangers); why != "" || err != nil {
		return m, why, err
	}
	m, bad, err = r.understand(ctx, im.names)
	return m, bad.String(), err
}

// next makes the next state of a record from a line, or tells why the line is refused.
func (im *importer) next(r *record, m meaning, d *draft) (knowledge.Entry, outcome, string) {
	next := r.convert(d.next, m, im.options.Note)
	what := im.head(next, d, r)
	bad := reasonsOf(next.Problems(), next)
	if next.Core().Status == knowledge.StatusPublished && !r.isTranslation() {
		bad = append(bad, reasonsOf(knowledge.SubmitProblems(next), next)...)
	}
	return next, what, bad.String()
}

// head sets the head of the next state, and tells what the line does to the record.
func (im *importer) head(next knowledge.Entry, d *draft, r *record) outcome {
	at := knowledge.Instant(im.options.Now())
	if d.next == nil {
		head, c := newHead(d.id, r.ID, im.options.Status, at), next.Core()
		*next.Head() = head
		if head.Status == knowledge.StatusPublished {
			c.PublishedAt, c.PublishedRevision = &at, 1
		}
		return created
	}
	m := next.Head()
	if d.stored != nil && m.Revision == d.stored.Head().Revision {
		m.Revision++
	}
	m.UpdatedAt = at
	m.Edit = knowledge.Edit{Action: knowledge.ActionImport, At: at}
	return updated
}

// wasSeen tells whether the file has a line that makes the record.
func (im *importer) wasSeen(d *draft) bool {
	_, ok := im.seen[seenKey{id: d.id}]
	return ok
}

// stub stands for a record that a dry run would have saved, in a language that no line has.
func (im *importer) stub(r *record, d *draft) knowledge.Entry {
	e := newEntry(knowledge.Kind(r.Kind))
	*e.Head() = newHead(d.id, r.TranslationOfID, im.options.Status, knowledge.Instant(im.options.Now()))
	e.Core().SourceLanguage = unknownLanguage
	setText(e, knowledge.EntryText{Language: unknownLanguage, Origin: knowledge.OriginOriginal, Title: "-"})
	return e
}

// saysTheSame tells whether two states differ in nothing but how they came about.
func saysTheSame(a, b knowledge.Entry) bool {
	return encodeContent(a) == encodeContent(b)
}

func encodeContent(e knowledge.Entry) string {
	c := knowledge.Clone(e).(knowledge.Entry)
	*c.Head() = knowledge.Meta{}
	if p := c.Core().Provenance; p != nil {
		p.Digest = ""
	}
	knowledge.FillLists(c)
	b, err := knowledge.Encode(c)
	if err != nil {
		panic("bundle: a record that was decoded cannot be encoded: " + err.Error())
	}
	return string(b)
}
