package graph

import (
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/generated"
	"goodpractice/graph/transport"
	"goodpractice/internal/catalog"
)

// resolver is what all resolvers share.
type resolver struct {
	catalog *catalog.Catalog
	fresh   freshness
	gather  time.Duration // Options.Gather
	base    string        // the start of every permalink, without a slash at its end

	contract *ast.Schema      // what clients are promised
	limits   transport.Limits // of a document
}

var _ generated.ResolverRoot = (*resolver)(nil)

// The resolvers of the root types, of the nouns, and of the parts of nouns that point at others.

func (r *resolver) Query() generated.QueryResolver               { return queryResolver{r} }
func (r *resolver) Mutation() generated.MutationResolver         { return mutationResolver{r} }
func (r *resolver) Subscription() generated.SubscriptionResolver { return subscriptionResolver{r} }

func (r *resolver) Practice() generated.PracticeResolver         { return practiceResolver{r} }
func (r *resolver) LessonLearnt() generated.LessonLearntResolver { return lessonResolver{r} }
func (r *resolver) Recommendation() generated.RecommendationResolver {
	return recommendationResolver{r}
}
func (r *resolver) Authority() generated.AuthorityResolver       { return authorityResolver{r} }
func (r *resolver) Country() generated.CountryResolver           { return countryResolver{r} }
func (r *resolver) Theme() generated.ThemeResolver               { return themeResolver{r} }
func (r *resolver) TargetGroup() generated.TargetGroupResolver   { return targetGroupResolver{r} }
func (r *resolver) Event() generated.EventResolver               { return eventResolver{r} }
func (r *resolver) Study() generated.StudyResolver               { return studyResolver{r} }
func (r *resolver) Organisation() generated.OrganisationResolver { return organisationResolver{r} }
func (r *resolver) Partner() generated.PartnerResolver           { return partnerResolver{r} }
func (r *resolver) Token() generated.TokenResolver               { return tokenResolver{} }
func (r *resolver) Viewer() generated.ViewerResolver             { return viewerResolver{} }

func (r *resolver) SearchConnection() generated.SearchConnectionResolver { return foundResolver{r} }
func (r *resolver) SearchEdge() generated.SearchEdgeResolver             { return hitResolver{r} }

func (r *resolver) SimilarEntry() generated.SimilarEntryResolver { return similarResolver{} }
func (r *resolver) Suggestion() generated.SuggestionResolver     { return suggestionResolver{} }
func (r *resolver) Synonym() generated.SynonymResolver           { return synonymResolver{} }

func (r *resolver) Contribution() generated.ContributionResolver { return contributionResolver{} }
func (r *resolver) Partnership() generated.PartnershipResolver   { return partnershipResolver{} }
func (r *resolver) Evidence() generated.EvidenceResolver         { return evidenceResolver{} }
func (r *resolver) Confirmation() generated.ConfirmationResolver { return confirmationResolver{} }
func (r *resolver) Basis() generated.BasisResolver               { return basisResolver{} }
func (r *resolver) FollowUp() generated.FollowUpResolver         { return followUpResolver{} }
func (r *resolver) Participant() generated.ParticipantResolver   { return participantResolver{} }
func (r *resolver) Place() generated.PlaceResolver               { return placeResolver{} }
