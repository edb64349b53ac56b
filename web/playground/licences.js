// Collects the licences of every package that may be in the build: all that the lockfile names
// and that are not only build tools.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceFile = /^(licen[cs]e|copying|notice|third-?party-?notices)([-.].*)?$/i;
const rule = '='.repeat(78);

/** licences returns one text with name, version and licence of each package below folder. */
export function licences(folder) {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const sections = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && existsSync(join(folder, path)))
    .map(([path]) => section(join(folder, path)))
    .sort();
  return [
    'The playground is made of the packages below. Each is used under its own licence.\n',
    ...new Set(sections),
  ].join(`\n${rule}\n`);
}

function section(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((name) => licenceFile.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  const title = `${about.name} ${about.version} (${about.license ?? 'licence in the text below'})`;
  if (texts.length === 0) texts.push(origin(about));
  return `${title}\n\n${texts.join('\n\n')}\n`;
}

// origin stands in for the text where a package ships none.
function origin({ author, homepage, repository }) {
  const name = typeof author === 'string' ? author : author?.name;
  const place = homepage ?? repository?.url ?? repository ?? 'its page in the npm registry';
  return `The package carries no text of its own.${name ? ` By ${name}.` : ''} See ${place}.`;
}
