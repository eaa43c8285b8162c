import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from '../server/api/phrase.ts';
import { helpTexts } from '../server/celery/controlCommands.ts';
import { execute, root } from './execute.ts';
import { moveManifestStrings } from './l10n/moveManifestStrings.ts';
import { stringsInCode } from './l10n/stringsInCode.ts';
import { runScript, say } from './say.ts';

type Texts = Readonly<Record<string, string>>;

const read = (file: string): Texts =>
  existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), 'utf8')) : {};
const write = (file: string, texts: unknown): void =>
  writeFileSync(join(root, file), `${JSON.stringify(texts, null, 2)}\n`);
const sorted = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Brings the files of texts up to date with the code and the manifest, and says what the translations lack. */
await runScript(async () => {
  mkdirSync(join(root, 'l10n'), { recursive: true });
  const texts = [...new Set([...(await stringsInCode(root)), ...templates(), ...helpTexts()])].sort();
  const inCode = Object.fromEntries(texts.map((text) => [text, text]));
  write('l10n/bundle.l10n.json', inCode);
  const source = readFileSync(join(root, 'package.json'), 'utf8');
  const { manifest, strings } = moveManifestStrings(JSON.parse(source));
  write('package.json', manifest);
  const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map((match) => match[1]));
  const all = { ...read('package.nls.json'), ...Object.fromEntries(strings) };
  const inManifest = sorted(Object.fromEntries(Object.entries(all).filter(([key]) => used.has(key))));
  write('package.nls.json', inManifest);
  for (const [pattern, wanted] of [
    ['l10n/bundle.l10n.*.json', inCode],
    ['package.nls.*.json', inManifest],
  ] as const)
    for (const file of globSync(pattern, { cwd: root })) tidy(file, wanted);
  return execute('biome', ['format', '--write', 'package.json', 'package.nls.json', 'l10n']);
});

/** A translation keeps what is still said, in order. */
function tidy(file: string, wanted: Texts): void {
  const texts = read(file);
  const kept = Object.fromEntries(Object.entries(texts).filter(([key]) => key in wanted));
  write(file, sorted(kept));
  const missing = Object.keys(wanted).filter((key) => !(key in texts));
  if (missing.length === 0) say(`${file} is complete`);
  else say(`${file} lacks ${missing.length} texts, such as "${missing[0]}"`);
}
