// The examples of docs/partners.md, taken from the document and run against the server. Each prints the
// same figures; here they are asked for in another way. Other checks may publish meanwhile: an example is
// run again when the figures before and after it differ.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, origin } from '../lib/site.js';

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'partners.md'), 'utf8');
const folder = join(import.meta.dirname, '..', 'generated', 'partners'); // Where Node finds the packages.
const programs = { js: process.execPath, python: 'python3', r: 'Rscript' };

// A block with a file's name after its language is an example to run; pages are tried in a browser.
const examples = new Map();
for (const [, language, name, text] of document.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)) {
  if (language !== 'html') examples.set(name, { language, text: text.replaceAll('http://127.0.0.1:8080', origin) });
}

async function figures() {
  const { search } = await ask('{ search(text: "housing", first: 1) { totalCount facets(fields: [COUNTRY]) { buckets { label count } } } }');
  const countries = search.facets[0].buckets.slice(0, 5).map(({ label, count }) => `${label} ${count}`);
  return [`${search.totalCount} entries`, ...countries];
}

async function pages() {
  const { practices } = await ask('{ practices(filter: { countries: ["ES"] }, first: 1) { totalCount } }');
  return [`${practices.totalCount} practices in Spain`];
}

const wanted = {
  'fetch.mjs': figures, 'apollo.mjs': figures, 'urql.mjs': figures, 'housing.py': figures, 'housing.R': figures, 'pages.mjs': pages,
};

test('the document has these examples', () => assert.deepEqual([...examples.keys()].sort(), Object.keys(wanted).sort()));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, { language, text }] of examples) {
  test(`${name} prints the figures`, { timeout: 60_000 }, async (t) => {
    writeFileSync(join(folder, name), text);
    let before;
    let after = await wanted[name]();
    let ran;
    do {
      before = after;
      ran = await run(programs[language], name);
      if (ran.missing) {
        assert.notEqual(process.env.GOODPRACTICE_E2E, 'required', `${programs[language]} is not installed`);
        t.skip(`${programs[language]} is not installed`);
        return;
      }
      after = await wanted[name]();
    } while (before.join() !== after.join());
    assert.equal(ran.status, 0, ran.output);
    assert.deepEqual(ran.output.trim().split('\n'), after);
  });
}

function run(command, name) {
  return new Promise((resolve) => {
    const ran = { output: '', missing: false };
    const program = spawn(command, [name], { cwd: folder });
    for (const stream of [program.stdout, program.stderr]) stream.on('data', (part) => { ran.output += part; });
    program.on('error', ({ code }) => { ran.missing = code === 'ENOENT'; });
    program.on('close', (status) => resolve({ ...ran, status }));
  });
}
