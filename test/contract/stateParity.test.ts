import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type CeleryVersion, celeryVersions, ensurePython, usualCelery } from '../../scripts/setup/python.ts';
import { ClusterState } from '../../server/state/clusterState.ts';
import { execute } from '../lab/execute.ts';
import { type Disorder, disturb, makeStream, type RecordedEvent } from './eventStreams.ts';

/**
 * Celery is the oracle: `celery.events.state.State` and our state are fed the same streams, and every field of every task
 * and worker must agree. What we do otherwise on purpose is named in server/state/clusterState.ts and tested in
 * test/unit/state/celeryDifferences.test.ts.
 */
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'events');
const oracle = join(import.meta.dirname, 'celeryState.py');
const disorders: readonly Disorder[] = ['as sent', 'shuffled', 'duplicated', 'delayed', 'partial', 'all at once'];
const seeds = 60;

interface Snapshot {
  readonly tasks: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly workers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const recordings = globSync('*.ndjson', { cwd: fixtures }).sort();

const readRecording = (file: string): RecordedEvent[] =>
  readFileSync(join(fixtures, file), 'utf8')
    .trim()
    .split('\n')
    .map((line): RecordedEvent => JSON.parse(line));

/** Null where this Celery cannot be had; the test is then skipped and says why. */
const pythonFor = async (version: CeleryVersion, t: TestContext): Promise<string | null> => {
  try {
    return (await ensurePython(version, () => undefined)).python;
  } catch (error) {
    t.skip(error instanceof Error ? error.message : String(error));
    return null;
  }
};

const askCelery = async (python: string, streams: readonly (readonly RecordedEvent[])[]): Promise<Snapshot[]> => {
  const input = streams.map((events) => `${JSON.stringify(events)}\n`).join('');
  const { stdout, stderr, code } = await execute(python, [oracle], { input, timeoutMs: 120_000 });
  assert.equal(code, 0, stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line): Snapshot => JSON.parse(line));
};

/** Our answer, through JSON as the CLI prints it, without what Celery does not have. */
const askOurselves = (events: readonly RecordedEvent[]): Snapshot => {
  const state = new ClusterState({ maxTasks: 1_000_000, workerLostAfterMs: 20_000, startedAt: 0 });
  for (const event of events) state.apply(event, event.local_received * 1000);
  assert.equal(state.counters().invalid, 0);
  const { tasks, workers }: Snapshot = JSON.parse(JSON.stringify(state.celerySnapshot()));
  return {
    tasks: mapValues(tasks, ({ uuid: _uuid, children, ...task }) => ({ ...task, children: sorted(children) })),
    workers: mapValues(workers, ({ status: _status, ...worker }) => worker),
  };
};

const sorted = (values: unknown): unknown => (Array.isArray(values) ? [...values].sort() : values);

const mapValues = <T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

const compare = async (
  python: string,
  named: readonly (readonly [string, readonly RecordedEvent[]])[],
): Promise<void> => {
  const answers = await askCelery(
    python,
    named.map(([, events]) => events),
  );
  assert.equal(answers.length, named.length);
  for (const [index, [name, events]] of named.entries()) {
    assert.deepEqual(askOurselves(events), answers[index], name);
  }
};

describe('the state reaches what Celery reaches', () => {
  for (const disorder of disorders) {
    it(`on ${seeds} made-up streams, ${disorder}`, async (t) => {
      const python = await pythonFor(usualCelery, t);
      if (python === null) return;
      const streams = Array.from({ length: seeds }, (_, seed) => {
        const stream = disturb(makeStream(seed), disorder, seed);
        return [`seed ${seed}`, stream] as const;
      });
      assert.ok(streams.some(([, events]) => events.length > 50));
      await compare(python, streams);
    });
  }

  for (const version of celeryVersions) {
    it(`on recordings of real workers, in order and in disorder, as Celery ${version} sees them`, async (t) => {
      const python = await pythonFor(version, t);
      if (python === null) return;
      assert.equal(recordings.length, celeryVersions.length);
      const streams = recordings.flatMap((file) => {
        const events = readRecording(file);
        return disorders.flatMap((disorder) =>
          [1, 2, 3].map((seed) => [`${basename(file)} ${disorder} ${seed}`, disturb(events, disorder, seed)] as const),
        );
      });
      await compare(python, streams);
    });
  }
});
