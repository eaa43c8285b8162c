import type { TaskQuery } from '../../api/tasks.ts';
import { bucketOf, QuantileSketch } from '../figures/quantileSketch.ts';
import { type StepSum, StepSums } from '../figures/stepSums.ts';
import { WindowSum } from '../figures/windowSum.ts';
import { countedKinds, startedKind, succeededKind } from '../names/eventTypes.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { waitSecondsOf } from '../rows/taskTimes.ts';
import { makeTaskFilter } from './taskFilter.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** Each has a column of times; what timed out is counted only, and not kept of a task. */
const timedKinds = countedKinds - 1;

export type TaskChoice = Pick<TaskQuery, 'names' | 'queues' | 'workers'>;

export interface CountedQuery {
  readonly choice: TaskChoice;
  readonly from: number;
  readonly stepMs: number;
  readonly windowMinutes: number;
  /** Before that nothing was heard. */
  readonly startedAt: number;
}

/** What is told of some of the tasks that are remembered. */
export interface CountedTasks {
  readonly steps: readonly StepSum[];
  readonly window: WindowSum;
  readonly held: Readonly<Record<string, number>>;
  /** Of the last hour, by task type. */
  readonly runtimes: ReadonlyMap<string, QuantileSketch>;
}

/**
 * One look at every task: no figures are kept of each pair of a task type and a worker, of which there may be a million. A
 * task counts once for each thing that happened to it, when it did last; so of its retries only the latest.
 */
export const countTasks = (store: TaskStore, query: CountedQuery, now: number): CountedTasks => {
  const counter = new TaskCounter(store, query, now);
  const filter = makeTaskFilter(store, query.choice);
  for (let row = 0; row < store.rowLimit; row++) if (filter.matches(row)) counter.add(row);
  return counter.result();
};

class TaskCounter {
  private readonly store: TaskStore;
  private readonly now: number;
  private readonly windowFrom: number;
  private readonly since: number;
  private readonly sums: StepSums;
  private readonly window: WindowSum;
  private readonly held = new Map<number, number>();
  private readonly byName = new Map<number, QuantileSketch>();

  constructor(store: TaskStore, { from, stepMs, windowMinutes, startedAt }: CountedQuery, now: number) {
    this.store = store;
    this.now = now;
    this.windowFrom = (Math.floor(now / minuteMs) + 1 - windowMinutes) * minuteMs;
    this.since = Math.min(from, now - hourMs, this.windowFrom);
    this.sums = new StepSums(from, Number.POSITIVE_INFINITY, stepMs);
    this.window = new WindowSum(windowMinutes);
    this.window.coveredMs = Math.max(1000, now - Math.max(this.windowFrom, startedAt));
  }

  add(row: number): void {
    const { columns } = this.store;
    const state = columns.state[row] ?? 0;
    this.held.set(state, (this.held.get(state) ?? 0) + 1);
    const updatedAt = columns.updatedAt[row] ?? 0;
    if (updatedAt < this.since) return;
    // Workers' clocks may differ from ours; the last event shows by how much.
    const shift = updatedAt - (columns.timestamp[row] ?? Number.NaN) * 1000;
    for (let kind = 0; kind < timedKinds; kind++) {
      const at = Math.min((columns.timeOf(kind)?.[row] ?? Number.NaN) * 1000 + shift, this.now);
      if (!Number.isNaN(at)) this.count(row, kind, at);
    }
  }

  result(): CountedTasks {
    const { states, interner } = this.store;
    return {
      steps: this.sums.list(),
      window: this.window,
      held: Object.fromEntries([...this.held].map(([state, count]) => [states.nameOf(state), count])),
      runtimes: new Map([...this.byName].map(([name, sketch]) => [interner.textOf(name), sketch])),
    };
  }

  private count(row: number, kind: number, at: number): void {
    const { sums, window } = this;
    sums.count(kind, at);
    if (at >= this.windowFrom) window.counts[kind] = (window.counts[kind] ?? 0) + 1;
    if (kind === succeededKind) this.addRuntime(row, at);
    else if (kind === startedKind) this.addWait(row, at);
  }

  private addRuntime(row: number, at: number): void {
    const seconds = this.store.columns.runtime[row] ?? Number.NaN;
    if (!(seconds >= 0)) return;
    this.sums.addRuntime(seconds, at);
    if (at >= this.windowFrom) this.window.runtimes.add(bucketOf(seconds), seconds);
    const name = this.store.columns.name[row] ?? 0;
    if (name !== 0 && at >= this.now - hourMs) this.sketchOf(name).add(bucketOf(seconds), seconds);
  }

  private addWait(row: number, at: number): void {
    const seconds = waitSecondsOf(this.store, row);
    if (!(seconds >= 0)) return;
    this.sums.addWait(seconds, at);
    if (at >= this.windowFrom) this.window.waits.add(bucketOf(seconds), seconds);
  }

  private sketchOf(name: number): QuantileSketch {
    const known = this.byName.get(name);
    if (known) return known;
    const sketch = new QuantileSketch();
    this.byName.set(name, sketch);
    return sketch;
  }
}
