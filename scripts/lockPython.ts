import { spawn } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';

const folder = join(root, 'scripts', 'setup');
const head = '# Made by "node scripts/run.mjs lockPython" from the .txt of the same name.\n';

/** The oldest Python that each set of requirements is installed on; the rest is on 3.9. */
const oldest: Readonly<Record<string, string>> = { 'celery-5.7': '3.10', 'flower-2.2': '3.11' };
/** Added to any of the environments, so it takes what they share as it is there. */
const constraints: Readonly<Record<string, string>> = { pools: 'celery-5.2' };

const uv = (name: string): Promise<void> => {
  const constraint = constraints[name];
  const args = ['pip', 'compile', '--quiet', '--universal', '--generate-hashes', '--no-header', '--no-annotate'];
  args.push('--python-version', oldest[name] ?? '3.9', `${name}.txt`, '--output-file', `${name}.lock`);
  if (constraint !== undefined) args.push('--constraint', `${constraint}.txt`);
  return new Promise((resolve, reject) => {
    const child = spawn('uv', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', () => reject(new Refusal('uv is not found. Install it with: pip install uv')));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Refusal(`uv could not lock ${name}.txt.`))));
  });
};

/** Writes what pip installs: every package that is needed on any system and Python, with the checksums of all its files. */
await runScript(async () => {
  for (const file of globSync('*.txt', { cwd: folder }).toSorted()) {
    const name = basename(file, '.txt');
    await uv(name);
    const lock = join(folder, `${name}.lock`);
    writeFileSync(lock, head + readFileSync(lock, 'utf8'));
    say(`scripts/setup/${name}.lock is up to date.`);
  }
  return 0;
});
