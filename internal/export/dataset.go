package export

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"goodpractice/internal/knowledge"
)

// facts are what describes the records as a whole.
type facts struct {
	Search struct {
		TotalCount int
		Nodes      []struct{ UpdatedAt time.Time }
		Facets     []struct {
			Field   string
			Buckets []bucket
		}
	}
}

type bucket struct {
	Value string
	Label string
	Count int
}

// buckets are the values of a dimension that some record has.
func (f *facts) buckets(field string) []bucket {
	var out []bucket
	for _, facet := range f.Search.Facets {
		for _, b := range facet.Buckets {
			if facet.Field == field && b.Count > 0 {
				out = append(out, b)
			}
		}
	}
	return out
}

// dataset describes the whole by DCAT: what it is about, where it can be had in which form, and under which licence.
func (e *exporter) dataset(w http.ResponseWriter, r *http.Request) {
	if r.URL.RawQuery != "" {
		e.fail(w, r, invalid("", "The description of the dataset has no parameters."))
		return
	}
	if !e.charged(w, r) {
		return
	}
	ctx := knowledge.WithReader(r.Context(), knowledge.Reader{Languages: []knowledge.LanguageTag{"en"}}) // For everyone.
	data, stale, err := e.Ask(ctx, datasetDocument, nil)
	var found facts
	if err == nil {
		err = json.Unmarshal(data, &found)
	}
	if err != nil {
		e.fail(w, r, fmt.Errorf("describe the dataset: %w", err))
		return
	}
	content, err := marshal(e.describe(&found))
	if err != nil {
		e.fail(w, r, err)
		return
	}
	e.small(w, r, typeLinked, stale, append(content, '\n'))
}

// describe is the description.
func (e *exporter) describe(found *facts) object {
	licence := LicenceURL(knowledge.DefaultLicence)
	d := object{
		"@context": linkedContext(), "@id": e.BaseURL + DatasetPath, "@type": []string{"dcat:Dataset", "Dataset"},
		"dcterms:title": title, "name": title, "dcterms:description": description, "description": description,
		"dcterms:identifier": e.BaseURL + DatasetPath, "identifier": e.BaseURL + DatasetPath,
		"license": licence, "dcterms:license": licence,
		"creator": publisher(e.BaseURL, e.Publisher), "publisher": publisher(e.BaseURL, e.Publisher),
		"dcterms:publisher":   object{"@type": "http://xmlns.com/foaf/0.1/Agent", "name": e.Publisher, "@id": e.BaseURL + "/#publisher"},
		"url":                 e.BaseURL + "/",
		"dcat:landingPage":    e.BaseURL + "/",
		"isAccessibleForFree": true, "size": strconv.Itoa(found.Search.TotalCount) + " records",
		"dcat:keyword": keywords(found), "keywords": keywords(found),
		"dcat:theme": objects(found.buckets("THEME"), func(b bucket) object {
			return object{"@id": e.BaseURL + "/themes/" + b.Value, "@type": "skos:Concept", "skos:prefLabel": b.Label}
		}),
		"dcterms:spatial": objects(found.buckets("COUNTRY"), func(b bucket) object {
			return object{"@type": "dcterms:Location", "dcterms:identifier": b.Value, "skos:prefLabel": b.Label}
		}),
		"dcterms:language":  each(found.buckets("LANGUAGE"), func(b bucket) string { return b.Value }),
		"dcat:distribution": e.distributions(licence),
		"distribution":      e.downloads(licence),
	}
	if nodes := found.Search.Nodes; len(nodes) > 0 {
		d["dcterms:modified"] = object{"@type": "xsd:dateTime", "@value": timestamp(nodes[0].UpdatedAt)}
		d["dateModified"] = timestamp(nodes[0].UpdatedAt)
	}
	if years := found.buckets("YEAR"); len(years) > 0 {
		first, last := years[0].Value, years[0].Value
		for _, y := range years {
			first, last = min(first, y.Value), max(last, y.Value)
		}
		d["temporalCoverage"] = first + "/" + last
		d["dcterms:temporal"] = object{
			"@type":          "dcterms:PeriodOfTime",
			"dcat:startDate": object{"@type": "xsd:gYear", "@value": first}, "dcat:endDate": object{"@type": "xsd:gYear", "@value": last},
		}
	}
	return d
}

// description tells what the dataset is.
const description = "What cities and regions did, what they learnt and what they recommend: practices, lessons learnt and " +
	"recommendations with their places, periods, themes, target groups, evidence and sources."

// distributions are the forms in which the dataset can be had, by DCAT.
func (e *exporter) distributions(licence string) []object {
	list := objects(formats(), func(f format) object {
		return object{
			"@type": "dcat:Distribution", "@id": e.BaseURL + f.path(), "dcterms:title": f.title, "dcterms:license": licence,
			"dcat:downloadURL": e.BaseURL + f.path(), "dcat:accessURL": e.BaseURL + f.path(), "dcat:mediaType": bare(f.mediaType),
		}
	})
	return append(list, object{
		"@type": "dcat:Distribution", "@id": e.BaseURL + "/graphql", "dcterms:title": "API (GraphQL)", "dcterms:license": licence,
		"dcat:accessURL": e.BaseURL + "/playground", "dcat:mediaType": "application/json",
		"dcat:accessService": object{
			"@type": "dcat:DataService", "@id": e.BaseURL + "/graphql#service", "dcterms:title": "API (GraphQL)",
			"dcat:endpointURL": e.BaseURL + "/graphql", "dcat:endpointDescription": e.BaseURL + "/playground",
		},
	})
}

// downloads are the same for schema.org.
func (e *exporter) downloads(licence string) []object {
	return objects(formats(), func(f format) object {
		return object{
			"@type": "DataDownload", "name": f.title, "contentUrl": e.BaseURL + f.path(), "encodingFormat": bare(f.mediaType), "license": licence,
		}
	})
}

// keywords are the labels of the themes that most records are filed under.
func keywords(found *facts) []string {
	themes := found.buckets("THEME")
	return each(themes[:min(len(themes), 20)], func(b bucket) string { return b.Label })
}
