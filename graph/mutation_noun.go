package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// CreateAuthority adds an authority.
func (r mutationResolver) CreateAuthority(
	ctx context.Context, input relay.CreateAuthorityInput,
) (*relay.CreateAuthorityPayload, error) {
	return payload[*knowledge.Authority](ctx)(
		r.catalog.Create(ctx, knowledge.KindAuthority, "", &input.AuthorityChanges, input.Request))
}

// UpdateAuthority changes an authority.
func (r mutationResolver) UpdateAuthority(
	ctx context.Context, input relay.UpdateAuthorityInput,
) (*relay.UpdateAuthorityPayload, error) {
	return payload[*knowledge.Authority](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindAuthority), input.Language, input.Changes, input.Request))
}

// CreateCountry adds a country.
func (r mutationResolver) CreateCountry(
	ctx context.Context, input relay.CreateCountryInput,
) (*relay.CreateCountryPayload, error) {
	return payload[*knowledge.Country](ctx)(
		r.catalog.Create(ctx, knowledge.KindCountry, "", &input.CountryChanges, input.Request))
}

// UpdateCountry changes a country.
func (r mutationResolver) UpdateCountry(
	ctx context.Context, input relay.UpdateCountryInput,
) (*relay.UpdateCountryPayload, error) {
	return payload[*knowledge.Country](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindCountry), input.Language, input.Changes, input.Request))
}

// CreateTheme adds a theme.
func (r mutationResolver) CreateTheme(
	ctx context.Context, input relay.CreateThemeInput,
) (*relay.CreateThemePayload, error) {
	return payload[*knowledge.Theme](ctx)(
		r.catalog.Create(ctx, knowledge.KindTheme, "", &input.ConceptChanges, input.Request))
}

// UpdateTheme changes a theme.
func (r mutationResolver) UpdateTheme(
	ctx context.Context, input relay.UpdateThemeInput,
) (*relay.UpdateThemePayload, error) {
	return payload[*knowledge.Theme](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindTheme), input.Language, input.Changes, input.Request))
}

// CreateTargetGroup adds a target group.
func (r mutationResolver) CreateTargetGroup(
	ctx context.Context, input relay.CreateTargetGroupInput,
) (*relay.CreateTargetGroupPayload, error) {
	return payload[*knowledge.TargetGroup](ctx)(
		r.catalog.Create(ctx, knowledge.KindTargetGroup, "", &input.ConceptChanges, input.Request))
}

// UpdateTargetGroup changes a target group.
func (r mutationResolver) UpdateTargetGroup(
	ctx context.Context, input relay.UpdateTargetGroupInput,
) (*relay.UpdateTargetGroupPayload, error) {
	return payload[*knowledge.TargetGroup](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindTargetGroup), input.Language, input.Changes, input.Request))
}

// CreateEvent adds an event.
func (r mutationResolver) CreateEvent(
	ctx context.Context, input relay.CreateEventInput,
) (*relay.CreateEventPayload, error) {
	return payload[*knowledge.Event](ctx)(
		r.catalog.Create(ctx, knowledge.KindEvent, "", &input.EventChanges, input.Request))
}

// UpdateEvent changes an event.
func (r mutationResolver) UpdateEvent(
	ctx context.Context, input relay.UpdateEventInput,
) (*relay.UpdateEventPayload, error) {
	return payload[*knowledge.Event](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindEvent), input.Language, input.Changes, input.Request))
}

// CreateStudy adds a study.
func (r mutationResolver) CreateStudy(
	ctx context.Context, input relay.CreateStudyInput,
) (*relay.CreateStudyPayload, error) {
	return payload[*knowledge.Study](ctx)(
		r.catalog.Create(ctx, knowledge.KindStudy, "", &input.StudyChanges, input.Request))
}

// UpdateStudy changes a study.
func (r mutationResolver) UpdateStudy(
	ctx context.Context, input relay.UpdateStudyInput,
) (*relay.UpdateStudyPayload, error) {
	return payload[*knowledge.Study](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindStudy), input.Language, input.Changes, input.Request))
}

// CreateOrganisation adds an organisation.
func (r mutationResolver) CreateOrganisation(
	ctx context.Context, input relay.CreateOrganisationInput,
) (*relay.CreateOrganisationPayload, error) {
	return payload[*knowledge.Organisation](ctx)(
		r.catalog.Create(ctx, knowledge.KindOrganisation, "", &input.OrganisationChanges, input.Request))
}

// UpdateOrganisation changes an organisation.
func (r mutationResolver) UpdateOrganisation(
	ctx context.Context, input relay.UpdateOrganisationInput,
) (*relay.UpdateOrganisationPayload, error) {
	return payload[*knowledge.Organisation](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindOrganisation), input.Language, input.Changes, input.Request))
}
