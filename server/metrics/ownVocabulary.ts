import {
  type Counters as EngineCounters,
  type GapTotal,
  isLiving,
  type Queue,
  type StoreMemory,
  type Worker,
} from '../api/model.ts';
import type { CeleryEvent } from '../celery/event.ts';
import type { TaskLabels } from '../state/queries/taskLabels.ts';
import { Counters } from './counters.ts';
import type { Family, Labels, Sample } from './exposition.ts';
import { Histograms } from './histograms.ts';
import type { MetricsView, Vocabulary } from './vocabulary.ts';

/** From a quick cache refresh to an hour's report. */
const durationBounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600];

/** How each event ends a run of a task; the others begin one or tell where it is. */
const outcomes: Readonly<Record<string, string>> = {
  'task-succeeded': 'SUCCESS',
  'task-failed': 'FAILURE',
  'task-retried': 'RETRY',
  'task-revoked': 'REVOKED',
  'task-rejected': 'REJECTED',
};

const unknown = 'unknown';
/** As many as the state knows workers. */
const subjectLimit = 5_000;

/** Our own names: those that teams write into their Grafana dashboards by hand, and what else we know. */
export class OwnVocabulary implements Vocabulary {
  private readonly total: Counters;
  private readonly runs: Counters;
  private readonly duration: Histograms;
  private readonly wait: Histograms;

  constructor(maxSeries: number) {
    this.total = new Counters('celery_tasks_total', 'Finished task runs by state.', ['state'], maxSeries);
    for (const state of Object.values(outcomes)) this.total.add([state], 0);
    this.runs = new Counters(
      'celery_task_runs_total',
      'Finished task runs by task, queue and state.',
      ['task', 'queue', 'state'],
      maxSeries,
    );
    this.duration = new Histograms(
      'celery_task_duration_seconds',
      'Runtime of succeeded and failed runs.',
      ['task', 'queue'],
      durationBounds,
      maxSeries,
    );
    this.wait = new Histograms(
      'celery_task_wait_time_seconds',
      'Queue wait of tasks: from sending (or receiving, if senders send no events) or from their ETA until the start.',
      ['task', 'queue'],
      durationBounds,
      maxSeries,
    );
  }

  note(event: CeleryEvent, task: TaskLabels): void {
    const where = [task.name ?? unknown, task.queue ?? unknown];
    if (event.type === 'task-started') this.wait.observe(where, task.waitSeconds);
    const state = outcomes[event.type];
    if (state === undefined || task.isRepeat) return;
    this.total.add([state]);
    this.runs.add([...where, state]);
    if (state === 'SUCCESS' || state === 'FAILURE') this.duration.observe(where, durationOf(event, task));
  }

  families(view: MetricsView): readonly Family[] {
    const counted = [this.total, this.runs, this.duration, this.wait];
    const { queues, alerts } = shownOf(view);
    const overflow = counted.map((each): Sample => ({ labels: [['metric', each.name]], value: each.overflowed }));
    return [
      ...counted.map((each) => each.family()),
      ...workerFamilies(view.workers, view.now),
      ...queueFamilies(queues),
      ...healthFamilies({ ...view, alerts }),
      gauge('celeriac_subjects_omitted', 'Queues and alerts beyond the first 5,000 of each, which are not exported.', [
        { labels: [['kind', 'queue']], value: view.queues.length - queues.length },
        { labels: [['kind', 'alert']], value: view.alerts.length - alerts.length },
      ]),
      ...engineFamilies(view),
      counter(
        'celeriac_series_overflow_total',
        'Observations counted under "other" because there were too many label values.',
        overflow,
      ),
    ];
  }
}

/** The fullest queues and the worst alerts. */
const shownOf = ({ queues, alerts }: MetricsView): Pick<MetricsView, 'queues' | 'alerts'> => ({
  queues: firstOf(queues, ({ ready }) => -(ready ?? 0)),
  alerts: firstOf(alerts, ({ severity }) => ['critical', 'warning', 'info'].indexOf(severity)),
});

const firstOf = <T>(items: readonly T[], rankOf: (item: T) => number): readonly T[] =>
  items.length <= subjectLimit ? items : items.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, subjectLimit);

/** A success tells its runtime; of a failure only the times are known. */
const durationOf = (event: CeleryEvent, task: TaskLabels): number => {
  const runtime = event['runtime'];
  return typeof runtime === 'number' ? runtime : event.timestamp - task.startedSeconds;
};

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  type: 'gauge',
  help,
  samples,
});

const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  type: 'counter',
  help,
  samples,
});

const single = (value: number): Sample[] => [{ labels: [], value }];

const each = <T>(items: readonly T[], labels: (item: T) => Labels, read: (item: T) => number | null): Sample[] =>
  items.flatMap((item) => {
    const value = read(item);
    return value === null ? [] : [{ labels: labels(item), value }];
  });

const gapSamples = ({ gaps }: EngineCounters, read: (total: GapTotal) => number): Sample[] =>
  Object.entries(gaps).map(([reason, total]) => ({ labels: [['reason', reason]], value: read(total) }));

const workerFamilies = (workers: readonly Worker[], now: number): Family[] => {
  const labels = ({ hostname }: Worker): Labels => [['worker', hostname]];
  return [
    gauge('celery_workers_active', 'Online workers.', single(workers.filter(isLiving).length)),
    {
      name: 'celery_workers_total',
      type: 'untyped',
      help: 'Known workers.',
      samples: single(workers.length),
    },
    gauge(
      'celery_worker_up',
      'Whether the worker is online.',
      each(workers, labels, (worker) => Number(isLiving(worker))),
    ),
    gauge(
      'celery_worker_active_tasks',
      'Active tasks of the worker according to its last heartbeat.',
      each(workers, labels, ({ active }) => active),
    ),
    gauge(
      'celery_worker_last_seen_seconds',
      'Time since the last sign of life of the worker.',
      each(workers, labels, ({ lastSeenAt }) => Math.max(0, now - lastSeenAt) / 1_000),
    ),
    counter(
      'celery_worker_begun_tasks_total',
      'Tasks started by the worker since its start, according to its last heartbeat.',
      each(workers, labels, ({ processed }) => processed),
    ),
    gauge(
      'celery_worker_load1',
      "One-minute load average of the worker's host.",
      each(workers, labels, ({ loadAverage }) => loadAverage?.[0] ?? null),
    ),
  ];
};

const queueFamilies = (queues: readonly Queue[]): Family[] => {
  const labels = ({ name }: Queue): Labels => [['queue', name]];
  return [
    gauge(
      'celery_queue_length',
      'Waiting messages.',
      each(queues, labels, ({ ready }) => ready),
    ),
    gauge(
      'celery_queue_unacked',
      'Unacknowledged messages.',
      each(queues, labels, ({ unacked }) => unacked),
    ),
    gauge(
      'celery_queue_consumers',
      'Consumers of the queue, if the broker reports them.',
      each(queues, labels, ({ consumers }) => consumers),
    ),
    gauge(
      'celery_queue_workers',
      'Workers that consume the queue.',
      each(queues, labels, ({ workers }) => workers.length),
    ),
  ];
};

const levels = { unhealthy: 0, degraded: 1, healthy: 2 } as const;

const healthFamilies = ({ alerts, verdict }: MetricsView): Family[] => [
  gauge(
    'celery_health',
    'Health verdict: 2 healthy, 1 degraded, 0 unhealthy; absent while unknown.',
    verdict.level === 'unknown' ? [] : single(levels[verdict.level]),
  ),
  gauge(
    'celery_alert',
    'Open alerts.',
    each(
      alerts,
      ({ rule, severity, subject }) => [
        ['rule', rule],
        ['severity', severity],
        ['subject', subject.name],
      ],
      () => 1,
    ),
  ),
];

const storeFamilies = (stores: readonly (readonly [string, StoreMemory])[]): Family[] => {
  const labels = ([store]: readonly [string, StoreMemory]): Labels => [['store', store]];
  return [
    gauge(
      'celeriac_store_bytes',
      'Memory used by a store, in bytes.',
      each(stores, labels, ([, { bytes }]) => bytes),
    ),
    gauge(
      'celeriac_store_limit_bytes',
      'Memory limit of a store, in bytes.',
      each(stores, labels, ([, { limit }]) => limit),
    ),
    counter(
      'celeriac_evicted_total',
      'Entries that a store dropped, shortened or rejected to stay within its limit.',
      each(stores, labels, ([, { evicted }]) => evicted),
    ),
  ];
};

const engineFamilies = ({ link, counters }: MetricsView): Family[] => [
  gauge('celery_broker_up', 'Whether the broker is connected.', single(link.kind === 'live' ? 1 : 0)),
  counter('celeriac_events_total', 'Processed events.', single(counters.events)),
  counter('celeriac_invalid_messages_total', 'Messages that are not valid events.', single(counters.invalid)),
  counter('celeriac_lost_events_total', 'Events known to be lost.', single(counters.lost)),
  counter(
    'celeriac_uncounted_losses_total',
    'How often the broker discarded events without reporting their number; they are not in celeriac_lost_events_total.',
    single(counters.uncountedLosses),
  ),
  counter(
    'celeriac_gaps_total',
    'Gaps in the event stream, by reason.',
    gapSamples(counters, ({ count }) => count),
  ),
  counter(
    'celeriac_gap_seconds_total',
    'Duration of gaps in the event stream, by reason.',
    gapSamples(counters, ({ seconds }) => seconds),
  ),
  counter(
    'celeriac_evicted_tasks_total',
    'Tasks dropped from memory to stay within the limit.',
    single(counters.evicted),
  ),
  gauge('celeriac_event_backlog', 'Events received and not yet processed.', single(counters.backlog)),
  counter(
    'celeriac_listener_errors_total',
    'Events that a listener failed to process.',
    Object.entries(counters.listenerErrors).map(([listener, value]) => ({ labels: [['listener', listener]], value })),
  ),
  gauge('celeriac_tasks_held', 'Tasks in memory.', single(counters.tasks)),
  ...storeFamilies(Object.entries(counters.stores)),
];
