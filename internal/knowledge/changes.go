package knowledge

import (
	"reflect"
	"slices"
	"strings"
)

// TermFinder finds a record by what a client calls it: the id, or the slug within the kind. It tells
// false for what does not exist.
type TermFinder func(kind Kind, name string) (ID, bool)

// Changes is what a client wants to be different in an entity. In all changes a nil pointer or nil
// list leaves the field as it is, and an empty text or list clears it; Clear empties other fields.
type Changes interface {
	// Apply writes the changes into the entity. The language tells which block of texts is meant.
	// It returns a problem for each term that cannot be found, and leaves deeper checks to Problems.
	Apply(e Entity, language LanguageTag, find TermFinder) Problems
}

// Request is what every mutation may carry beside its content.
type Request struct {
	// IdempotencyKey makes a repetition of the same request harmless: 1 to 200 characters.
	IdempotencyKey *string
	// DryRun tells what would happen, and saves nothing.
	DryRun *bool
}

// IsDryRun tells whether nothing is to be saved.
func (r Request) IsDryRun() bool { return r.DryRun != nil && *r.DryRun }

// EntryChanges are the changes that all entries know.
type EntryChanges struct {
	Slug         *string
	Themes       []string // slugs
	PrimaryTheme *string  // slug
	TargetGroups []string // slugs
	Authorities  []Contributor
	Countries    []CountryCode
	Period       *Period
	Year         *int // short for a period that begins in the year
	Partnerships []Partnership
	Sources      []Source
	Licence      *string
	Contacts     []Contact
	Evidence     []Evidence
	NextCheckDue *Date
	// Clear names fields to empty that no empty value exists for.
	Clear []string
}

// EntryTextChanges are the changes to the shared part of a block of texts.
type EntryTextChanges struct {
	Title, Summary, Situation, Action, Results, Learnt *string
}

// apply writes what is shared; the rest of the fields are copied by name.
func (c *EntryChanges) apply(e Entry, find TermFinder) Problems {
	var p Problems
	core := e.Core()
	evidence := core.Evidence
	assign(e, c)
	if c.Evidence != nil {
		core.Evidence = keepAccepted(evidence, c.Evidence)
	}
	if core.Licence == "" {
		core.Licence = DefaultLicence
	}
	if c.Authorities != nil {
		core.Contributors = c.Authorities
	}
	if c.Countries != nil {
		core.CountryCodes = upper(c.Countries)
	}
	if c.Year != nil && c.Period == nil {
		if *c.Year < MinYear || *c.Year > MaxYear {
			p.add(CodeOutOfRange, yearMessage(), "year")
		} else {
			core.Period = yearPeriod(*c.Year)
		}
	}
	if c.Themes != nil {
		core.ThemeIDs = terms(&p, find, KindTheme, "themes", c.Themes)
	}
	if c.TargetGroups != nil {
		core.TargetGroupIDs = terms(&p, find, KindTargetGroup, "targetGroups", c.TargetGroups)
	}
	if c.PrimaryTheme != nil {
		term(&p, find, KindTheme, "primaryTheme", *c.PrimaryTheme, &core.PrimaryThemeID)
	}
	p = append(p, clearFields(e, c.Clear)...)
	return p
}

// keepAccepted gives evidence as an author wants it: whether a level is accepted is a reviewer's to
// say, and stays as it was for the studies whose level stays.
func keepAccepted(before, wanted []Evidence) []Evidence {
	out := slices.Clone(wanted)
	for i, e := range out {
		out[i].Accepted = slices.ContainsFunc(before, func(b Evidence) bool {
			return b.Accepted && b.StudyID == e.StudyID && b.Level == e.Level
		})
	}
	return out
}

// upper puts codes into the case of ISO 3166-1, each code once.
func upper(codes []CountryCode) []CountryCode {
	out := make([]CountryCode, 0, len(codes))
	for _, c := range codes {
		if c = CountryCode(strings.ToUpper(string(c))); !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// noTerm is the message for a term that cannot be found.
func noTerm(kind Kind) string {
	return "There is no " + kind.Noun() + " with this slug; the list of them has the right one."
}

// term turns one name into an id at the place given; the empty name clears it.
func term(p *Problems, find TermFinder, kind Kind, field, name string, to **ID) {
	if name == "" {
		*to = nil
	} else if id, ok := find(kind, name); ok {
		*to = &id
	} else {
		p.add(CodeUnknown, noTerm(kind), field)
	}
}

// terms turns names into ids, each id once, in the order given.
func terms(p *Problems, find TermFinder, kind Kind, field string, names []string) []ID {
	ids := make([]ID, 0, len(names))
	seen := map[ID]bool{}
	for i, name := range names {
		id, ok := find(kind, name)
		if !ok {
			p.add(CodeUnknown, noTerm(kind), field, index(i))
			continue
		}
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// assign copies every field of changes that is not nil to the field of the same name and type of
// the target. An empty text makes a field empty that can be. Fields that the target lacks are somebody
// else's to apply.
func assign(target, changes any) {
	dst, src := reflect.ValueOf(target).Elem(), reflect.ValueOf(changes).Elem()
	for i := range src.NumField() {
		from := src.Field(i)
		if from.Kind() != reflect.Pointer && from.Kind() != reflect.Slice || from.IsNil() {
			continue
		}
		to := dst.FieldByName(src.Type().Field(i).Name)
		switch {
		case !to.IsValid():
		case to.Type() == from.Type() && from.Kind() == reflect.Pointer && isEmptyText(from.Elem()):
			to.SetZero()
		case to.Type() == from.Type():
			to.Set(from)
		case from.Kind() == reflect.Pointer && to.Type() == from.Type().Elem():
			to.Set(from.Elem())
		}
	}
}

func isEmptyText(v reflect.Value) bool { return v.Kind() == reflect.String && v.Len() == 0 }

// clearFields empties the named fields; a field is named as in the schema and must be one that may
// be empty.
func clearFields(e Entity, names []string) Problems {
	var p Problems
	for i, name := range names {
		if !clearField(reflect.ValueOf(e).Elem(), name) {
			p.add(CodeUnknown, "This is no field that can be cleared; texts are cleared by an empty text, lists by an empty list.", "clear", index(i))
		}
	}
	return p
}

func clearField(v reflect.Value, name string) bool {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous && f.Tag.Get("json") != "-" {
			if clearField(v.Field(i), name) {
				return true
			}
			continue
		}
		if inputName(f) == name && f.Type.Kind() == reflect.Pointer && !isKept(name) {
			v.Field(i).SetZero()
			return true
		}
	}
	return false
}

// isKept tells whether the field is kept by the program or by reviewers, and not by authors.
func isKept(name string) bool {
	switch name {
	case "provenance", "publishedAt", "lastVerifiedAt", "verifiedBy", "verdict", "archivedReason":
		return true
	default:
		return false
	}
}

// inputName is what clients call a field: its stored name, or what its tag "input" says where the
// inputs of the schema have another name for it.
func inputName(f reflect.StructField) string {
	if name := f.Tag.Get("input"); name != "" {
		return name
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}
