package export

import (
	"encoding/xml"
	"io"
	"strconv"

	"goodpractice/internal/knowledge"
)

// feed writes an Atom feed by RFC 4287, with its pages by RFC 5005 and positions by GeoRSS.
type feed struct {
	w     *xml.Encoder
	about about
}

func newFeed(w io.Writer, a about) output {
	encoder := xml.NewEncoder(w)
	encoder.Indent("", " ")
	return &feed{w: encoder, about: a}
}

// The names of the elements of a feed.
const (
	spaceAtom = "http://www.w3.org/2005/Atom"
	spaceGeo  = "http://www.georss.org/georss"
)

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr"`
	Label  string `xml:"label,attr"`
}

// atomText is plain text, which is escaped.
type atomText struct {
	Type string `xml:"type,attr"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	XMLName    struct{}       `xml:"entry"`
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Links      []atomLink     `xml:"link"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Rights     string         `xml:"rights"`
	Summary    *atomText      `xml:"summary"`
	Content    *atomText      `xml:"content"`
	Points     []string       `xml:"georss:point"`
	Cursor     string         `xml:"gp:cursor"`
}

func (f *feed) begin() error {
	if err := f.w.EncodeToken(xml.ProcInst{Target: "xml", Inst: []byte(`version="1.0" encoding="utf-8"`)}); err != nil {
		return err
	}
	root := xml.StartElement{Name: xml.Name{Local: "feed"}, Attr: []xml.Attr{
		{Name: xml.Name{Local: "xmlns"}, Value: spaceAtom},
		{Name: xml.Name{Local: "xmlns:georss"}, Value: spaceGeo},
		{Name: xml.Name{Local: "xmlns:gp"}, Value: f.about.base + "/#export"},
	}}
	if err := f.w.EncodeToken(root); err != nil {
		return err
	}
	for _, element := range []struct {
		name  string
		value any
	}{
		{"id", f.about.self},
		{"title", title},
		{"updated", timestamp(f.about.updated)},
		{"author", atomPerson{f.about.publisher, f.about.base + "/"}},
		{"rights", "Each entry names its licence; " + knowledge.DefaultLicence + " unless it says otherwise."},
		{"link", atomLink{"self", "application/atom+xml", f.about.self}},
		{"link", atomLink{"alternate", "text/html", f.about.base + "/"}},
		{"link", atomLink{"license", "", LicenceURL(knowledge.DefaultLicence)}},
	} {
		if err := f.w.EncodeElement(element.value, xml.StartElement{Name: xml.Name{Local: element.name}}); err != nil {
			return err
		}
	}
	return f.w.Flush()
}

func (f *feed) record(r *Record) error {
	entry := atomEntry{
		ID:    "tag:" + f.about.host + ",2026:" + r.ID,
		Title: atomText{"text", r.Language, r.Title}, Updated: timestamp(r.UpdatedAt),
		Links:  []atomLink{{"alternate", "text/html", r.Permalink}},
		Rights: r.Attribution, Cursor: r.Cursor,
	}
	if r.PublishedAt != nil {
		entry.Published = timestamp(*r.PublishedAt)
	}
	if licence := LicenceURL(r.Licence); licence != "" {
		entry.Links = append(entry.Links, atomLink{"license", "", licence})
	}
	for _, s := range r.Sources {
		if s.URL != "" {
			entry.Links = append(entry.Links, atomLink{"via", "", s.URL})
		}
	}
	for _, a := range r.Authorities {
		entry.Authors = append(entry.Authors, atomPerson{a.Name, a.Permalink})
	}
	for _, t := range r.Themes {
		entry.Categories = append(entry.Categories, atomCategory{t.Slug, f.about.base + "/themes/", t.Label})
	}
	for _, p := range r.points() {
		entry.Points = append(entry.Points, strconv.FormatFloat(p.Latitude, 'f', -1, 64)+" "+strconv.FormatFloat(p.Longitude, 'f', -1, 64))
	}
	if r.Summary != "" {
		entry.Summary = &atomText{"text", r.Language, r.Summary}
	}
	if body := r.body(); body != "" {
		entry.Content = &atomText{"text", r.Language, body}
	}
	if err := f.w.Encode(entry); err != nil {
		return err
	}
	return f.w.Flush()
}

func (f *feed) end(next string) error {
	if next != "" {
		link := atomLink{"next", "application/atom+xml", next}
		if err := f.w.EncodeElement(link, xml.StartElement{Name: xml.Name{Local: "link"}}); err != nil {
			return err
		}
	}
	if err := f.w.EncodeToken(xml.EndElement{Name: xml.Name{Local: "feed"}}); err != nil {
		return err
	}
	return f.w.Flush()
}
