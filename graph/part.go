package graph

import (
	"context"

	"goodpractice/internal/knowledge"
)

// The parts of records that point at other records. The lists that hold parts with a target that must not be null leave
// out those whose target the reader may not see (see visible), so that the target is there when it is asked for.
type (
	contributionResolver struct{}
	partnershipResolver  struct{}
	evidenceResolver     struct{}
	confirmationResolver struct{}
	basisResolver        struct{}
	followUpResolver     struct{}
	participantResolver  struct{}
	placeResolver        struct{}
)

// Authority is who contributed.
func (contributionResolver) Authority(ctx context.Context, obj *knowledge.Contributor) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, &obj.AuthorityID)
}

// Organisation is who helped.
func (partnershipResolver) Organisation(ctx context.Context, obj *knowledge.Partnership) (*knowledge.Organisation, error) {
	return one[*knowledge.Organisation](ctx, &obj.OrganisationID)
}

// Study is the evidence itself.
func (evidenceResolver) Study(ctx context.Context, obj *knowledge.Evidence) (*knowledge.Study, error) {
	return one[*knowledge.Study](ctx, &obj.StudyID)
}

// Authority is whose experience it was.
func (confirmationResolver) Authority(ctx context.Context, obj *knowledge.Confirmation) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, &obj.AuthorityID)
}

// Practice is where the experience was made.
func (confirmationResolver) Practice(ctx context.Context, obj *knowledge.Confirmation) (*knowledge.Practice, error) {
	return one[*knowledge.Practice](ctx, obj.PracticeID)
}

// Target is what a recommendation rests on.
func (basisResolver) Target(ctx context.Context, obj *knowledge.Basis) (knowledge.Entity, error) {
	return one[knowledge.Entity](ctx, &obj.TargetID)
}

// Authority is who follows up.
func (followUpResolver) Authority(ctx context.Context, obj *knowledge.FollowUp) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, &obj.AuthorityID)
}

// Authority is the authority that came.
func (participantResolver) Authority(ctx context.Context, obj *knowledge.Participant) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, obj.AuthorityID)
}

// Organisation is the organisation that came.
func (participantResolver) Organisation(
	ctx context.Context, obj *knowledge.Participant,
) (*knowledge.Organisation, error) {
	return one[*knowledge.Organisation](ctx, obj.OrganisationID)
}

// Country is where the participant came from.
func (participantResolver) Country(ctx context.Context, obj *knowledge.Participant) (*knowledge.Country, error) {
	return one[*knowledge.Country](ctx, countryID(obj.CountryCode))
}

// Authority is on whose territory the place lies.
func (placeResolver) Authority(ctx context.Context, obj *knowledge.Place) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, obj.AuthorityID)
}
