import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../execute.ts';

const inputs = [
  '{extension,server,media,l10n,demo}/**/*',
  'scripts/build.mjs',
  'scripts/setup/packageExtension.ts',
  'package.json',
  'package-lock.json',
  'package.nls*.json',
  '.vscodeignore',
  '*.md',
  'LICENSE',
];

/** What the package is made of, as one word: the same word, the same package. */
export const packageInputs = (): string => {
  const hash = createHash('sha256');
  const files = globSync(inputs, { cwd: root, withFileTypes: true, exclude: ({ name }) => name === '__pycache__' })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex');
};
