package relay

import "goodpractice/internal/knowledge"

// Connection is a page of a list, in the form of the Relay specification.
type Connection[T any] struct {
	Edges      []*Edge[T]
	PageInfo   *PageInfo
	TotalCount int
}

// Edge is one item of a page, with its place in the list.
type Edge[T any] struct {
	Cursor string
	Node   T
}

// PageInfo tells whether there is more than the page.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Nodes are the items without their cursors.
func (c *Connection[T]) Nodes() []T {
	out := make([]T, len(c.Edges))
	for i, e := range c.Edges {
		out[i] = e.Node
	}
	return out
}

// The connections and edges of the schema.
type (
	// PracticeConnection is a page of practices.
	PracticeConnection = Connection[*knowledge.Practice]
	// PracticeEdge is a practice in a page.
	PracticeEdge = Edge[*knowledge.Practice]
	// LessonConnection is a page of lessons.
	LessonConnection = Connection[*knowledge.LessonLearnt]
	// LessonEdge is a lesson in a page.
	LessonEdge = Edge[*knowledge.LessonLearnt]
	// RecommendationConnection is a page of recommendations.
	RecommendationConnection = Connection[*knowledge.Recommendation]
	// RecommendationEdge is a recommendation in a page.
	RecommendationEdge = Edge[*knowledge.Recommendation]
	// EntryConnection is a page of entries.
	EntryConnection = Connection[knowledge.Entry]
	// EntryEdge is an entry in a page.
	EntryEdge = Edge[knowledge.Entry]
	// AuthorityConnection is a page of authorities.
	AuthorityConnection = Connection[*knowledge.Authority]
	// AuthorityEdge is an authority in a page.
	AuthorityEdge = Edge[*knowledge.Authority]
	// CountryConnection is a page of countries.
	CountryConnection = Connection[*knowledge.Country]
	// CountryEdge is a country in a page.
	CountryEdge = Edge[*knowledge.Country]
	// ThemeConnection is a page of themes.
	ThemeConnection = Connection[*knowledge.Theme]
	// ThemeEdge is a theme in a page.
	ThemeEdge = Edge[*knowledge.Theme]
	// TargetGroupConnection is a page of target groups.
	TargetGroupConnection = Connection[*knowledge.TargetGroup]
	// TargetGroupEdge is a target group in a page.
	TargetGroupEdge = Edge[*knowledge.TargetGroup]
	// EventConnection is a page of events.
	EventConnection = Connection[*knowledge.Event]
	// EventEdge is an event in a page.
	EventEdge = Edge[*knowledge.Event]
	// StudyConnection is a page of studies.
	StudyConnection = Connection[*knowledge.Study]
	// StudyEdge is a study in a page.
	StudyEdge = Edge[*knowledge.Study]
	// OrganisationConnection is a page of organisations.
	OrganisationConnection = Connection[*knowledge.Organisation]
	// OrganisationEdge is an organisation in a page.
	OrganisationEdge = Edge[*knowledge.Organisation]
	// PartnerConnection is a page of partners.
	PartnerConnection = Connection[*knowledge.Partner]
	// PartnerEdge is a partner in a page.
	PartnerEdge = Edge[*knowledge.Partner]
	// TokenConnection is a page of tokens.
	TokenConnection = Connection[*knowledge.Token]
	// TokenEdge is a token in a page.
	TokenEdge = Edge[*knowledge.Token]
)
