import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { type FailedRun, FailureBook } from '../../../server/failures/failureBook.ts';
import { ClusterState } from '../../../server/state/clusterState.ts';

/** The day that real workers went through, as a monitor heard it. */
const dayOf = (version: string) => {
  const file = join(import.meta.dirname, `../../fixtures/events/celery-${version}.ndjson`);
  const events = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line): CeleryEvent[] => [JSON.parse(line)].flat());
  const state = new ClusterState({ maxTasks: 1_000, workerLostAfterMs: 20_000, startedAt: 0 });
  const book = new FailureBook();
  const runs: FailedRun[] = [];
  state.onFailure((run) => {
    runs.push(run);
    book.note(run);
  });
  for (const event of events) state.apply(event, event.timestamp * 1_000);
  return { state, book, runs, now: (events.at(-1)?.timestamp ?? 0) * 1_000 };
};

for (const version of ['5.2', '5.4', '5.6', '5.7']) {
  test(`Celery ${version}: each failure of the recorded day has its class, its task and the user's own line`, () => {
    const { book } = dayOf(version);
    const rows = book.all.map(({ taskName, exceptionType, frame, message, count }) =>
      [taskName, exceptionType, frame?.function ?? null, message, count].join(' | '),
    );
    assert.deepEqual(rows.sort(), [
      'lab.fail | LabError | fail | as told | 1',
      'lab.sleep | SoftTimeLimitExceeded | sleep |  | 1',
      'lab.sleep | TimeLimitExceeded |  | 1 | 1',
      'lab.unknown | NotRegistered |  | lab.unknown | 1',
    ]);
  });

  test(`Celery ${version}: both time limits count as such, whatever wraps them`, () => {
    const { state, now } = dayOf(version);
    const sleep = state.typeStats(now).find(({ name }) => name === 'lab.sleep');
    assert.equal(sleep?.windows.at(-1)?.timedOut, 2);
  });
}
