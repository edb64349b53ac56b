package export

import (
	"bytes"
	"encoding/json"
	"io"

	"goodpractice/internal/knowledge"
)

// linked writes a schema.org DataFeed whose elements are the records.
type linked struct {
	w       io.Writer
	about   about
	isLater bool
}

func newLinked(w io.Writer, a about) output { return &linked{w: w, about: a} }

// object is a JSON object. Keys come in the order of the alphabet.
type object = map[string]any

// linkedContext gives the terms their meaning inside the file, so that nobody has to fetch anything: schema.org, with Dublin
// Core and DCAT beside it. The cursor of an export has no meaning outside of it.
func linkedContext() object {
	id := func(term string) object { return object{"@id": term, "@type": "@id"} }
	return object{
		"@vocab":  "https://schema.org/",
		"dcterms": "http://purl.org/dc/terms/",
		"dcat":    "http://www.w3.org/ns/dcat#",
		"skos":    "http://www.w3.org/2004/02/skos/core#",
		"xsd":     "http://www.w3.org/2001/XMLSchema#",
		"license": id("license"), "url": id("url"), "sameAs": id("sameAs"),
		"dcterms:license": id("dcterms:license"), "dcterms:subject": id("dcterms:subject"), "dcterms:source": id("dcterms:source"),
		"dcterms:publisher": id("dcterms:publisher"), "dcterms:theme": id("dcterms:theme"),
		"dcat:accessURL": id("dcat:accessURL"), "dcat:downloadURL": id("dcat:downloadURL"),
		"dcat:endpointURL": id("dcat:endpointURL"), "dcat:endpointDescription": id("dcat:endpointDescription"),
		"dcat:landingPage": id("dcat:landingPage"), "dcat:theme": id("dcat:theme"),
		"cursor": nil,
	}
}

func (l *linked) begin() error {
	head, err := marshal(object{
		"@context": linkedContext(), "@id": l.about.self, "@type": "DataFeed", "name": title,
		"license": LicenceURL(knowledge.DefaultLicence), "publisher": publisher(l.about.base, l.about.publisher),
		"includedInDataCatalog": object{"@id": l.about.base + DatasetPath}, "dateModified": timestamp(l.about.updated),
	})
	if err != nil {
		return err
	}
	_, err = l.w.Write(append(head[:len(head)-1], `,"dataFeedElement":[`...))
	return err
}

func (l *linked) record(r *Record) error {
	node := Node(r)
	node["cursor"] = r.Cursor
	content, err := marshal(node)
	if err != nil {
		return err
	}
	return writeItem(l.w, &l.isLater, content)
}

func (l *linked) end(next string) error {
	tail := "\n]}\n"
	if next != "" {
		address, err := marshal(next)
		if err != nil {
			return err
		}
		tail = "\n],\"dcterms:relation\":{\"@id\":" + string(address) + ",\"name\":\"next\"}}\n"
	}
	_, err := io.WriteString(l.w, tail)
	return err
}

// Linked is the linked data of one record as a file of its own, with its context.
func Linked(r *Record) ([]byte, error) {
	return WithContext(Node(r))
}

// WithContext writes an object as a file of its own, with the context that its terms need.
func WithContext(node map[string]any) ([]byte, error) {
	node["@context"] = linkedContext()
	return json.Marshal(node) // With < and & escaped: it stands in pages.
}

// Node describes a record in terms of schema.org and Dublin Core, for a document that has the context.
func Node(r *Record) object {
	node := object{
		"@id": r.Permalink, "@type": "CreativeWork", "genre": genre(r.Kind), "identifier": r.ID, "url": r.Permalink,
		"name": r.Title, "inLanguage": r.Language, "isAccessibleForFree": true,
		"dateCreated": timestamp(r.CreatedAt), "dateModified": timestamp(r.UpdatedAt), "version": r.Revision,
		"creditText": r.Attribution, "dcterms:bibliographicCitation": r.Attribution, "dcterms:rights": r.Licence,
	}
	text := func(key, value string) {
		if value != "" {
			node[key] = value
		}
	}
	text("abstract", r.Summary)
	text("license", LicenceURL(r.Licence))
	text("dcterms:license", LicenceURL(r.Licence))
	text("temporalCoverage", r.temporal())
	text("dcterms:temporal", r.temporal())
	if r.PublishedAt != nil {
		text("datePublished", timestamp(*r.PublishedAt))
	}
	if r.Provenance != nil {
		text("dcterms:provenance", r.Provenance.Note)
	}
	text("text", r.body())
	r.relations(node)
	return node
}

// relations describes what the record points at.
func (r *Record) relations(node object) {
	list := func(key string, items []object) {
		if len(items) > 0 {
			node[key] = items
		}
	}
	list("creator", objects(r.Authorities, linkedAuthority))
	list("contributor", objects(r.Partnerships, func(p Partnership) object {
		return object{"@type": "Organization", "@id": p.Organisation.Permalink, "name": p.Organisation.Name}
	}))
	list("about", objects(r.Themes, func(t Term) object {
		return object{"@type": "DefinedTerm", "@id": t.Permalink, "name": t.Label, "termCode": t.Slug}
	}))
	list("dcterms:subject", objects(r.Themes, func(t Term) object { return object{"@id": t.Permalink} }))
	list("audience", objects(r.TargetGroups, func(t Term) object {
		return object{"@type": "Audience", "@id": t.Permalink, "audienceType": t.Label}
	}))
	places := objects(r.points(), func(p Point) object {
		return object{"@type": "Place", "geo": object{"@type": "GeoCoordinates", "latitude": p.Latitude, "longitude": p.Longitude}}
	})
	list("spatialCoverage", append(places, objects(r.Countries, func(c Country) object {
		return object{"@type": "Country", "@id": c.Permalink, "name": c.Name, "identifier": c.Code}
	})...))
	list("citation", objects(r.Sources, func(s Source) object {
		cited := object{"@type": "CreativeWork", "name": s.Title}
		for key, value := range map[string]string{"url": s.URL, "inLanguage": s.Language} {
			if value != "" {
				cited[key] = value
			}
		}
		return cited
	}))
}

func linkedAuthority(a Authority) object {
	o := object{"@type": "GovernmentOrganization", "@id": a.Permalink, "name": a.Name}
	if a.ExternalIDs.Wikidata != "" {
		o["sameAs"] = "http://www.wikidata.org/entity/" + a.ExternalIDs.Wikidata
	}
	return o
}

// publisher describes who publishes the records.
func publisher(base, name string) object {
	return object{"@type": "Organization", "name": name, "url": base + "/"}
}

func objects[T any](list []T, describe func(T) object) []object {
	out := make([]object, len(list))
	for i, x := range list {
		out[i] = describe(x)
	}
	return out
}

// temporal is the period by ISO 8601: "2010-01-01/2014-12-31", as exactly as it is known; "" where it is not.
func (r *Record) temporal() string {
	p := r.period()
	if p.Start == "" {
		return ""
	}
	length := 10
	switch p.Precision {
	case "YEAR":
		length = 4
	case "MONTH":
		length = 7
	}
	start := p.Start[:min(length, len(p.Start))]
	if p.End == "" {
		return start + "/.."
	}
	return start + "/" + p.End[:min(length, len(p.End))]
}

// marshal writes JSON without escapes for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
