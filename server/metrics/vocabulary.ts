import type { Alert, Verdict } from '../api/health.ts';
import type { Counters, LinkState, Queue, Worker } from '../api/model.ts';
import type { CeleryEvent } from '../celery/event.ts';
import type { TaskLabels } from '../state/queries/taskLabels.ts';
import type { Family } from './exposition.ts';

/** What is true at the moment of a scrape. */
export interface MetricsView {
  readonly now: number;
  readonly link: LinkState;
  readonly workers: readonly Worker[];
  readonly queues: readonly Queue[];
  readonly counters: Counters;
  readonly alerts: readonly Alert[];
  readonly verdict: Verdict;
  /** Processes in each worker's pool, where it was asked. */
  readonly poolSizes: ReadonlyMap<string, number>;
}

/** One set of names for what happens: ours, or those of an exporter whose dashboards shall keep working. */
export interface Vocabulary {
  /** Each task event, after the state has taken it in. */
  note(event: CeleryEvent, task: TaskLabels): void;
  families(view: MetricsView): readonly Family[];
}
