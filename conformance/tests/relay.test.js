// Relay: the compiler takes the schema and documents with connections, refetching and inserted nodes;
// the runtime pages, refetches by node(id:) and inserts what a mutation made.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { createClient } from 'graphql-sse';
import relay from 'relay-runtime';
import { authorization, draft, endpoint, untilHeard } from '../lib/site.js';

const {
  commitMutation, createOperationDescriptor, Environment, fetchQuery, getSingularSelector, Network, Observable, RecordSource,
  requestSubscription, Store,
} = relay;
const folder = join(import.meta.dirname, '..', 'relay');
const made = {};

before(async () => {
  rmSync(join(folder, '__generated__'), { recursive: true, force: true });
  mkdirSync(join(folder, '__generated__'));
  const compiler = join(import.meta.dirname, '..', 'node_modules', 'relay-compiler', 'cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, join(folder, 'relay.config.json')], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  for (const name of ['PageQuery', 'ListPaginationQuery', '_list', '_practice', 'PracticeRefetchQuery', 'CreateMutation', 'NewsSubscription']) {
    made[name] = (await import(`../relay/__generated__/documents${name}.graphql.js`)).default;
  }
});

function newEnvironment() {
  const send = async ({ text: query }, variables) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };
  const follow = ({ text: query }, variables) => Observable.create((sink) => {
    const client = createClient({ url: endpoint });
    client.subscribe({ query, variables }, { next: sink.next, error: sink.error, complete: sink.complete });
    return () => client.dispose();
  });
  return new Environment({ network: Network.create(send, follow), store: new Store(new RecordSource()) });
}

// read answers the list that a query's fragment sees in the store.
function read(environment, variables) {
  const operation = createOperationDescriptor(made.PageQuery, variables);
  environment.retain(operation);
  const root = environment.lookup(operation.fragment).data;
  return environment.lookup(getSingularSelector(made._list, root)).data.practices;
}

test('pages of a connection are joined', { timeout: 30_000 }, async () => {
  const environment = newEnvironment();
  const variables = { count: 3, cursor: null, filter: { themes: ['housing'] } };
  await fetchQuery(environment, made.PageQuery, variables).toPromise();
  const first = read(environment, variables);
  assert.equal(first.edges.length, 3);
  assert.equal(first.pageInfo.hasNextPage, true);
  await fetchQuery(environment, made.ListPaginationQuery, { ...variables, cursor: first.pageInfo.endCursor }).toPromise();
  const ids = read(environment, variables).edges.map(({ node }) => node.id);
  assert.equal(new Set(ids).size, 6);
});

test('a node is fetched again by its id', { timeout: 30_000 }, async () => {
  const environment = newEnvironment();
  const variables = { count: 1, cursor: null, filter: null };
  await fetchQuery(environment, made.PageQuery, variables).toPromise();
  const [{ node }] = read(environment, variables).edges;
  const refetched = await fetchQuery(newEnvironment(), made.PracticeRefetchQuery, { id: node.id }).toPromise();
  assert.ok(refetched.node, 'node(id:) answers nothing');
});

test('what a mutation made is put into the connection', { timeout: 30_000 }, async () => {
  const environment = newEnvironment();
  const variables = { count: 3, cursor: null, filter: null };
  await fetchQuery(environment, made.PageQuery, variables).toPromise();
  const connection = read(environment, variables).__id;
  const answer = await new Promise((resolve, reject) => {
    commitMutation(environment, {
      mutation: made.CreateMutation,
      variables: { input: { ...draft('Tried by Relay'), dryRun: true }, connections: [connection] },
      onCompleted: resolve, onError: reject,
    });
  });
  assert.deepEqual(answer.createPractice.userErrors, []);
  const { edges } = read(environment, variables);
  assert.equal(edges.length, 4);
  assert.equal(environment.lookup(getSingularSelector(made._practice, edges[0].node)).data.title, 'Tried by Relay');
});

test('news arrive by a subscription', { timeout: 30_000 }, async () => {
  let subscription;
  await untilHeard(new Promise((resolve, reject) => {
    subscription = requestSubscription(newEnvironment(), {
      subscription: made.NewsSubscription, variables: {}, onNext: ({ entryPublished }) => resolve(entryPublished.title), onError: reject,
    });
  }));
  subscription.dispose();
});
