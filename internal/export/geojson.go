package export

import (
	"encoding/json"
	"io"

	"goodpractice/internal/knowledge"
)

// geoMap writes a feature collection by RFC 7946. A record without a place has no geometry.
type geoMap struct {
	w       io.Writer
	about   about
	isLater bool
}

func newMap(w io.Writer, a about) output { return &geoMap{w: w, about: a} }

// feature is one record.
type feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *geometry  `json:"geometry"`
	Properties properties `json:"properties"`
}

type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"` // Longitude first: of one place, or a list of them.
}

type properties struct {
	Kind         string   `json:"kind"`
	Title        string   `json:"title"`
	Summary      string   `json:"summary"`
	Language     string   `json:"language"`
	Permalink    string   `json:"permalink"`
	Year         *int     `json:"year"`
	Themes       []string `json:"themes"`
	TargetGroups []string `json:"targetGroups"`
	Authorities  []string `json:"authorities"`
	Countries    []string `json:"countries"`
	UpdatedAt    string   `json:"updatedAt"`
	Licence      string   `json:"licence"`
	Attribution  string   `json:"attribution"`
	PlaceCredit  string   `json:"placeCredit,omitempty"` // Whom to credit for the position.
	Cursor       string   `json:"cursor"`
}

func (m *geoMap) begin() error {
	head, err := json.Marshal(struct {
		Type      string `json:"type"`
		Name      string `json:"name"`
		Publisher string `json:"publisher"`
		Licence   string `json:"licence"`
		Source    string `json:"source"`
	}{"FeatureCollection", title, m.about.publisher, LicenceURL(knowledge.DefaultLicence), m.about.self})
	if err != nil {
		return err
	}
	head = append(head[:len(head)-1], `,"features":[`...)
	_, err = m.w.Write(head)
	return err
}

func (m *geoMap) record(r *Record) error {
	points := r.points()
	content, err := json.Marshal(feature{Type: "Feature", ID: r.ID, Geometry: shape(points), Properties: properties{
		Kind: r.Kind, Title: r.Title, Summary: r.Summary, Language: r.Language, Permalink: r.Permalink, Year: r.Year,
		Themes:       each(r.Themes, func(t Term) string { return t.Slug }),
		TargetGroups: each(r.TargetGroups, func(t Term) string { return t.Slug }),
		Authorities:  each(r.Authorities, func(a Authority) string { return a.Name }),
		Countries:    each(r.Countries, func(c Country) string { return c.Code }),
		UpdatedAt:    timestamp(r.UpdatedAt), Licence: r.Licence, Attribution: r.Attribution, PlaceCredit: credit(points), Cursor: r.Cursor,
	}})
	if err != nil {
		return err
	}
	return writeItem(m.w, &m.isLater, content)
}

func (m *geoMap) end(next string) error {
	tail := "\n]}\n"
	if next != "" {
		address, err := json.Marshal(next)
		if err != nil {
			return err
		}
		tail = "\n],\"next\":" + string(address) + "}\n"
	}
	_, err := io.WriteString(m.w, tail)
	return err
}

// writeItem writes an item of a JSON list on a line of its own, with a comma before all but the first.
func writeItem(w io.Writer, isLater *bool, content []byte) error {
	separator := "\n"
	if *isLater {
		separator = ",\n"
	}
	*isLater = true
	if _, err := io.WriteString(w, separator); err != nil {
		return err
	}
	_, err := w.Write(content)
	return err
}

// shape is the geometry of some places: nil for none.
func shape(points []Point) *geometry {
	var places [][2]float64
	for _, p := range points {
		if p.Longitude >= -180 && p.Longitude <= 180 && p.Latitude >= -90 && p.Latitude <= 90 {
			places = append(places, [2]float64{p.Longitude, p.Latitude})
		}
	}
	switch len(places) {
	case 0:
		return nil
	case 1:
		return &geometry{"Point", places[0]}
	default:
		return &geometry{"MultiPoint", places}
	}
}

// credit names who is to be credited for positions, each once.
func credit(points []Point) string {
	seen, text := map[string]bool{"": true}, ""
	for _, p := range points {
		if seen[p.Source] {
			continue
		}
		seen[p.Source] = true
		if text != "" {
			text += "; "
		}
		text += p.Source
	}
	return text
}

// each is the list of what pick takes from the items, never nil.
func each[T any](list []T, pick func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = pick(x)
	}
	return out
}
