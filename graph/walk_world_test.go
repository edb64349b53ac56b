package graph_test

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// The readers of the walk, by the names of their tokens.
const (
	anonymous     = ""
	partner       = "partner"
	contributorA  = "contributor-a"
	contributorB  = "contributor-b"
	editor        = "editor"
	administrator = "administrator"
)

func readers() []string {
	return []string{anonymous, partner, contributorA, contributorB, editor, administrator}
}

// world is a store in which everything that is not for everyone is marked by a word of its own.
type world struct {
	records []knowledge.Entity
	second  []knowledge.Entity // later revisions, to save after the records
	marks   map[string]mark
}

// mark is what a word marks: something, and who may see it.
type mark struct {
	what    string
	readers []string
}

// set names one record of each kind.
type set map[knowledge.Kind]knowledge.ID

// newWorld makes: a public record of each kind (the hubs), which points at what is hidden and at what does not exist; an
// entry of each kind in each other state for each of two cities, which point at the hubs; and an archived record of each
// other kind, which does so too.
func newWorld() *world {
	w := &world{marks: map[string]mark{}}
	for name, role := range map[string]knowledge.Role{
		partner: knowledge.RoleReader, editor: knowledge.RoleEditor, administrator: knowledge.RoleAdministrator,
	} {
		w.records = append(w.records, tokenOf(name, role))
	}
	w.partners()
	w.records = append(w.records,
		knowledgetest.Authority("a-town", "First town", "ES"), tokenOf(contributorA, knowledge.RoleContributor, "a-town"),
		knowledgetest.Authority("b-town", "Second town", "ES"), tokenOf(contributorB, knowledge.RoleContributor, "b-town"))

	hubs, archived := w.names("hub"), w.names("archived")
	var hidden []set
	for _, owner := range []string{"a", "b"} {
		for _, status := range hiddenStates() {
			entries := w.names("hidden-" + owner + "-" + string(status))
			hidden = append(hidden, entries)
			for _, kind := range knowledge.EntryKinds() {
				w.hide(kind, entries[kind], owner, status, hubs)
			}
		}
	}
	w.archive(archived, hubs)
	w.publish(hubs, append(hidden, archived))
	token := tokenOf("spare", knowledge.RoleReader)
	token.Name = w.mark("the name of a token", administrator)
	w.records = append(w.records, token)
	return w
}

// partners makes the partner whose key one of the readers has, another one, and one that is switched off.
func (w *world) partners() {
	own := w.add(knowledge.KindPartner, knowledge.DeriveID(knowledge.KindPartner, "walk", "own"),
		knowledge.StatusPublished, w.mark("the partner itself", partner, administrator))
	for _, e := range w.records {
		if token, ok := e.(*knowledge.Token); ok && token.Role == knowledge.RoleReader {
			token.PartnerID = &own.Head().ID
		}
	}
	for name, status := range map[string]knowledge.EditorialStatus{
		"another": knowledge.StatusPublished, "archived": knowledge.StatusArchived,
	} {
		w.add(knowledge.KindPartner, knowledge.DeriveID(knowledge.KindPartner, "walk", name), status,
			w.mark("the "+name+" partner", administrator))
	}
}

func hiddenStates() []knowledge.EditorialStatus {
	return []knowledge.EditorialStatus{
		knowledge.StatusDraft, knowledge.StatusSubmitted, knowledge.StatusInReview, knowledge.StatusChangesRequested,
		knowledge.StatusRejected, knowledge.StatusWithdrawn, knowledge.StatusArchived,
	}
}

// names gives a set its ids.
func (w *world) names(name string) set {
	s := set{}
	for _, kind := range knowledge.Kinds() {
		s[kind] = knowledge.DeriveID(kind, "walk", name)
	}
	s[knowledge.KindCountry] = knowledge.CountryID(map[string]knowledge.CountryCode{"hub": "ES", "archived": "RO"}[name])
	return s
}

// markEnd is how every mark ends: a word that is found by its end, and unlike the others from its first letter, so that
// no search takes one for a misspelling or another form of another.
const markEnd = "qzx"

// mark makes a new word and notes who may see it.
func (w *world) mark(what string, readers ...string) string {
	sum := sha256.Sum256([]byte(strconv.Itoa(len(w.marks))))
	var b strings.Builder
	for _, x := range sum[:12] {
		b.WriteByte('a' + x%26)
	}
	word := b.String() + markEnd
	w.marks[word] = mark{what, readers}
	return word
}

// add makes a record of the kind in which every text holds the word.
func (w *world) add(kind knowledge.Kind, id knowledge.ID, status knowledge.EditorialStatus, word string) knowledge.Entity {
	e := knowledgetest.Fill(kind, uint64(len(w.records)))
	e.Head().Edit.Reason = ""
	write(reflect.ValueOf(e).Elem(), "", word)
	m := e.Head()
	m.ID, m.Slug, m.Status, m.CreatedBy = id, word, status, ""
	if entry, ok := e.(knowledge.Entry); ok && status != knowledge.StatusPublished {
		entry.Core().PublishedRevision = 0
	}
	w.records = append(w.records, e)
	return e
}

// hide adds an entry that is not public.
func (w *world) hide(kind knowledge.Kind, id knowledge.ID, owner string, status knowledge.EditorialStatus, hubs set) {
	what := fmt.Sprintf("the %s %s of town %s", status, kind.Noun(), owner)
	e := w.add(kind, id, status, w.mark(what, "contributor-"+owner, editor, administrator))
	point(e, hubs)
	e.(knowledge.Entry).Core().Contributors = []knowledge.Contributor{
		{AuthorityID: knowledgetest.ID(knowledge.KindAuthority, owner+"-town"), Role: knowledge.RoleLead},
	}
}

// archive adds an archived record of each kind that is no entry.
func (w *world) archive(ids, hubs set) {
	for _, kind := range knowledge.Kinds() {
		if !kind.IsEntry() && !kind.IsAdministrative() {
			e := w.add(kind, ids[kind], knowledge.StatusArchived, w.mark("the archived "+kind.Noun(), editor, administrator))
			point(e, hubs)
		}
	}
}

// publish adds the hubs.
func (w *world) publish(hubs set, targets []set) {
	for _, kind := range knowledge.Kinds() {
		if kind.IsAdministrative() {
			continue
		}
		e := w.add(kind, hubs[kind], knowledge.StatusPublished, w.mark("the public "+kind.Noun(), readers()...))
		point(e, append([]set{hubs}, targets...)...)
		switch x := e.(type) {
		case knowledge.Entry:
			w.publishEntry(x)
		case *knowledge.Theme:
			x.HiddenLabels = w.hiddenLabel("theme")
		case *knowledge.TargetGroup:
			x.HiddenLabels = w.hiddenLabel("target group")
		}
	}
}

// publishEntry gives a public entry contacts for each visibility, and a past in which it was not public.
func (w *world) publishEntry(e knowledge.Entry) {
	noun := e.Kind().Noun()
	contact := func(v knowledge.ContactVisibility, readers ...string) knowledge.Contact {
		name := w.mark("a contact of the "+noun+" for "+string(v), readers...)
		return knowledge.Contact{Name: &name, Visibility: v}
	}
	e.Core().Contacts = []knowledge.Contact{
		contact(knowledge.ContactPublic, readers()...), contact(knowledge.ContactMembers, readers()[1:]...),
		contact(knowledge.ContactSecretariat, editor, administrator),
	}
	public := knowledgetest.Revised(e, nil)
	public.Core().PublishedRevision = 2
	w.second = append(w.second, public)
	e.Head().Status, e.Core().PublishedRevision = knowledge.StatusDraft, 0
	e.Blocks()[0].Title += " " + w.mark("the first draft of the "+noun, editor, administrator)
}

func (w *world) hiddenLabel(noun string) []knowledge.Label {
	text := w.mark("a hidden label of the "+noun, editor, administrator)
	return []knowledge.Label{{Language: "en", Kind: knowledge.LabelAlternative, Text: text}}
}

// write puts the word into every text of a record.
func write(v reflect.Value, name, word string) {
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil():
		write(v.Elem(), name, word)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			write(v.Index(i), name, word)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag != "-" && v.Type().Field(i).IsExported() {
				write(v.Field(i), tag, word)
			}
		}
	case v.Type() != reflect.TypeFor[string]() || slices.Contains(unmarked(), name):
	case strings.HasPrefix(v.String(), "https://"):
		v.SetString(v.String() + "/" + word)
	case name == "email":
		v.SetString(word + "@example.org")
	default:
		v.SetString(v.String() + " " + word)
	}
}

// unmarked are the texts that are no texts, or that nobody is shown.
func unmarked() []string {
	return []string{"hash", "digest", "key", "amount", "currency", "licence", "slug", "reason"}
}
