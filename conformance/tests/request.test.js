// graphql-request: queries by POST and GET, errors, and several documents at once, which are refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError, gql, GraphQLClient } from 'graphql-request';
import { authorization, endpoint } from '../lib/site.js';

const count = gql`query Count($themes: [String!]) { practices(first: 1, filter: { themes: $themes }) { totalCount } }`;

for (const method of ['POST', 'GET']) {
  test(`queries by ${method}`, { timeout: 20_000 }, async () => {
    const client = new GraphQLClient(endpoint, { method });
    const { practices } = await client.request(count, { themes: ['housing'] });
    assert.ok(practices.totalCount > 0);
  });
}

test('tells who asks', { timeout: 20_000 }, async () => {
  const client = new GraphQLClient(endpoint, { headers: { authorization } });
  const { viewer } = await client.request('{ viewer { __typename } }');
  assert.equal(viewer.__typename, 'Viewer');
});

test('reads errors', { timeout: 20_000 }, async () => {
  await assert.rejects(new GraphQLClient(endpoint).request('{ nothing }'), (error) => {
    assert.ok(error instanceof ClientError);
    return error.response.errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED';
  });
});

test('is told that a list of operations is not taken', { timeout: 20_000 }, async () => {
  const client = new GraphQLClient(endpoint);
  await assert.rejects(client.batchRequests([{ document: count }, { document: count }]), (error) => error.response.status === 400);
});
