package knowledgetest

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"goodpractice/internal/knowledge"
)

// Theme is a theme with labels. A label is a text, in English, or a language and a text: "ro:Locuire".
// The first of each language is the preferred one; without labels the slug is the label.
func Theme(slug string, labels ...string) *knowledge.Theme {
	return &knowledge.Theme{Concept: concept(knowledge.KindTheme, slug, labels)}
}

// TargetGroup is a target group with labels, in the form that Theme knows.
func TargetGroup(slug string, labels ...string) *knowledge.TargetGroup {
	return &knowledge.TargetGroup{Concept: concept(knowledge.KindTargetGroup, slug, labels)}
}

// Authority is a municipality. Its name is in English unless it has the form "ro:Cluj-Napoca".
func Authority(slug, name string, country knowledge.CountryCode) *knowledge.Authority {
	return &knowledge.Authority{
		Meta: meta(knowledge.KindAuthority, slug), Names: labelsFrom(slug, []string{name}),
		Type: "MUNICIPALITY", CountryCode: country,
	}
}

// Country is a member state of the Council of Europe. Its slug is its code in lower case.
func Country(code knowledge.CountryCode, names ...string) *knowledge.Country {
	slug := strings.ToLower(string(code))
	c := &knowledge.Country{
		Meta: meta(knowledge.KindCountry, slug), Code: code, Names: labelsFrom(slug, names), IsCouncilOfEurope: true,
	}
	c.ID = knowledge.CountryID(code)
	return c
}

// Organisation is an organisation without a country.
func Organisation(slug, name string) *knowledge.Organisation {
	return &knowledge.Organisation{
		Meta: meta(knowledge.KindOrganisation, slug), Names: labelsFrom(slug, []string{name}),
	}
}

// Event is a seminar with a title in English.
func Event(slug, title string) *knowledge.Event {
	return &knowledge.Event{
		Meta: meta(knowledge.KindEvent, slug), Type: "SEMINAR",
		Texts: []knowledge.EventText{{Language: "en", Title: title}},
	}
}

// Study is a piece of research with a title in English, not yet graded.
func Study(slug, title string) *knowledge.Study {
	return &knowledge.Study{
		Meta: meta(knowledge.KindStudy, slug), Type: "RESEARCH", EvidenceLevel: knowledge.EvidenceUngraded,
		Texts: []knowledge.StudyText{{Language: "en", Title: title}},
	}
}

// Token is a token for the secret, for the authorities with the slugs. Its own slug is
// its id with a hyphen.
func Token(secret string, role knowledge.Role, authorities ...string) *knowledge.Token {
	sum := sha256.Sum256([]byte(secret))
	t := &knowledge.Token{
		Meta: meta(knowledge.KindToken, ""), Name: "Test " + strings.ToLower(string(role)), Role: role,
		AuthorityIDs: ids(knowledge.KindAuthority, authorities), Hash: hex.EncodeToString(sum[:]),
	}
	t.ID = knowledge.DeriveID(knowledge.KindToken, t.Hash)
	t.Slug = strings.ReplaceAll(strings.ToLower(string(t.ID)), "_", "-")
	return t
}

// Partner is a partner with the origins, without a quota of its own and without documents.
func Partner(slug string, origins ...string) *knowledge.Partner {
	return &knowledge.Partner{
		Meta: meta(knowledge.KindPartner, slug), Name: spoken(slug),
		AllowedOrigins: append([]string{}, origins...), Documents: []knowledge.TrustedDocument{},
	}
}

// Key is a token of the partner with the slug.
func Key(secret, partner string) *knowledge.Token {
	t := Token(secret, knowledge.RoleReader)
	id := ID(knowledge.KindPartner, partner)
	t.PartnerID = &id
	return t
}

// concept is a term with labels.
func concept(kind knowledge.Kind, slug string, labels []string) knowledge.Concept {
	return knowledge.Concept{Meta: meta(kind, slug), Labels: labelsFrom(slug, labels)}
}

// labelsFrom reads labels in the form that Theme knows.
func labelsFrom(slug string, texts []string) []knowledge.Label {
	if len(texts) == 0 {
		texts = []string{spoken(slug)}
	}
	seen := map[knowledge.LanguageTag]bool{}
	labels := make([]knowledge.Label, len(texts))
	for i, text := range texts {
		language := knowledge.LanguageTag("en")
		if before, after, ok := strings.Cut(text, ":"); ok {
			if tag, ok := knowledge.ParseLanguageTag(before); ok {
				language, text = tag, after
			}
		}
		labels[i] = knowledge.Label{Language: language, Kind: knowledge.LabelPreferred, Text: text}
		if seen[language] {
			labels[i].Kind = knowledge.LabelAlternative
		}
		seen[language] = true
	}
	return labels
}

// spoken is a slug as words: "school-mediators" is "School mediators".
func spoken(slug string) string {
	words := strings.ReplaceAll(slug, "-", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
