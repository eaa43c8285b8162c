import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';
import { prepareFor, type Tier, tiers } from './setup/tiers.ts';

const graceMs = 30_000;

interface Outcome {
  passed: number;
  failed: number;
  readonly skipped: string[];
}

await runScript(async () => {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  const unknown = wanted.find((name) => !tiers.some((tier) => tier.name === name));
  if (unknown)
    throw new Refusal(`there is no tier "${unknown}"; the tiers are ${tiers.map((tier) => tier.name).join(', ')}.`);
  const outcome: Outcome = { passed: 0, failed: 0, skipped: [] };
  for (const tier of tiers) if (wanted.length === 0 || wanted.includes(tier.name)) await runTier(tier, outcome);
  for (const reason of outcome.skipped) console.log(`skipped: ${reason}`);
  const skips = outcome.skipped.length > 0 ? `, ${outcome.skipped.length} skipped` : '';
  console.log(`${outcome.passed} passed, ${outcome.failed} failed${skips}`);
  return outcome.failed === 0 && outcome.passed > 0 ? 0 : 1;
});

async function runTier(tier: Tier, outcome: Outcome): Promise<void> {
  const startedAt = performance.now();
  say(`tier ${tier.name}: ${tier.what}`);
  await prepareFor(tier, say);
  const files = globSync(tier.files, { cwd: root, exclude: ['**/node_modules/**'] }).map((file) => `${root}/${file}`);
  if (files.length === 0) throw new Refusal(`tier ${tier.name} has no test files at ${tier.files}.`);
  await runFiles(tier, files.sort(), outcome);
  say(`tier ${tier.name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function runFiles(tier: Tier, files: readonly string[], outcome: Outcome): Promise<void> {
  const unfinished = new Set(files);
  const ended = Promise.withResolvers<void>();
  const stream = run({ files, concurrency: tier.concurrency, timeout: tier.timeoutMs, cwd: root });
  let silence: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => ended.reject(hung(tier, unfinished)), tier.timeoutMs + graceMs);
  };
  heard();
  stream.on('data', heard);
  stream.on('test:pass', (data) => count(data, outcome, true));
  stream.on('test:fail', (data) => count(data, outcome, false));
  stream.on('test:summary', ({ file }) => file && unfinished.delete(file));
  stream.on('end', () => ended.resolve());
  stream.on('error', ended.reject);
  stream.compose(new spec()).pipe(process.stdout, { end: false });
  await ended.promise.finally(() => clearTimeout(silence));
}

/** Every test has its own time limit; a run that stays silent for longer than that hangs as a whole. */
const hung = (tier: Tier, unfinished: ReadonlySet<string>): Refusal =>
  new Refusal(
    `tier ${tier.name} hangs: no word for ${(tier.timeoutMs + graceMs) / 1000} s. Not ended: ${[...unfinished].join(', ') || 'nothing'}`,
  );

interface Finished {
  readonly name: string;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: Error };
}

/** Suites only hold tests; what counts is each test, and a suite that failed by itself rather than by its tests. */
function count(data: Finished, outcome: Outcome, passed: boolean): void {
  if (data.skip !== undefined && data.skip !== false) {
    outcome.skipped.push(`${data.name}: ${data.skip === true ? 'no reason given' : data.skip}`);
    return;
  }
  if (!passed && causedBySubtests(data.details.error)) return;
  if (!passed) outcome.failed += 1;
  else if (data.details.type !== 'suite') outcome.passed += 1;
}

const causedBySubtests = (error: Error | undefined): boolean =>
  error !== undefined && 'failureType' in error && error.failureType === 'subtestsFailed';
