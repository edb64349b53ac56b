// What a partner's own code would be: its operation, with types made of the schema. tests/codegen.test.js
// has it compiled against the generated code; a wrong field or variable would not compile.
import { graphql } from '../generated/codegen/index.js';
import type { HousingQuery, HousingQueryVariables } from '../generated/codegen/graphql.js';

export const housing = graphql(`
  query Housing($countries: [CountryCode!]) {
    search(text: "housing", filter: { countries: $countries }, first: 5) {
      totalCount
      edges { score node { __typename id title year permalink } }
      facets(fields: [THEME, YEAR]) { field buckets { value label count } }
    }
  }
`);

export const variables: HousingQueryVariables = { countries: ['ES'] };

export function titles(answer: HousingQuery): string[] {
  return answer.search.edges.map(({ node }) => (node.year === null ? node.title : `${node.title} (${node.year})`));
}

// @ts-expect-error A filter by something that is no country would not compile.
export const wrong: HousingQueryVariables = { countries: 7 };
