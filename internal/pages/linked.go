package pages

import (
	"goodpractice/internal/export"
	"goodpractice/internal/knowledge"
)

// linked is the record as linked data, with its context.
func (r *record) linked(n noun) ([]byte, error) {
	if n.isEntry() {
		return export.Linked(&r.Record)
	}
	node := map[string]any{
		"@id": r.Permalink, "@type": linkedType(n.kind), "url": r.Permalink, "name": r.Text, "identifier": r.ID,
		"dateModified": r.UpdatedAt.UTC().Format("2006-01-02T15:04:05.000Z"), "creditText": r.Attribution,
	}
	text := func(key, value string) {
		if value != "" {
			node[key] = value
		}
	}
	text("license", export.LicenceURL(r.Licence))
	text("dcterms:bibliographicCitation", r.Attribution)
	text("description", r.Definition+r.Purpose+r.Findings) // A record has one of them.
	text("identifier", r.Code)
	text("inLanguage", r.Language)
	text("sameAs", safe(r.Website))
	if w := r.External.Wikidata; w != "" {
		node["sameAs"] = "http://www.wikidata.org/entity/" + w
	}
	if len(r.Alternative) > 0 {
		node["alternateName"] = r.Alternative
	}
	if r.Point != nil {
		node["geo"] = map[string]any{"@type": "GeoCoordinates", "latitude": r.Point.Latitude, "longitude": r.Point.Longitude}
	}
	if r.Broader != nil {
		node["skos:broader"] = map[string]any{"@id": r.Broader.Permalink, "name": r.Broader.Text}
	}
	if r.Period != nil {
		text("startDate", r.Period.Start)
		text("endDate", r.Period.End)
	}
	if r.Year != nil {
		text("datePublished", year(r.Year))
	}
	return export.WithContext(node)
}

// linkedType is the type of schema.org.
func linkedType(kind knowledge.Kind) any {
	switch kind {
	case knowledge.KindAuthority:
		return []string{"AdministrativeArea", "GovernmentOrganization"}
	case knowledge.KindCountry:
		return "Country"
	case knowledge.KindTheme, knowledge.KindTargetGroup:
		return []string{"DefinedTerm", "skos:Concept"}
	case knowledge.KindEvent:
		return "Event"
	case knowledge.KindStudy:
		return "ScholarlyArticle"
	case knowledge.KindOrganisation:
		return "Organization"
	default:
		return "CreativeWork"
	}
}
