// urql: it accepts event streams with every query, and subscribes by server-sent events.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, fetchExchange, gql } from '@urql/core';
import { authorization, draft, endpoint, untilHeard } from '../lib/site.js';

const newClient = (options) => new Client({ url: endpoint, exchanges: [fetchExchange], preferGetMethod: false, ...options });
const count = gql`query Count { practices(first: 1) { totalCount nodes { id title } } }`;

for (const method of ['POST', 'GET']) {
  test(`queries by ${method}, and is not answered by a stream`, { timeout: 20_000 }, async () => {
    let response;
    const client = newClient({
      preferGetMethod: method === 'GET' && 'force',
      fetch: async (...request) => {
        assert.equal(request[1].method, method);
        response = await fetch(...request);
        return response;
      },
    });
    const { data, error } = await client.query(count, {}).toPromise();
    assert.equal(error, undefined);
    assert.ok(data.practices.totalCount > 0);
    assert.match(response.headers.get('content-type'), /^application\/(graphql-response\+)?json/);
  });
}

test('reads the errors of a document that is refused', { timeout: 20_000 }, async () => {
  const { error } = await newClient().query(gql`{ nothing }`, {}).toPromise();
  assert.equal(error.graphQLErrors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
});

test('sends a mutation with a token', { timeout: 20_000 }, async () => {
  const client = newClient({ fetchOptions: { headers: { authorization } } });
  const { data, error } = await client.mutation(gql`
    mutation Try($input: CreatePracticeInput!) {
      createPractice(input: $input) { practice { id title } userErrors { message } }
    }
  `, { input: { ...draft('Tried by urql'), dryRun: true } }).toPromise();
  assert.equal(error, undefined);
  assert.equal(data.createPractice.practice.title, 'Tried by urql');
});

test('subscribes with fetchSubscriptions', { timeout: 30_000 }, async () => {
  const client = newClient({ fetchSubscriptions: true });
  let subscription;
  await untilHeard(new Promise((resolve, reject) => {
    subscription = client.subscription(gql`subscription { entryPublished { id title } }`, {}).subscribe(({ data, error }) => {
      if (error) reject(error);
      else resolve(data.entryPublished.title);
    });
  }));
  subscription.unsubscribe();
});
