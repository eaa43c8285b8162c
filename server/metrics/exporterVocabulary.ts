import { isLiving, type Queue } from '../api/model.ts';
import type { CeleryEvent } from '../celery/event.ts';
import type { TaskLabels } from '../state/queries/taskLabels.ts';
import { Counters } from './counters.ts';
import type { Family } from './exposition.ts';
import { Histograms } from './histograms.ts';
import { pythonBounds, queueWaitBounds } from './pythonBounds.ts';
import type { MetricsView, Vocabulary } from './vocabulary.ts';

const helps = {
  'task-sent': 'Sent when a task message is published.',
  'task-received': 'Sent when the worker receives a task.',
  'task-started': 'Sent just before the worker executes the task.',
  'task-succeeded': 'Sent if the task executed successfully.',
  'task-failed': 'Sent if the execution of the task failed.',
  'task-rejected': 'Sent if the task was rejected by the worker.',
  'task-revoked': 'Sent if the task has been revoked.',
  'task-retried': 'Sent if the task failed, but will be retried in the future.',
} as const;

type Counted = keyof typeof helps;

const isCounted = (type: string): type is Counted => Object.hasOwn(helps, type);

/** Where one label stands for all hosts, as they come and go by the thousand. */
export interface GenericHostnames {
  /** In `celery_task_sent_total`: those of senders. */
  readonly sent?: boolean;
  /** In the other metrics of tasks: those of workers. */
  readonly worker?: boolean;
}

const genericHostname = 'generic';

/** The names and labels of danihodovic/celery-exporter (src/exporter.py), so that its dashboards and alerts go on. */
export class ExporterVocabulary implements Vocabulary {
  private readonly counters: ReadonlyMap<Counted, Counters>;
  private readonly runtime: Histograms;
  private readonly queueWait: Histograms;
  private readonly generic: GenericHostnames;

  constructor(maxSeries: number, generic: GenericHostnames = {}) {
    this.generic = generic;
    const counterOf = (type: Counted): Counters => {
      const labels = ['name', 'hostname', ...(type === 'task-failed' ? ['exception'] : []), 'queue_name'];
      return new Counters(`celery_${type.replace('-', '_')}_total`, helps[type], labels, maxSeries);
    };
    this.counters = new Map(
      Object.keys(helps)
        .filter(isCounted)
        .map((type) => [type, counterOf(type)]),
    );
    const labels = ['name', 'hostname', 'queue_name'];
    this.runtime = new Histograms(
      'celery_task_runtime',
      'Histogram of task runtime measurements.',
      labels,
      pythonBounds,
      maxSeries,
    );
    this.queueWait = new Histograms(
      'celery_task_queue_wait_time',
      'Histogram of the time tasks spend waiting in the queue before being executed, excluding deliberate ETA/countdown delay.',
      labels,
      queueWaitBounds,
      maxSeries,
    );
  }

  note(event: CeleryEvent, task: TaskLabels): void {
    const name = task.name ?? 'None';
    const isGeneric = event.type === 'task-sent' ? this.generic.sent : this.generic.worker;
    const hostname = isGeneric ? genericHostname : hostOf(event.hostname);
    const queue = task.queue ?? 'celery';
    for (const [type, counters] of this.counters) {
      const isIt = type === event.type;
      // Those that did not happen are shown as 0; senders are too many for that.
      if (!isIt && event.type === 'task-sent') continue;
      const exception = type === 'task-failed' ? [isIt ? exceptionOf(event) : ''] : [];
      counters.add([name, hostname, ...exception, queue], isIt ? 1 : 0);
    }
    if (event.type === 'task-started' && !Number.isNaN(task.sentSeconds))
      this.queueWait.observe([name, hostname, queue], Math.max(0, task.waitSeconds));
    const runtime = event['runtime'];
    if (event.type === 'task-succeeded' && typeof runtime === 'number')
      this.runtime.observe([name, hostname, queue], runtime);
  }

  families({ workers, queues, poolSizes }: MetricsView): readonly Family[] {
    const byWorker = { up: new Map<string, number>(), active: new Map<string, number>() };
    for (const worker of workers) {
      byWorker.up.set(hostOf(worker.hostname), Number(isLiving(worker)));
      byWorker.active.set(hostOf(worker.hostname), isLiving(worker) ? (worker.active ?? 0) : 0);
    }
    const processesOf = ({ workers: consuming }: Queue): number =>
      consuming.reduce((sum, worker) => sum + (poolSizes.get(worker) ?? 0), 0);
    return [
      ...[...this.counters.values()].map((counters) => counters.family()),
      gauge('celery_worker_up', 'Indicates if a worker has recently sent a heartbeat.', 'hostname', [...byWorker.up]),
      gauge('celery_worker_tasks_active', 'The number of tasks the worker is currently processing', 'hostname', [
        ...byWorker.active,
      ]),
      this.runtime.family(),
      this.queueWait.family(),
      queueGauge('celery_queue_length', 'The number of message in broker queue.', queues, ({ ready }) => ready),
      queueGauge(
        'celery_active_consumer_count',
        'The number of active consumer in broker queue.',
        queues,
        ({ consumers }) => consumers,
      ),
      queueGauge(
        'celery_active_worker_count',
        'The number of active workers in broker queue.',
        queues,
        ({ workers: consuming }) => consuming.length,
      ),
      queueGauge('celery_active_process_count', 'The number of active processes in broker queue.', queues, processesOf),
    ];
  }
}

const gauge = (name: string, help: string, label: string, values: readonly (readonly [string, number])[]): Family => ({
  name,
  type: 'gauge',
  help,
  samples: values.map(([of, value]) => ({ labels: [[label, of]], value })),
});

const queueGauge = (
  name: string,
  help: string,
  queues: readonly Queue[],
  read: (queue: Queue) => number | null,
): Family =>
  gauge(
    name,
    help,
    'queue_name',
    queues.flatMap((queue) => {
      const value = read(queue);
      return value === null ? [] : [[queue.name, value] as const];
    }),
  );

/** Its `hostname` is what follows the @ of a worker's name (celery/utils/nodenames.py: nodesplit). */
const hostOf = (hostname: string): string => hostname.slice(hostname.indexOf('@') + 1);

/** The class in front of the repr's bracket (get_exception_class_name). */
const exceptionOf = (event: CeleryEvent): string => {
  const { exception } = event;
  return (typeof exception === 'string' && /^(\w+)\(/.exec(exception)?.[1]) || 'UnknownException';
};
