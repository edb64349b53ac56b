package knowledgetest

import (
	"fmt"
	"strconv"
	"strings"

	"goodpractice/internal/knowledge"
)

// id makes a new id of the kind that the field points at.
func (f *filler) id(at field) knowledge.ID {
	f.ids++
	return knowledge.DeriveID(f.targetKind(at.name), "filled", strconv.FormatUint(f.seed, 10), strconv.Itoa(f.ids))
}

// targetKind is the kind of record that an id in the field with the Go name points at. A test holds
// it together with Relation.Targets.
func (f *filler) targetKind(name string) knowledge.Kind {
	switch name {
	case "ThemeIDs", "PrimaryThemeID":
		return knowledge.KindTheme
	case "TargetGroupIDs":
		return knowledge.KindTargetGroup
	case "AuthorityID", "AuthorityIDs", "ParentID":
		return knowledge.KindAuthority
	case "OrganisationID", "OrganiserIDs", "AuthorIDs":
		return knowledge.KindOrganisation
	case "StudyID":
		return knowledge.KindStudy
	case "PracticeID", "PracticeIDs", "TargetID", "VariantOfIDs", "InspiredByIDs", "SupersedesIDs", "PresentedIDs":
		return knowledge.KindPractice
	case "AdoptedAtID":
		return knowledge.KindEvent
	case "SupersededByID", "OutputIDs":
		return knowledge.KindRecommendation
	case "BroaderID", "RelatedIDs", "ReplacedByID":
		return f.kind
	case "PartnerID":
		return knowledge.KindPartner
	case "By":
		return knowledge.KindToken
	}
	panic("knowledgetest: say in targetKind what the new field " + name + " points at")
}

// number is a whole number that suits the field.
func (f *filler) number(at field) int {
	switch at.json {
	case "year":
		return 1995 + f.rng.IntN(30)
	case "suggestedEvidence":
		return 1 + f.rng.IntN(5)
	default:
		return 1 + f.rng.IntN(1_000_000)
	}
}

// text is a string that suits the field.
func (f *filler) text(at field) string {
	if strings.HasSuffix(at.json, "Url") || strings.HasSuffix(at.json, "Urls") {
		return f.address(at)
	}
	switch at.json {
	case "url", "website", "exactMatches":
		return f.address(at)
	case "allowedOrigins":
		return fmt.Sprintf("https://p%d-%d.example.org", f.rng.IntN(1_000_000), at.place)
	case "email":
		return fmt.Sprintf("name%d@example.org", f.rng.IntN(1_000_000))
	case "amount":
		return fmt.Sprintf("%d.%02d", 1+f.rng.IntN(1_000_000), f.rng.IntN(100))
	case "currency":
		return "EUR"
	case "key", "digest", "hash":
		return f.hash()
	}
	return f.sentence(4 + f.rng.IntN(5))
}

// address is a web address that names the field.
func (f *filler) address(at field) string {
	return fmt.Sprintf("https://example.org/%s/%d", at.json, f.rng.IntN(1_000_000))
}

// sentence is a number of words in several scripts, as they are stored in earnest.
func (f *filler) sentence(words int) string {
	vocabulary := [...]string{
		"school", "mediators", "housing", "council", "Čačak", "réseau", "locuințe", "Straße", "niños", "Łódź",
		"здравље", "медијатори", "Αθήνα", "õppimine", "İzmir", "cittá", "family", "work", "neighbourhood", "women",
	}
	out := make([]string, words)
	for i := range out {
		out[i] = vocabulary[f.rng.IntN(len(vocabulary))]
	}
	return strings.Join(out, " ") + "."
}
