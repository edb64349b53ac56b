// Server-sent events: the client of npm graphql-sse (by POST), and EventSource, which browsers have
// (by GET).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSource } from 'eventsource';
import { createClient } from 'graphql-sse';
import { endpoint, untilHeard } from '../lib/site.js';

const subscription = 'subscription { entryPublished { title } }';

test('graphql-sse: a query', { timeout: 20_000 }, async () => {
  const client = createClient({ url: endpoint });
  const results = client.iterate({ query: '{ practices(first: 1) { totalCount } }' });
  assert.ok((await results.next()).value.data.practices.totalCount > 0);
  assert.equal((await results.next()).done, true);
  client.dispose();
});

test('graphql-sse: a document that is refused', { timeout: 20_000 }, async () => {
  const client = createClient({ url: endpoint, retryAttempts: 0 });
  const { value } = await client.iterate({ query: 'subscription { nothing }' }).next();
  assert.equal(value.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  client.dispose();
});

test('graphql-sse: a subscription', { timeout: 30_000 }, async () => {
  const client = createClient({ url: endpoint });
  const news = client.iterate({ query: subscription });
  await untilHeard(news.next().then(({ value }) => value.data.entryPublished.title));
  await news.return();
  client.dispose();
});

test('EventSource: a subscription by GET', { timeout: 30_000 }, async () => {
  const source = new EventSource(`${endpoint}?query=${encodeURIComponent(subscription)}`);
  await untilHeard(new Promise((resolve, reject) => {
    source.addEventListener('next', (event) => resolve(JSON.parse(event.data).data.entryPublished.title));
    source.addEventListener('error', reject);
  }));
  source.close();
});

test('EventSource: a query ends with the event "complete"', { timeout: 20_000 }, async () => {
  const source = new EventSource(`${endpoint}?query=${encodeURIComponent('{ practices(first: 1) { totalCount } }')}`);
  const seen = [];
  await new Promise((resolve, reject) => {
    source.addEventListener('next', (event) => seen.push(JSON.parse(event.data)));
    source.addEventListener('complete', resolve);
    source.addEventListener('error', reject);
  });
  source.close();
  assert.equal(seen.length, 1);
  assert.ok(seen[0].data.practices.totalCount > 0);
});
