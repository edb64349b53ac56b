package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"strings"

	"goodpractice/internal/knowledge"
)

// record is one line of the flat form: a practice, lesson or recommendation in one language. Its keys
// are those of seed/practices.jsonl, in that order.
type record struct {
	ID                     string   `json:"id"`
	Kind                   string   `json:"kind"`
	Title                  string   `json:"title"`
	Summary                string   `json:"summary"`
	Context                string   `json:"context"`
	Action                 string   `json:"action"`
	Results                string   `json:"results"`
	Lessons                string   `json:"lessons"`
	LessonsBasis           string   `json:"lessonsBasis"`
	Themes                 []string `json:"themes"`
	TargetGroups           []string `json:"targetGroups"`
	Cities                 []city   `json:"cities"`
	Countries              []string `json:"countries"`
	Year                   *int     `json:"year"`
	YearBasis              string   `json:"yearBasis"`
	Organisations          []string `json:"organisations"`
	SourceURL              string   `json:"sourceUrl"`
	SourceTitle            string   `json:"sourceTitle"`
	SourceLanguage         string   `json:"sourceLanguage"`
	SourceType             string   `json:"sourceType"`
	OtherSources           []string `json:"otherSources"`
	SuggestedEvidenceLevel *int     `json:"suggestedEvidenceLevel"`
	Language               string   `json:"language"`
	TranslationOf          *string  `json:"translationOf"`
	TranslationOfID        string   `json:"translationOfId,omitempty"`
	SourceAccess           string   `json:"sourceAccess"`
}

// city names an authority.
type city struct {
	Name    string `json:"name"`
	Country string `json:"country"`
}

// The values of lessonsBasis and yearBasis.
const (
	basisStated    = "stated"
	basisDerived   = "derived"
	basisInferred  = "inferred"
	basisNotStated = "not stated"
)

// isTranslation tells whether the line is a further language version of another line.
func (r *record) isTranslation() bool { return r.TranslationOfID != "" }

// slug names the record that the line is about.
func (r *record) slug() string {
	if r.isTranslation() {
		return r.TranslationOfID
	}
	return r.ID
}

// entityID is the id that a record gets which the line makes: it is the same on every machine.
func (r *record) entityID() knowledge.ID { return seedID(knowledge.Kind(r.Kind), r.slug()) }

// seedID is the id of a record that came from a file under a slug.
func seedID(kind knowledge.Kind, slug string) knowledge.ID {
	if kind == knowledge.KindCountry {
		return knowledge.CountryID(knowledge.CountryCode(strings.ToUpper(slug)))
	}
	return knowledge.DeriveID(kind, "seed", slug)
}

// digest is a hash of what the line says, however it is written: the order of its keys, its spaces
// and whether it came as JSON or CSV make no difference.
func (r *record) digest() string {
	c := *r
	c.TranslationOf = nil // It repeats a title of another line.
	for _, list := range []*[]string{&c.Themes, &c.TargetGroups, &c.Countries, &c.Organisations, &c.OtherSources} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(c.Cities) == 0 {
		c.Cities = nil
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic("bundle: a flat record cannot be encoded: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// recordKeys lists the keys of the flat form in order.
func recordKeys() []string {
	t := reflect.TypeFor[record]()
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	return keys
}
