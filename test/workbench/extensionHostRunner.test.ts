import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Ending, type Report, runInExtensionHost } from './extensionHost/runInExtensionHost.ts';
import { bundle } from './harness/bundle.ts';
import { takeTurn } from './harness/turn.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const extension = join(fixtures, 'extension');

/** Runs suites of the fixtures, with little patience. */
const run = (...suites: string[]): Promise<Report> =>
  runInExtensionHost({
    suites: suites.map((name) => join(fixtures, 'suites', `${name}.ts`)),
    developmentExtensions: [extension],
    testTimeoutMs: 2_000,
  });

const outcomes = (report: Report) => report.results.map(({ kind, name }) => `${kind} ${name}`);

const assertStopped = (ending: Ending, kind: Ending['kind'], running: string, words: RegExp): void => {
  assert.ok(ending.kind !== 'finished', 'It ended by itself.');
  assert.deepEqual([ending.kind, ending.running], [kind, running]);
  assert.match(ending.words, words);
};

describe('a suite in the extension host', { concurrency: 2 }, () => {
  let endTurn: () => void;
  before(async () => {
    endTurn = await takeTurn();
    await bundle(join(extension, 'extension.ts'), join(extension, 'dist', 'extension.cjs'));
  });
  after(() => endTurn?.());

  test('reports each test by its name: those that pass, that fail, that never end, that do not load, that are killed', async () => {
    const report = await run('passes', 'fails', 'waits', 'missesModule', 'isKilled', 'passes');
    assert.deepEqual(outcomes(report), [
      'passed passes: loads',
      'passed passes: the extension is there and activates',
      'passed fails: loads',
      'failed fails: one and one is three',
      'passed fails: one and one is two',
      'passed waits: loads',
      'failed waits: waits for what never comes',
      'passed waits: runs after it nevertheless',
      'failed missesModule: loads',
      'passed isKilled: loads',
      'passed isKilled: passes before it',
    ]);
    const errors = report.results.flatMap((result) => (result.kind === 'failed' ? [result.error] : []));
    const expected = [/2 !== 3|Expected values/, /did not end within 2 s/, /Cannot find module '\.\/no-such-module'/];
    expected.forEach((words, index) => void assert.match(errors[index] ?? '', words));
    assertStopped(report.ending, 'crashed', 'isKilled: is killed in the middle', /signal: SIGKILL/);
  });

  test('that blocks its extension host is given up, by name', async () => {
    const { ending } = await run('blocks');
    assertStopped(ending, 'hung', 'blocks: lets nobody else run', /Nothing was heard/);
  });

  test('that imports what is not there is refused before VS Code opens', async () => {
    await assert.rejects(run('noSuchSuite'), /Could not resolve .*noSuchSuite/);
  });

  test('that runs to its end has finished', async () => {
    const { ending, results } = await run('passes');
    assert.deepEqual(ending, { kind: 'finished' });
    assert.equal(results.length, 2);
  });

  test('that calls process.exit is red, by name', async () => {
    const { ending } = await run('exits');
    assertStopped(ending, 'crashed', 'exits: leaves in the middle', /exited with code: 0/);
  });
});
