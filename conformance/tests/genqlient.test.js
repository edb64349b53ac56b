// genqlient: a typed client in Go, made of the schema and run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const cwd = join(import.meta.dirname, '..', 'genqlient');

for (const [name, ...command] of [
  ['functions are made of the operations', 'tool', 'genqlient'],
  ['the client compiles and its operations run', 'run', '.'],
]) {
  test(name, { timeout: 180_000 }, () => {
    const { status, stdout, stderr } = spawnSync('go', command, { cwd, encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });
}
