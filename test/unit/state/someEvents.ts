import type { CeleryEvent } from '../../../server/celery/event.ts';
import { ClusterState } from '../../../server/state/clusterState.ts';

/** Where test time begins, in seconds. */
export const t0 = 1_800_000_000;

export const makeState = (maxTasks = 1000): ClusterState =>
  new ClusterState({ maxTasks, workerLostAfterMs: 20_000, startedAt: t0 * 1000 });

export const idOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** An event of task `index` (or of a task with that id), `at` seconds after the beginning of time. */
export const taskEvent = (
  subject: string,
  task: number | string,
  at = 0,
  fields: Readonly<Record<string, unknown>> = {},
): CeleryEvent => ({
  type: `task-${subject}`,
  hostname: subject === 'sent' ? 'gen1@web' : 'celery@a',
  uuid: typeof task === 'number' ? idOf(task) : task,
  timestamp: t0 + at,
  clock: 1,
  ...fields,
});

export const received = (task: number | string, at = 0, fields: Readonly<Record<string, unknown>> = {}): CeleryEvent =>
  taskEvent('received', task, at, {
    name: 'shop.charge',
    args: '()',
    kwargs: '{}',
    root_id: null,
    parent_id: null,
    retries: 0,
    eta: null,
    expires: null,
    ...fields,
  });

export const workerEvent = (
  subject: string,
  at = 0,
  fields: Readonly<Record<string, unknown>> = {},
  hostname = 'celery@a',
): CeleryEvent => ({ type: `worker-${subject}`, hostname, timestamp: t0 + at, freq: 2, clock: 1, ...fields });

/** Applies events as they come, each received when it was sent. */
export const applyAll = (state: ClusterState, ...events: readonly CeleryEvent[]): ClusterState => {
  for (const event of events) state.apply(event, event.timestamp * 1000);
  return state;
};
