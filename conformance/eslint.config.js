// The rules that the schema is held to. Left out on purpose: the order of the alphabet; a nullable result of every root
// field, because a search or a mutation always answers and single records are nullable already; the style of
// descriptions, because those of one line are in plain quotes. That a deprecation has a date is a Go test (graph/contract_test.go):
// the linter's own rule wants an argument that @deprecated does not have.
import graphql from '@graphql-eslint/eslint-plugin';

const { configs, parser } = graphql;

// Parts of a record and of an answer, which nobody fetches alone. A type that is in neither list needs an id.
const parts = `
  PracticeText LessonText RecommendationText EventText StudyText Contribution Partner Evidence Confirmation Basis
  FollowUp Participant Place BuildingBlock Clause Reply Period Money Cost Funding Metric Beneficiaries
  CommunityParticipation Transferability Source Provenance Contact Link Media Award GeoPoint Population Label Note
  ExternalIds Membership Completeness Gap Version Viewer Partnership TrustedDocument UsageDay OperationUsage DeprecatedUse
`;
const answers = `
  SearchInterpretation Correction Synonym TextFilter ScorePart SimilarEntry Suggestion Passage Span FacetBucket
  Statistics StatisticsCell DimensionValue ChangePage RecordChange
`;

export default [{
  files: ['**/schema.graphql'],
  languageOptions: { parser, parserOptions: { graphQLConfig: { schema: '../schema.graphql' } } },
  plugins: { '@graphql-eslint': graphql },
  rules: {
    ...configs['flat/schema-recommended'].rules,
    ...configs['flat/schema-relay'].rules,
    '@graphql-eslint/description-style': 'off',
    '@graphql-eslint/strict-id-in-types': ['error', {
      acceptedIdNames: ['id'], acceptedIdTypes: ['ID'],
      exceptions: {
        suffixes: ['Connection', 'Edge', 'Payload', 'Info', 'Facet', 'Highlight', 'Error'],
        types: `${parts} ${answers}`.trim().split(/\s+/),
      },
    }],
    '@graphql-eslint/relay-edge-types': ['error', {
      withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false,
    }],
    '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
    '@graphql-eslint/require-description': ['error', {
      types: true, DirectiveDefinition: true, FieldDefinition: true, InputValueDefinition: true,
      EnumValueDefinition: true, rootField: true,
    }],
    '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
    '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
    '@graphql-eslint/no-hashtag-description': 'error',
    '@graphql-eslint/require-deprecation-reason': 'error',
    '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
  },
}];
