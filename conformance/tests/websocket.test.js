// The client of npm graphql-ws, and what the protocol graphql-transport-ws says about closing.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { socketEndpoint, untilHeard } from '../lib/site.js';

const protocol = 'graphql-transport-ws';

test('graphql-ws: a query, an error and a subscription on one socket', { timeout: 30_000 }, async () => {
  const client = createClient({ url: socketEndpoint, webSocketImpl: WebSocket });
  try {
    const results = client.iterate({ query: '{ practices(first: 1) { totalCount } }' });
    const { value } = await results.next();
    assert.ok(value.data.practices.totalCount > 0);
    assert.equal((await results.next()).done, true);

    const refused = client.iterate({ query: '{ nothing }' });
    await assert.rejects(refused.next(), (errors) => errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED');

    const news = client.iterate({ query: 'subscription { entryPublished { title } }' });
    await untilHeard(news.next().then(({ value: event }) => event.data.entryPublished.title));
    await news.return();
  } finally {
    await client.dispose();
  }
});

test('two subscriptions on one socket end on their own', { timeout: 30_000 }, async () => {
  const client = createClient({ url: socketEndpoint, webSocketImpl: WebSocket });
  const subscribe = () => client.iterate({ query: 'subscription { entryPublished { title } }' });
  try {
    const [first, second] = [subscribe(), subscribe()];
    const waiting = first.next();
    await untilHeard(second.next().then(({ value }) => value.data.entryPublished.title));
    assert.equal((await waiting).done, false);
    await second.return();
    await untilHeard(first.next().then(({ value }) => value.data.entryPublished.title));
    await first.return();
  } finally {
    await client.dispose();
  }
});

const init = { type: 'connection_init' };
const wait = { id: 'one', type: 'subscribe', payload: { query: 'subscription { entryPublished { title } }' } };

for (const [name, wanted, protocols, messages] of [
  ['no sub-protocol', 4406, [], []],
  ['a message that is not JSON', 4400, [protocol], ['{']],
  ['a message of no known type', 4400, [protocol], [init, { type: 'begin' }]],
  ['a query that is no text', 4400, [protocol], [init, { id: 'one', type: 'subscribe', payload: { query: 7 } }]],
  ['an operation before the greeting', 4401, [protocol], [wait]],
  ['no greeting', 4408, [protocol], []],
  ['an id in use', 4409, [protocol], [init, wait, wait]],
  ['a second greeting', 4429, [protocol], [init, init]],
]) {
  test(`closes with ${wanted}: ${name}`, { timeout: 20_000 }, async () => {
    assert.equal(await closing(protocols, messages), wanted);
  });
}

// closing sends the messages, waiting for the acknowledgement of the first greeting, and answers the
// code that the server closes with.
function closing(protocols, [first, ...rest]) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketEndpoint, protocols);
    const send = (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    socket.on('open', () => first && send(first));
    socket.once('message', () => rest.forEach(send));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}

// The client above ends a handshake in which its sub-protocol was not taken, and never sees the code.
test('closes with 4406: the sub-protocol of another time', { timeout: 20_000 }, async () => {
  const opening = request(socketEndpoint.replace('ws', 'http'), {
    headers: {
      connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'), 'sec-websocket-protocol': 'graphql-ws',
    },
  }).end();
  const [, socket, early] = await once(opening, 'upgrade');
  const frame = early.length ? early : (await once(socket, 'data'))[0];
  socket.destroy();
  assert.equal(frame[0], 0x88, 'the first frame does not close'); // RFC 6455 section 5.2: final, opcode 8.
  assert.equal(frame.readUInt16BE(2), 4406);
});

test('answers a ping with a pong', { timeout: 20_000 }, async () => {
  const socket = new WebSocket(socketEndpoint, protocol);
  const received = await new Promise((resolve, reject) => {
    const types = [];
    socket.on('open', () => { for (const type of ['connection_init', 'ping']) socket.send(JSON.stringify({ type })); });
    socket.on('message', (message) => {
      types.push(JSON.parse(message).type);
      if (types.includes('pong') && types.includes('connection_ack')) resolve(types);
    });
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
  });
  socket.close();
  assert.ok(received.length >= 2);
});
