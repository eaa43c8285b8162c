import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../execute.ts';

const run = promisify(execFile);

/** What the command line needs beside its manifest; it is bundled, so it has no dependencies. */
const files = [
  'dist/cli.js',
  'dist/cli',
  'dist/historyWorker.js',
  'dist/browser.js',
  'dist/browser.css',
  'dist/package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** Builds the command line and packs it as npm publishes it, so that `npx` can run it. */
export const packageCli = async (): Promise<{ file: string; bytes: number }> => {
  await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  const staged = join(root, 'artifacts', 'npm');
  rmSync(staged, { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(dirname(join(staged, file)), { recursive: true });
    cpSync(join(root, file), join(staged, file), { recursive: true });
  }
  const { name, version, description, license, repository, keywords, bin, engines } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const manifest = { name, version, description, license, repository, keywords, bin, engines: { node: engines.node } };
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await run('npm', ['pack', '--silent', '--pack-destination', join(root, 'artifacts')], { cwd: staged });
  const file = join(root, 'artifacts', `${name}-${version}.tgz`);
  return { file, bytes: statSync(file).size };
};
