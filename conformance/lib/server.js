import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const readyLimit = 120_000; // Milliseconds from the start until the sample records are indexed.

// startServer starts the program with more flags, and answers where the server is and an editor's token, once it is ready. Its log is shown
// only if it ends by itself.
export async function startServer(program, data, ...flags) {
  const server = spawn(program, ['serve', '--addr', '127.0.0.1:0', '--data', data, '--log-level', 'warn', ...flags]);
  let log = '';
  server.stderr.on('data', (text) => { log += text; });
  const ended = new Promise((resolve) => server.on('close', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  const found = { stop };
  const greeting = (async () => {
    for await (const line of createInterface(server.stdout)) {
      found.url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      found.token ??= /gp_[\w-]{43,}/.exec(line)?.[0];
      if (line.startsWith('The server is ready')) return found;
    }
    throw new Error(`the server ended before it was ready:\n${log}`);
  })();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the server was not ready in time:\n${log}`)), readyLimit);
  });
  try {
    await Promise.race([greeting, late]);
    server.stdout.resume(); // Whatever it says later, it must not wait for a reader.
    return found;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
