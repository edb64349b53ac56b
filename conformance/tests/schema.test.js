// The schema: its rules, what the server tells of it, and whether it breaks what was released.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import { ESLint } from 'eslint';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { ask } from '../lib/site.js';

const root = join(import.meta.dirname, '..', '..');
const committed = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));

test('graphql-eslint finds nothing', { timeout: 60_000 }, async () => {
  const linter = new ESLint({ cwd: root, overrideConfigFile: join(root, 'conformance', 'eslint.config.js') });
  const [{ messages }] = await linter.lintFiles(['schema.graphql']);
  assert.deepEqual(messages.map(({ line, ruleId, message }) => `${line}: ${message} (${ruleId})`), []);
});

test('what the server tells of its schema is schema.graphql', { timeout: 20_000 }, async () => {
  const told = await ask(getIntrospectionQuery({
    specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true,
  }));
  const text = (schema) => printSchema(lexicographicSortSchema(schema));
  assert.equal(text(buildClientSchema(told)), text(committed));
});

// graph/contract_test.go is the stricter of the two: it knows which deprecated fields may go already.
test('graphql-inspector finds nothing that breaks the released schema', { timeout: 20_000 }, async () => {
  const released = buildSchema(readFileSync(join(root, 'conformance', 'released.graphql'), 'utf8'));
  const changes = await diff(released, committed, [DiffRule.suppressRemovalOfDeprecatedField]);
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  assert.deepEqual(breaking.map(({ path, message }) => `${path}: ${message}`), []);
});
