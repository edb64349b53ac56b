// Packs dist/ for embedding into the Go program: every file as FILE.gz below
// internal/web/assets/playground, and the licences of what is inside. The same input gives the
// same bytes. The folder's .gitignore is kept: it is what Go embeds where there is no build.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

import { licences } from './licences.js';

const from = join(import.meta.dirname, 'dist');
const to = join(import.meta.dirname, '../../internal/web/assets/playground');
const keep = '.gitignore';
const unknownSystem = 255; // RFC 1952 section 2.3.1: the header does not tell who packed it.

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function pack(name, content) {
  const packed = gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
  packed[9] = unknownSystem;
  const target = join(to, `${name}.gz`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, packed);
  return { raw: content.length, packed: packed.length };
}

mkdirSync(to, { recursive: true });
for (const name of readdirSync(to)) {
  if (name !== keep) rmSync(join(to, name), { recursive: true });
}

const sizes = files(from).map((name) => pack(name, readFileSync(join(from, name))));
sizes.push(pack(join('playground', 'licences.txt'), Buffer.from(licences(import.meta.dirname))));

const megabytes = (field) => (sizes.reduce((sum, size) => sum + size[field], 0) / 1e6).toFixed(2);
const shown = relative(process.cwd(), to).split(sep).join('/');
console.log(`${sizes.length} files, ${megabytes('raw')} MB, packed ${megabytes('packed')} MB in ${shown}`);
