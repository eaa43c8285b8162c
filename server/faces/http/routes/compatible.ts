import type { RunningTask, ScheduledTask } from '../../../api/answerBodies.ts';
import type { ControlOutcome } from '../../../api/control.ts';
import { isLiving } from '../../../api/model.ts';
import { isRecord } from '../../../celery/isRecord.ts';
import { wordOf } from '../../../celery/wordOf.ts';
import { answer } from '../answer.ts';
import type { Route, Served } from '../route.ts';
import { statusOfVerdict } from './health.ts';

const workersWithinMs = 1_500;

/** The shapes in which teams have written such endpoints into their own web applications. */
export const compatible: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/celery/health/',
    summary: 'Health for load balancers and uptime checks',
    tag: 'compatible',
    parameters: [],
    answers: {
      200: { what: '`status` is healthy or degraded.', body: 'CompatibleHealth' },
      503: { what: '`status` is unhealthy or unknown.', body: 'CompatibleHealth' },
    },
    isOpen: true,
    handle: ({ served }) => {
      const { verdict, workers, queues, link } = served.cluster.snapshot();
      const active = Object.values(workers).filter(isLiving);
      const names = active.map(({ hostname }) => hostname);
      const error = link.kind === 'lost' ? link.reason.sentence : 'No active Celery workers found';
      return answer(
        'CompatibleHealth',
        {
          status: verdict.level,
          workers:
            names.length > 0
              ? { healthy: true, active_workers: names, worker_count: names.length }
              : { healthy: false, active_workers: [], worker_count: 0, error },
          queues: Object.fromEntries(Object.values(queues).map(({ name, ready }) => [name, ready ?? -1])),
          recommendations: [...new Set(verdict.reasons.map(({ recommendation }) => recommendation))].filter(Boolean),
        },
        statusOfVerdict(verdict),
      );
    },
  },
  {
    method: 'GET',
    path: '/api/celery/tasks/',
    summary: 'Active and scheduled tasks, as reported by the workers',
    tag: 'compatible',
    parameters: [],
    answers: { 200: { what: 'Both lists.', body: 'CompatibleTasks' } },
    asksCluster: true,
    handle: async ({ served }) => {
      const { running, scheduled } = await askForTasks(served);
      return answer('CompatibleTasks', { running, scheduled, running_count: running.length });
    },
  },
  {
    method: 'GET',
    path: '/api/celery/stats/',
    summary: 'Number of active and scheduled tasks by name',
    tag: 'compatible',
    parameters: [],
    answers: { 200: { what: 'The counts.', body: 'CompatibleStats' } },
    asksCluster: true,
    handle: async ({ served }) => {
      const { running, scheduled } = await askForTasks(served);
      const byName = new Map<string, { running: number; scheduled: number }>();
      const count = (name: string, kind: 'running' | 'scheduled'): void => {
        const before = byName.get(name) ?? { running: 0, scheduled: 0 };
        byName.set(name, { ...before, [kind]: before[kind] + 1 });
      };
      for (const { task_name } of running) count(task_name, 'running');
      for (const { task_name } of scheduled) count(task_name, 'scheduled');
      return answer('CompatibleStats', {
        total_running: running.length,
        total_scheduled: scheduled.length,
        by_task_name: Object.fromEntries(byName),
      });
    },
  },
];

const askForTasks = async ({ cluster }: Served): Promise<{ running: RunningTask[]; scheduled: ScheduledTask[] }> => {
  const { operations } = cluster;
  const ask = (method: string): Promise<ControlOutcome> =>
    operations.inspect({ method, arguments: {}, timeoutMs: workersWithinMs });
  const [active, scheduled] = await Promise.all([ask('active'), ask('scheduled')]);
  return {
    running: entriesOf(active).map(({ worker, entry }) => ({
      worker,
      ...nameOf(entry),
      time_start: typeof entry['time_start'] === 'number' ? entry['time_start'] : null,
    })),
    scheduled: entriesOf(scheduled).map(({ worker, entry }) => ({
      worker,
      ...nameOf(isRecord(entry['request']) ? entry['request'] : {}),
      eta: typeof entry['eta'] === 'string' ? entry['eta'] : null,
    })),
  };
};

const entriesOf = ({ replies }: ControlOutcome): { worker: string; entry: Readonly<Record<string, unknown>> }[] =>
  replies.flatMap((reply) =>
    reply.kind === 'answered' && Array.isArray(reply.value)
      ? reply.value.filter(isRecord).map((entry) => ({ worker: reply.hostname, entry }))
      : [],
  );

const nameOf = (entry: Readonly<Record<string, unknown>>) => ({
  task_name: wordOf(entry['name']),
  task_id: wordOf(entry['id']),
});
