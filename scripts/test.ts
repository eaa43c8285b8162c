import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';
import { type Environment, prepareFor, type Tier, tiers } from './setup/tiers.ts';
import { readTally, type Tally } from './tally/readTally.ts';
import { filesToTryAgain, withSecondTry } from './tally/secondTry.ts';

const graceMs = 30_000;

await runScript(async () => {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  const unknown = wanted.find((name) => !tiers.some((tier) => tier.name === name));
  if (unknown)
    throw new Refusal(`there is no tier "${unknown}"; the tiers are ${tiers.map((tier) => tier.name).join(', ')}.`);
  const ends: TierEnd[] = [];
  for (const tier of tiers)
    if (wanted.length === 0 ? !tier.onlyByName : wanted.includes(tier.name)) ends.push(await runTier(tier));
  const files = ends.flatMap(({ tally }) => [...tally.files.values()]);
  const skipped = files.flatMap((file) => file.skipped);
  for (const reason of skipped) console.log(`skipped: ${reason}`);
  for (const name of ends.flatMap(({ failedOnce }) => failedOnce))
    console.log(`failed once, then tried again: ${name}`);
  const passed = files.reduce((sum, file) => sum + file.passed, 0);
  const failed = ends.reduce((sum, end) => sum + failuresOf(end), 0);
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

interface Run {
  readonly tally: Tally;
  /** Whether something went wrong, in a test or with the run as a whole. */
  readonly isRed: boolean;
}

interface TierEnd extends Run {
  /** Tests that failed, and whose file was tried again. */
  readonly failedOnce: readonly string[];
}

function failuresOf({ tally, isRed }: Run): number {
  const failed = [...tally.files.values()].flatMap((file) => file.failed).length + tally.broken.length;
  return isRed ? Math.max(1, failed) : failed;
}

async function runTier(tier: Tier): Promise<TierEnd> {
  const startedAt = performance.now();
  say(`tier ${tier.name}: ${tier.what}`);
  const env = await prepareFor(tier, say);
  const files = globSync(tier.files, { cwd: root, exclude: ['**/node_modules/**'] }).map((file) => join(root, file));
  if (files.length === 0) throw new Refusal(`tier ${tier.name} has no test files at ${tier.files}.`);
  const end = await runTwice(tier, files.sort(), env);
  say(`tier ${tier.name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s${longestOf(end.tally)}`);
  return end;
}

/** Few red files of a tier on real servers run once more, alone. */
async function runTwice(tier: Tier, files: readonly string[], env: Environment): Promise<TierEnd> {
  const first = await runFiles(tier, files, env);
  const again = tier.onRealServers ? filesToTryAgain(files, first.tally) : [];
  if (again.length === 0) return { ...first, failedOnce: [] };
  say(`tier ${tier.name}, a second try: ${again.map((file) => basename(file)).join(', ')}`);
  const { tally, isRed } = await runFiles({ ...tier, concurrency: 1 }, again, env);
  return { ...withSecondTry(first.tally, tally, again), isRed };
}

/** Where the time goes: the files that took longest, each with its waiting for others. */
function longestOf({ files }: Tally): string {
  const seconds = [...files].map(([file, tally]) => [file, tally.seconds] as const);
  const long = seconds.filter(([, each]) => each > 10).sort(([, a], [, b]) => b - a);
  const named = long.slice(0, 5).map(([file, each]) => `${basename(file, '.test.ts')} ${each.toFixed(0)} s`);
  return named.length > 0 ? `; longest: ${named.join(', ')}` : '';
}

/** Every test has its own time limit; a run that stays silent for longer than that hangs as a whole, and counts as failed. */
async function runFiles(tier: Tier, files: readonly string[], env: Environment): Promise<Run> {
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
  return { tally, isRed: code !== 0 || unfinished.length > 0 };
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
