// graphql-codegen: types of an operation by the client preset, made of the schema as the server tells it,
// and the manifest of its documents by hash.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { generate } from '@graphql-codegen/cli';
import { startServer } from '../lib/server.js';
import { endpoint } from '../lib/site.js';

const root = join(import.meta.dirname, '..');
const output = join(root, 'generated', 'codegen/');

before(async () => {
  rmSync(output, { recursive: true, force: true });
  await generate({
    cwd: root, silent: true, errorsOnly: true,
    schema: endpoint,
    documents: ['codegen/use.ts'],
    generates: {
      [output]: {
        preset: 'client',
        presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
        config: {
          useTypeImports: true, importExtension: '.js', emitLegacyCommonJSImports: false,
          scalars: { CountryCode: 'string', LanguageTag: 'string', Date: 'string', DateTime: 'string', URL: 'string' },
        },
      },
    },
  }, true);
});

test('the types compile with the operation that they were made for', { timeout: 60_000 }, () => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'codegen'], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});

test('the manifest makes its documents trusted, and other documents are refused', { timeout: 60_000 }, async () => {
  const manifest = JSON.parse(readFileSync(join(output, 'persisted-documents.json'), 'utf8'));
  const [[documentId, query], ...others] = Object.entries(manifest);
  assert.equal(others.length, 0);
  assert.equal(documentId, `sha256:${createHash('sha256').update(query).digest('hex')}`);

  const data = mkdtempSync(join(tmpdir(), 'goodpractice-trusted-'));
  const server = await startServer(process.env.GOODPRACTICE_PROGRAM, data, '--documents', output, '--trusted-only');
  const ask = async (body) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    return response.json();
  };
  try {
    const trusted = await ask({ documentId, variables: { countries: ['ES'] } });
    assert.equal(trusted.errors, undefined, JSON.stringify(trusted.errors));
    assert.ok(trusted.data.search.totalCount > 0);
    const refused = await ask({ query: '{ practices(first: 1) { totalCount } }' });
    assert.equal(refused.errors[0].extensions.code, 'DOCUMENT_NOT_TRUSTED');
  } finally {
    await server.stop();
    rmSync(data, { recursive: true });
  }
});
