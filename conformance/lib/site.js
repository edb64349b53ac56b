// Where the server under test is, and the little that several checks do with it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const site = process.env.GOODPRACTICE_URL;
if (!site) throw new Error('GOODPRACTICE_URL is not set: run the checks by make conformance');

export const origin = site;
export const endpoint = `${site}/graphql`;
export const socketEndpoint = endpoint.replace('http', 'ws');
export const authorization = `Bearer ${process.env.GOODPRACTICE_TOKEN}`;

// ask sends one operation as an editor and answers its data.
export async function ask(query, variables) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

// draft is what a mutation needs to make a practice that can be published.
export function draft(title) {
  return {
    language: 'en', title, summary: 'Written by a check of the clients.', situation: 'Nobody had it.',
    action: 'A client sent it.', results: 'It was found.', themes: ['housing'], countries: ['ES'], year: 2024,
  };
}

// publish makes a practice public and answers its title, which no other record has.
export async function publish() {
  const title = `A practice that subscribers hear of ${randomUUID()}`;
  const made = await ask(
    'mutation($input: CreatePracticeInput!) { done: createPractice(input: $input) { record: practice { id revision } userErrors { message } } }',
    { input: draft(title) },
  );
  const submitted = await ask(
    'mutation($input: SubmitEntryInput!) { done: submitEntry(input: $input) { record: entry { id revision } userErrors { message } } }',
    { input: saved(made) },
  );
  saved(await ask(
    'mutation($input: PublishEntryInput!) { done: publishEntry(input: $input) { record: entry { id revision } userErrors { message } } }',
    { input: { ...saved(submitted), reason: 'It is a test.' } },
  ));
  return title;
}

function saved({ done }) {
  assert.deepEqual(done.userErrors, []);
  return done.record;
}

// untilHeard publishes practices until one is heard of: a subscription says nothing when it begins,
// so what is published in the same moment may come before it. heard is a promise of the title.
export async function untilHeard(heard) {
  const published = new Set();
  let title;
  heard.then((it) => { title = it; }, () => { title = ''; });
  for (let tries = 0; title === undefined && tries < 20; tries += 1) {
    published.add(await publish());
    await Promise.race([heard.catch(() => {}), new Promise((resolve) => { setTimeout(resolve, 500); })]);
  }
  assert.ok(published.has(await heard), 'what arrived is not what was published');
}
