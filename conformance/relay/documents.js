// The documents of tests/relay.test.js. The compiler reads them here; at run time the checks use what it made of them.
import { graphql } from 'relay-runtime';

graphql`
  query documentsPageQuery($count: Int!, $cursor: String, $filter: EntryFilter) {
    ...documents_list @arguments(count: $count, cursor: $cursor, filter: $filter)
  }
`;

graphql`
  fragment documents_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }, filter: { type: "EntryFilter" })
  @refetchable(queryName: "documentsListPaginationQuery") {
    practices(first: $count, after: $cursor, filter: $filter) @connection(key: "documents_practices") {
      __id
      totalCount
      edges { node { id ...documents_practice } }
    }
  }
`;

graphql`
  fragment documents_practice on Practice @refetchable(queryName: "documentsPracticeRefetchQuery") {
    id
    title
    authorities { id name }
  }
`;

graphql`
  mutation documentsCreateMutation($input: CreatePracticeInput!, $connections: [ID!]!) {
    createPractice(input: $input) {
      practice @prependNode(connections: $connections, edgeTypeName: "PracticeEdge") { id ...documents_practice }
      userErrors { message }
    }
  }
`;

graphql`
  subscription documentsNewsSubscription {
    entryPublished { id title }
  }
`;
