package knowledge

import (
	"regexp"
	"strings"
)

// LanguageTag is a BCP 47 tag: en, rom, sr-Cyrl. Case is kept as the standard advises.
type LanguageTag string

// tagPattern is language[-script][-region][-variant…] of BCP 47 §2.1; extensions are not needed here.
var tagPattern = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$`)

// maxLanguageTag is the length of a tag with every subtag that tagPattern knows (RFC 5646 §4.4.1).
const maxLanguageTag = 35

// ParseLanguageTag puts the letters in the case that BCP 47 advises and checks the form. It does not
// ask whether the language exists.
func ParseLanguageTag(s string) (LanguageTag, bool) {
	if len(s) > maxLanguageTag {
		return LanguageTag(s), false
	}
	parts := strings.Split(strings.ReplaceAll(s, "_", "-"), "-")
	for i, p := range parts {
		switch {
		case i > 0 && len(p) == 4 && !strings.ContainsAny(p[:1], "0123456789"):
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		case i > 0 && len(p) == 2:
			parts[i] = strings.ToUpper(p)
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	tag := strings.Join(parts, "-")
	return LanguageTag(tag), tagPattern.MatchString(tag)
}

// base is the tag without its last subtag; "" for a bare language.
func (t LanguageTag) base() LanguageTag {
	i := strings.LastIndexByte(string(t), '-')
	if i < 0 {
		return ""
	}
	return t[:i]
}

// chooseLanguage finds the position of the language to show: each preference in turn, shortened step
// by step (RFC 4647 §3.4, lookup), then the fallback, then the first. It is -1 for no languages.
func chooseLanguage(have []LanguageTag, preferences []LanguageTag, fallback LanguageTag) int {
	for _, p := range preferences {
		for t := p; t != ""; t = t.base() {
			if i := indexOfLanguage(have, t); i >= 0 {
				return i
			}
		}
	}
	if i := indexOfLanguage(have, fallback); i >= 0 {
		return i
	}
	if len(have) == 0 {
		return -1
	}
	return 0
}

// indexOfLanguage finds a tag, or else one that only adds subtags to it: sr finds sr-Latn.
func indexOfLanguage(have []LanguageTag, want LanguageTag) int {
	longer := -1
	for i, h := range have {
		if h == want {
			return i
		}
		if longer < 0 && want != "" && strings.HasPrefix(string(h), string(want)+"-") {
			longer = i
		}
	}
	return longer
}
