import { isLiving } from '../api/model.ts';
import type { CeleryEvent } from '../celery/event.ts';
import type { TaskLabels } from '../state/queries/taskLabels.ts';
import { Counters } from './counters.ts';
import type { Family } from './exposition.ts';
import { Histograms } from './histograms.ts';
import { Labelled } from './labelled.ts';
import { pythonBounds } from './pythonBounds.ts';
import type { MetricsView, Vocabulary } from './vocabulary.ts';

const labels = ['worker', 'task'];

/** The names and labels of Flower 2.2 (flower/events.py: PrometheusMetrics). */
export class FlowerVocabulary implements Vocabulary {
  private readonly events: Counters;
  private readonly runtime: Histograms;
  private readonly prefetchTime: Labelled<{ value: number }>;
  private readonly prefetched: Labelled<{ value: number }>;

  constructor(maxSeries: number) {
    this.events = new Counters('flower_events_total', 'Number of events', ['worker', 'type', 'task'], maxSeries);
    this.runtime = new Histograms('flower_task_runtime_seconds', 'Task runtime', labels, pythonBounds, maxSeries);
    this.prefetchTime = new Labelled(labels, maxSeries, () => ({ value: 0 }));
    this.prefetched = new Labelled(labels, maxSeries, () => ({ value: 0 }));
  }

  note(event: CeleryEvent, task: TaskLabels): void {
    const where = [event.hostname, task.name ?? ''] as const;
    this.events.add([event.hostname, event.type, where[1]]);
    const runtime = event['runtime'];
    if (typeof runtime === 'number' && runtime > 0) this.runtime.observe(where, runtime);
    if (!task.hasEta && !Number.isNaN(task.receivedSeconds)) this.notePrefetch(event.type, where, task);
  }

  families({ workers }: MetricsView): readonly Family[] {
    const known = workers.filter(isLiving);
    return [
      this.events.family(),
      this.runtime.family(),
      this.gauge(
        'flower_task_prefetch_time_seconds',
        'The time the task spent waiting at the celery worker to be executed.',
        this.prefetchTime,
      ),
      this.gauge(
        'flower_worker_prefetched_tasks',
        'Number of tasks of given type prefetched at a worker',
        this.prefetched,
      ),
      {
        name: 'flower_worker_online',
        type: 'gauge',
        help: 'Worker online status',
        samples: workers.map((worker) => ({ labels: [['worker', worker.hostname]], value: Number(isLiving(worker)) })),
      },
      {
        name: 'flower_worker_number_of_currently_executing_tasks',
        type: 'gauge',
        help: 'Number of tasks currently executing at a worker',
        samples: known.flatMap(({ hostname, active }) =>
          active === null ? [] : [{ labels: [['worker', hostname] as const], value: active }],
        ),
      },
    ];
  }

  /** Tasks with an ETA wait on purpose, so they are not counted. */
  private notePrefetch(type: string, where: readonly string[], task: TaskLabels): void {
    const hasStarted = !Number.isNaN(task.startedSeconds);
    if (type === 'task-received') this.prefetched.at(...where).value += 1;
    else if (type === 'task-started' && hasStarted) {
      this.prefetchTime.at(...where).value = task.startedSeconds - task.receivedSeconds;
      this.prefetched.at(...where).value -= 1;
    } else if ((type === 'task-succeeded' || type === 'task-failed') && hasStarted) {
      this.prefetchTime.at(...where).value = 0;
    } else if ((type === 'task-revoked' || type === 'task-rejected') && !hasStarted)
      // It was prefetched, and will not run. Before 2.2 Flower went on counting it.
      this.prefetched.at(...where).value -= 1;
  }

  private gauge(name: string, help: string, cells: Labelled<{ value: number }>): Family {
    const samples = cells.samples((cell, at) => [{ labels: at, value: cell.value }]);
    return { name, type: 'gauge', help, samples };
  }
}
