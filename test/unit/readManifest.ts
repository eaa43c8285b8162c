import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The manifest as VS Code shows it: its keys filled in from the texts of a language. */
export const readManifest = (texts = 'package.nls.json') => {
  const strings: Record<string, string> = JSON.parse(read(texts));
  const fill = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replace(/^%(.+)%$/, (whole, key: string) => strings[key] ?? whole) : value;
  return JSON.parse(read('package.json'), fill);
};

/** The settings of all sections of the manifest, by their whole names. */
export const declaredSettings = () =>
  Object.assign(
    {},
    ...readManifest().contributes.configuration.map(({ properties }: { properties: object }) => properties),
  );
