import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, root } from './execute.ts';
import { alertTexts } from './manifest/alertSettings.ts';
import { derive } from './manifest/derive.ts';
import { runScript } from './say.ts';

const change = (file: string, into: (from: never) => object): void => {
  const path = join(root, file);
  writeFileSync(path, `${JSON.stringify(into(JSON.parse(readFileSync(path, 'utf8')) as never), null, 2)}\n`);
};

const sorted = (texts: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Writes into the manifest what follows from the tables of commands and health rules. */
await runScript(async () => {
  change('package.json', derive);
  change('package.nls.json', (texts: Readonly<Record<string, string>>) => sorted({ ...texts, ...alertTexts() }));
  return execute('biome', ['format', '--write', 'package.json', 'package.nls.json']);
});
