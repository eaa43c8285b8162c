import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterForest } from '../../../../extension/clusters/clusterForest.ts';
import type { ClusterNode, HoldingKind } from '../../../../extension/clusters/clusterNode.ts';
import type { WorkerDetail } from '../../../../server/api/workerDetail.ts';
import { aWorker } from '../../aSnapshot.ts';
import {
  aDetail,
  aHeldTask,
  childrenOf,
  forestOf,
  holding,
  lookOf,
  nodes,
  now,
  parentOf,
  withWorkers,
} from './aForest.ts';

const worker = nodes.worker('celery@one');
const list = (kind: HoldingKind) => nodes.holding('celery@one', kind);
const forestWith = (detail: WorkerDetail | null) =>
  forestOf(withWorkers(aWorker()), { details: new Map(detail ? [['worker:orders:celery@one', detail]] : []) });
const shows = (forest: ClusterForest, node: ClusterNode): string[] =>
  childrenOf(forest, node).map((each) => {
    const { label, description } = lookOf(forest, each);
    return [label, description].filter(Boolean).join(' | ');
  });

test('a worker holds five lists, each with its length', () => {
  const detail = aDetail({ active: holding([aHeldTask(), aHeldTask({ id: 'b' })]), queues: holding(['a', 'b', 'c']) });
  const forest = forestWith(detail);
  assert.deepEqual(shows(forest, worker), [
    'Active | 2',
    'Reserved | 0',
    'Scheduled | 0',
    'Consuming | 3',
    'Processes | 1',
  ]);
  assert.equal(lookOf(forest, worker).description, 'prefork 8 · 2 active · 132 total · load 1.25');
});

test('until the worker has answered, its lists say that it is being asked', () => {
  const forest = forestWith(null);
  assert.deepEqual(shows(forest, list('active')), ['Asking the worker…']);
  assert.equal(lookOf(forest, list('active')).description, '…');
});

test('a task that runs shows for how long, one that waits for its time shows how long it has to wait', () => {
  const detail = aDetail({
    active: holding([aHeldTask({ startedAt: now - 12_400 })]),
    scheduled: holding([aHeldTask({ id: 'eta-task-1', eta: new Date(now + 90_000).toISOString() })]),
  });
  const forest = forestWith(detail);
  assert.deepEqual(shows(forest, list('active')), ['orders.charge | 3f2a… 12.4 s']);
  assert.deepEqual(shows(forest, list('scheduled')), ['orders.charge | eta-… in 1 m']);
  const [task] = childrenOf(forest, list('active'));
  assert.ok(task && task.kind === 'task');
  assert.deepEqual([task.taskId, task.taskName, task.hostname], [aHeldTask().id, 'orders.charge', 'celery@one']);
  assert.equal(lookOf(forest, task).contextValue, 'task;STARTED;rw');
  assert.deepEqual(parentOf(forest, task), list('active'));
  assert.deepEqual(parentOf(forest, list('active')), worker);
});

test('a task that waits for a debugger says so', () => {
  const detail = aDetail({ active: holding([aHeldTask({ startedAt: now - 12_400 }), aHeldTask({ id: 'other' })]) });
  const forest = { ...forestWith(detail), standing: new Set([aHeldTask().id]) };
  assert.deepEqual(shows(forest, list('active')), [
    'orders.charge | 3f2a… 12.4 s · paused in rdb',
    'orders.charge | other',
  ]);
  const icons = childrenOf(forest, list('active')).map((each) => lookOf(forest, each).icon);
  assert.deepEqual(icons, ['debug-pause', 'play-circle']);
});

test('a process shows the task that it runs', () => {
  const task = aHeldTask();
  const forest = forestWith(
    aDetail({
      processes: holding([
        { pid: 1, task: null },
        { pid: 2, task },
      ]),
    }),
  );
  assert.deepEqual(shows(forest, list('processes')), ['1 | idle', '2 | orders.charge']);
});

test('an empty list says what there is none of', () => {
  assert.deepEqual(shows(forestWith(aDetail()), list('scheduled')), ['No scheduled tasks']);
});

test('a silent worker says once why, and shows what its events tell', () => {
  const why = 'celery@one has gone quiet while it runs a task.';
  const forest = forestWith(
    aDetail({
      active: holding([aHeldTask({ startedAt: 9_000 })], why),
      reserved: holding<never>([], why),
      scheduled: holding<never>([], why),
      queues: holding<never>(null, why),
      processes: holding<never>(null, why),
    }),
  );
  assert.deepEqual(shows(forest, worker), [
    why,
    'Active | 1 · from events',
    'Reserved | unknown',
    'Scheduled | unknown',
    'Consuming | unknown',
  ]);
  assert.deepEqual(shows(forest, list('active')), ['orders.charge | 3f2a… 1 s']);
  assert.deepEqual(shows(forest, list('reserved')), ['None in its events; only the worker can report them']);
  assert.deepEqual(shows(forest, list('queues')), ['Only the worker can report this']);
});

test('what a worker refuses to tell stands below the list it is about', () => {
  const forest = forestWith(aDetail({ scheduled: holding<never>(null, 'Unknown command scheduled') }));
  assert.deepEqual(shows(forest, list('scheduled')), ['Unknown command scheduled']);
  assert.equal(shows(forest, worker).length, 5);
});

test('of many tasks the first are shown, with the number of the others', () => {
  const rows = Array.from({ length: 200 }, (_, index) => aHeldTask({ id: `t${index}` }));
  const forest = forestWith(aDetail({ active: { rows, total: 10_000, problem: null } }));
  const all = shows(forest, list('active'));
  assert.equal(all.length, 201);
  assert.equal(all.at(-1), '9,800 more | hidden here');
});
