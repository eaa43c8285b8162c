import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';
import { type Environment, prepareFor, type Tier, tiers } from './setup/tiers.ts';
import { readTally, type Tally } from './tally/readTally.ts';

const graceMs = 30_000;

await runScript(async () => {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  const unknown = wanted.find((name) => !tiers.some((tier) => tier.name === name));
  if (unknown)
    throw new Refusal(`there is no tier "${unknown}"; the tiers are ${tiers.map((tier) => tier.name).join(', ')}.`);
  const tallies: Tally[] = [];
  for (const tier of tiers) if (wanted.length === 0 || wanted.includes(tier.name)) tallies.push(await runTier(tier));
  const sum = (count: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + count(tally), 0);
  const skipped = tallies.flatMap((tally) => tally.skipped);
  for (const reason of skipped) console.log(`skipped: ${reason}`);
  const [passed, failed] = [sum((tally) => tally.passed), sum((tally) => tally.failed)];
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

async function runTier(tier: Tier): Promise<Tally> {
  const startedAt = performance.now();
  say(`tier ${tier.name}: ${tier.what}`);
  const env = await prepareFor(tier, say);
  const files = globSync(tier.files, { cwd: root, exclude: ['**/node_modules/**'] }).map((file) => join(root, file));
  if (files.length === 0) throw new Refusal(`tier ${tier.name} has no test files at ${tier.files}.`);
  const tally = await runFiles(tier, files.sort(), env);
  say(`tier ${tier.name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s${longestOf(tally)}`);
  return tally;
}

/** Where the time goes: the files that took longest, each with its waiting for others. */
function longestOf({ files }: Tally): string {
  const long = [...files].filter(([, seconds]) => seconds > 10).sort(([, a], [, b]) => b - a);
  const named = long.slice(0, 5).map(([file, seconds]) => `${basename(file, '.test.ts')} ${seconds.toFixed(0)} s`);
  return named.length > 0 ? `; longest: ${named.join(', ')}` : '';
}

/** Every test has its own time limit; a run that stays silent for longer than that hangs as a whole, and counts as failed. */
async function runFiles(tier: Tier, files: readonly string[], env: Environment): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-tally-'));
  const tallyFile = join(folder, 'tally.ndjson');
  const child = spawn(process.execPath, [...flagsOf(tier, tallyFile), ...files], {
    cwd: root,
    env: { CELERIAC_THEMES: 'few', ...process.env, ...env, CELERIAC_TURN: join(folder, 'turn') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const hang = (): void => {
    child.kill('SIGKILL');
  };
  let silence = setTimeout(hang, tier.timeoutMs + graceMs);
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    clearTimeout(silence);
    silence = setTimeout(hang, tier.timeoutMs + graceMs);
  });
  const [code] = await once(child, 'close');
  clearTimeout(silence);
  const tally = readTally(tallyFile);
  rmSync(folder, { recursive: true, force: true });
  const unfinished = files.filter((file) => !tally.files.has(file));
  if (unfinished.length > 0) console.error(`celeriac: did not come to their end: ${unfinished.join(', ')}`);
  const isRed = code !== 0 || unfinished.length > 0;
  return isRed ? { ...tally, failed: Math.max(1, tally.failed) } : tally;
}

function flagsOf(tier: Tier, tallyFile: string): string[] {
  return [
    '--test',
    `--test-concurrency=${tier.concurrency}`,
    `--test-timeout=${tier.timeoutMs}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(root, 'scripts', 'tally', 'reporter.mjs')}`,
    `--test-reporter-destination=${tallyFile}`,
  ];
}
