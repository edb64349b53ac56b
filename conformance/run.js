// Builds the server, starts it on a free port with the sample records in a folder of its own, runs
// the checks against it, and ends it: `node run.js`, or `node run.js tests/relay.test.js` for one.
// GOODPRACTICE_PROGRAM names a program that is built already.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './lib/server.js';

const here = import.meta.dirname;
const checks = process.argv.slice(2);
if (checks.length === 0) {
  checks.push(...readdirSync(join(here, 'tests')).map((name) => join('tests', name)));
}
const folder = mkdtempSync(join(tmpdir(), 'goodpractice-conformance-'));
let server;
try {
  const program = process.env.GOODPRACTICE_PROGRAM || build(join(folder, 'goodpractice'));
  server = await startServer(program, join(folder, 'data'));
  process.exitCode = await run(checks, program, server);
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true });
}

function build(program) {
  const built = spawnSync('go', ['build', '-o', program, './cmd/goodpractice'], {
    cwd: join(here, '..'), stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the program could not be built');
  return program;
}

// run answers the exit status of the checks.
function run(files, program, { url, token }) {
  const node = spawn(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files],
    {
      cwd: here, stdio: 'inherit',
      env: { ...process.env, GOODPRACTICE_PROGRAM: program, GOODPRACTICE_URL: url, GOODPRACTICE_TOKEN: token },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => node.kill(signal));
  return new Promise((resolve) => node.on('close', (code) => resolve(code ?? 1)));
}
