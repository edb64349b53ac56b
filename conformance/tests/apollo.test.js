// Apollo Client 4: queries, pages that are joined, mutations, hashes instead of documents, and
// subscriptions over a websocket.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { authorization, draft, endpoint, socketEndpoint, untilHeard } from '../lib/site.js';

const newCache = () => new InMemoryCache({
  possibleTypes: { Entry: ['Practice', 'LessonLearnt', 'Recommendation'] },
  typePolicies: { Query: { fields: { search: relayStylePagination(['text', 'filter']) } } },
});

const newClient = (link) => new ApolloClient({ link, cache: newCache() });

const page = gql`
  query Page($after: String) {
    search(text: "housing", first: 3, after: $after) {
      totalCount
      edges { cursor node { id title } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

test('joins the pages of a connection', { timeout: 20_000 }, async () => {
  const client = newClient(new HttpLink({ uri: endpoint }));
  const watched = client.watchQuery({ query: page });
  let subscription;
  const shows = (count) => new Promise((resolve, reject) => {
    subscription?.unsubscribe();
    subscription = watched.subscribe({
      next: ({ data }) => data?.search.edges.length === count && resolve(data.search), error: reject,
    });
  });
  const { pageInfo } = await shows(3);
  const both = shows(6);
  await watched.fetchMore({ variables: { after: pageInfo.endCursor } });
  const joined = await both;
  assert.equal(new Set(joined.edges.map(({ node }) => node.id)).size, 6);
  assert.equal(joined.pageInfo.endCursor, joined.edges[5].cursor);
  subscription.unsubscribe();
});

test('reads errors of a document that is refused', { timeout: 20_000 }, async () => {
  const client = newClient(new HttpLink({ uri: endpoint }));
  await assert.rejects(client.query({ query: gql`{ nothing }` }), (error) => {
    assert.ok(CombinedGraphQLErrors.is(error), String(error));
    return error.errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED';
  });
});

test('sends a mutation with a token', { timeout: 20_000 }, async () => {
  const client = newClient(new HttpLink({ uri: endpoint, headers: { authorization } }));
  const { data } = await client.mutate({
    mutation: gql`
      mutation Try($input: CreatePracticeInput!) {
        createPractice(input: $input) { practice { id title } userErrors { message } }
      }
    `,
    variables: { input: { ...draft('Tried by Apollo'), dryRun: true } },
  });
  assert.deepEqual(data.createPractice.userErrors, []);
  assert.equal(data.createPractice.practice.title, 'Tried by Apollo');
});

// Automatic persisted queries: the client sends the hash alone, and the document only when it is told
// that the hash is unknown.
for (const method of ['POST', 'GET']) {
  test(`sends hashes instead of documents by ${method}`, { timeout: 20_000 }, async () => {
    const requests = [];
    const fetchAndNote = (uri, options) => {
      requests.push(options.method === 'GET' ? decodeURIComponent(uri) : options.body);
      return fetch(uri, options);
    };
    const ask = async () => {
      const client = newClient(ApolloLink.from([
        new PersistedQueryLink({
          sha256: (text) => createHash('sha256').update(text).digest('hex'),
          useGETForHashedQueries: method === 'GET',
        }),
        new HttpLink({ uri: endpoint, fetch: fetchAndNote }),
      ]));
      const { data } = await client.query({ query: gql(`query By${method} { practices(first: 1) { totalCount } }`) });
      assert.ok(data.practices.totalCount > 0);
    };
    await ask();
    assert.equal(requests.length, 2, 'the first request has the hash alone, the second the document too');
    await ask();
    assert.equal(requests.length, 3, 'the hash alone is enough when the document is known');
    assert.ok(!/query By/.test(requests[2]));
  });
}

test('subscribes over a websocket', { timeout: 30_000 }, async () => {
  const socket = createClient({ url: socketEndpoint, webSocketImpl: WebSocket });
  const client = newClient(new GraphQLWsLink(socket));
  const heard = new Promise((resolve, reject) => {
    client.subscribe({ query: gql`subscription { entryPublished { id title } }` })
      .subscribe({ next: ({ data }) => resolve(data.entryPublished.title), error: reject });
  });
  await untilHeard(heard);
  client.stop();
  await socket.dispose();
});
