package search

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// titleLetters is how much of a title takes part in the order.
const titleLetters = 100

// byMaker is the prefix of the maker of an entry in the owner field.
const byMaker = "by:"

// draft is a document in the making.
type draft struct {
	*document.Document
	linguist *linguist
	keywords []*keywordField
	texts    []*textField
	concepts []*conceptField
	lexis    []*lexisField
	lengths  []*lengthField
	versions int // languages that the texts are in
	isPublic bool
	isNoun   bool
}

// document is what the index keeps of an entity.
func (l *linguist) document(item knowledge.Indexable) *draft {
	head := item.Entity.Head()
	d := &draft{
		Document: document.NewDocument(string(head.ID)), linguist: l,
		versions: max(1, lengthOf(blocksOf(item.Entity))),
		isNoun:   isNoun(item.Entity.Kind()),
		isPublic: head.Status == knowledge.StatusPublished && !item.Entity.Kind().IsAdministrative(),
	}
	d.keyword(fieldKind, string(item.Entity.Kind()))
	d.keyword(fieldStatus, string(head.Status))
	d.keyword(fieldSlug, head.Slug)
	d.instant(fieldCreated, head.CreatedAt)
	d.instant(fieldUpdated, head.UpdatedAt)
	d.keyword(fieldTitle, sortTitle(item.Entity))
	d.links(item)
	d.dimensions(item.Entity)
	l.eachPassage(item, d.text)
	if d.isNoun {
		for _, name := range labelsOf(item.Entity) {
			d.field(classCalled, plainSuffix, nil).add(&words{text: name.Text})
		}
	}
	d.stored(fieldStamp, []byte(encodeStamp(stampOf(item.Entity))))
	d.stored(fieldNames, encodeNames(item.Entity))
	return d
}

// links writes what the entity points at, and the nouns that it is filed under with their ancestors.
func (d *draft) links(item knowledge.Indexable) {
	for _, ref := range item.Entity.References() {
		d.keyword(fieldRef, refTerm(ref.Relation, ref.Target))
	}
	for _, l := range linksOf(item) {
		d.keyword(fieldRef, string(l.target))
		switch kind := l.target.Kind(); {
		case l.relation == knowledge.RelTheme:
			d.keyword(fieldTheme, string(l.target))
		case l.relation == knowledge.RelTargetGroup:
			d.keyword(fieldGroup, string(l.target))
		case kind == knowledge.KindAuthority && givesAuthority(item.Entity, l.relation):
			d.keyword(fieldAuthority, string(l.target))
		}
	}
}

// givesAuthority tells whether an authority that is linked like this stands behind the record: for an
// entry, one that contributed.
func givesAuthority(e knowledge.Entity, r knowledge.Relation) bool {
	if e.Kind().IsEntry() {
		return r == knowledge.RelContributor
	}
	return r != knowledge.RelParent || e.Kind() == knowledge.KindOrganisation
}

// dimensions writes what filters and counts work on.
func (d *draft) dimensions(e knowledge.Entity) {
	blocks := blocksOf(e)
	for i := range lengthOf(blocks) {
		d.keyword(fieldLanguage, blocks.Index(i).FieldByName("Language").String())
	}
	switch x := e.(type) {
	case knowledge.Entry:
		d.entry(x)
	case *knowledge.Event:
		countries(d, x.CountryCodes...)
		if x.Period != nil {
			d.year((&knowledge.EntryCore{Period: x.Period}).Year())
		}
	case *knowledge.Study:
		countries(d, x.CountryCodes...)
		d.year(x.Year)
		d.keyword(fieldEvidence, string(x.EvidenceLevel))
	case *knowledge.Authority:
		countries(d, x.CountryCode)
	case *knowledge.Country:
		countries(d, x.Code)
	case *knowledge.Organisation:
		if x.CountryCode != nil {
			countries(d, *x.CountryCode)
		}
	}
}

func (d *draft) entry(e knowledge.Entry) {
	c := e.Core()
	countries(d, c.CountryCodes...)
	d.year(c.Year())
	d.keyword(fieldEvidence, string(c.EvidenceLevel()))
	if c.PublishedAt != nil {
		d.instant(fieldPublished, *c.PublishedAt)
	}
	if c.CreatedBy != "" {
		d.keyword(fieldOwner, byMaker+string(c.CreatedBy))
	}
	for _, x := range c.Contributors {
		d.keyword(fieldOwner, string(x.AuthorityID))
	}
	if l, ok := e.(*knowledge.LessonLearnt); ok && l.Outcome != nil {
		d.keyword(fieldOutcome, string(*l.Outcome))
	}
}

func countries(d *draft, codes ...knowledge.CountryCode) {
	for _, code := range codes {
		d.keyword(fieldCountry, string(code))
	}
}

func (d *draft) year(year *int) {
	if year != nil {
		d.keyword(fieldYear, yearTerm(*year))
	}
}

// yearTerm is a year as the index keeps it.
func yearTerm(year int) string { return fmt.Sprintf("%04d", year) }

// keyword adds a term as it is, once; an empty one is left out.
func (d *draft) keyword(field, value string) {
	if value == "" {
		return
	}
	for _, f := range d.keywords {
		if f.name == field {
			f.add(value)
			return
		}
	}
	f := &keywordField{name: field}
	f.add(value)
	d.keywords = append(d.keywords, f)
	d.AddField(f)
}

// instant adds a time; the zero time is left out.
func (d *draft) instant(field string, t time.Time) {
	if !t.IsZero() {
		d.keyword(field, string(binary.BigEndian.AppendUint64(nil, uint64(t.UnixMilli())^1<<63)))
	}
}

// stored adds what is kept as it is, and not searched; nil is left out.
func (d *draft) stored(field string, value []byte) {
	if value != nil {
		d.AddField(document.NewTextFieldCustom(field, nil, value, index.StoreField, nil))
	}
}

// text adds a passage to the plain field of its class and, if it is of running text, to those of its language.
func (d *draft) text(p *passage) {
	if strings.TrimSpace(p.text) == "" {
		return
	}
	w := &words{text: p.text}
	d.field(p.class, plainSuffix, nil).add(w)
	if p.class.hasConcepts() && !d.isNoun {
		d.conceptsOf(p.class).add(w, p.language)
	}
	if !p.class.isStemmed() {
		return
	}
	language := d.linguist.languages.Of(p.language)
	d.field(p.class, language.Suffix(), language).add(w)
	if d.isPublic {
		d.lexisOf(text.Base(p.language)).add(w)
	}
	if p.class.isRunning() {
		d.lengthOf(p.class).add(w)
	}
}

// field is the text field of a class in a language.
func (d *draft) field(c class, suffix string, l *text.Language) *textField {
	name := c.field(suffix)
	for _, f := range d.texts {
		if f.name == name {
			return f
		}
	}
	f := &textField{name: name, class: c, language: l}
	d.texts = append(d.texts, f)
	d.AddField(f)
	return f
}

func (d *draft) conceptsOf(c class) *conceptField {
	name := c.field(conceptSuffix)
	for _, f := range d.concepts {
		if f.name == name {
			return f
		}
	}
	f := &conceptField{name: name, linguist: d.linguist}
	d.concepts = append(d.concepts, f)
	d.AddField(f)
	return f
}

func (d *draft) lexisOf(language string) *lexisField {
	name := fieldLexis + language
	for _, f := range d.lexis {
		if f.name == name {
			return f
		}
	}
	f := &lexisField{name: name}
	d.lexis = append(d.lexis, f)
	d.AddField(f)
	return f
}

func (d *draft) lengthOf(c class) *lengthField {
	name := fieldLength + string(c)
	for _, f := range d.lengths {
		if f.name == name {
			return f
		}
	}
	f := &lengthField{name: name, versions: d.versions}
	d.lengths = append(d.lengths, f)
	d.AddField(f)
	return f
}

// refTerm is a reference as the index keeps it.
func refTerm(r knowledge.Relation, target knowledge.ID) string {
	return string(r) + ":" + string(target)
}

// sortTitle is the text that the order by title goes by: the title in the source language, or the
// preferred English name, folded.
func sortTitle(e knowledge.Entity) string {
	english := []knowledge.LanguageTag{"en"}
	title := ""
	switch x := e.(type) {
	case knowledge.Entry:
		for _, b := range x.Blocks() {
			if title == "" || b.Language == x.Core().SourceLanguage {
				title = b.Title
			}
		}
	case *knowledge.Event:
		c := *x
		c.Localise(english)
		title = c.Title
	case *knowledge.Study:
		c := *x
		c.Localise(english)
		title = c.Title
	case *knowledge.Partner:
		title = x.Name
	case *knowledge.Token:
		title = x.Name
	default:
		title, _ = nameOf(e, english)
	}
	return text.Cut(strings.TrimSpace(text.FoldAny(title)), titleLetters)
}
