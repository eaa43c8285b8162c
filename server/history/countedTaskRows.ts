import type { DatabaseSync } from 'node:sqlite';
import { type StepSum, StepSums } from '../state/figures/stepSums.ts';
import { failedKind, retriedKind, succeededKind } from '../state/names/eventTypes.ts';
import type { TaskChoice } from '../state/queries/countedTasks.ts';
import { isAmong, labelsLike } from './namedLabels.ts';
import type { Texts } from './readTexts.ts';

export interface CountTasksQuery {
  readonly choice: TaskChoice;
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}

export interface CountedRows {
  readonly sums: readonly StepSum[];
  /** Older tasks were too many to be looked at; null: all were. */
  readonly since: number | null;
}

const mostRows = 1_000_000;
/** Clocks of workers may be this much ahead of ours. */
const skewMs = 600_000;

/** Counts tasks that have ended one by one, from the index that holds all that is asked of them. */
export const countTaskRows = (database: DatabaseSync, labels: Texts, query: CountTasksQuery): CountedRows => {
  const { choice, from, to, stepSeconds } = query;
  const { names, workers, queues } = choice;
  const where = [
    isAmong('name', labelsLike(labels, names)),
    isAmong('worker', labelsLike(labels, workers)),
    isAmong('queue', labelsLike(labels, queues)),
  ].join(' AND ');
  const sums = new StepSums(from, to, stepSeconds * 1000);
  const states = new Map([...labels.entries()].map(([id, text]) => [id, text]));
  const rows = database
    .prepare(
      `SELECT state, finished_at, runtime, wait, updated_at FROM task
       WHERE updated_at >= ? AND ${where} ORDER BY updated_at DESC LIMIT ?`,
    )
    .iterate(from - skewMs, mostRows);
  let count = 0;
  let oldest = from;
  for (const { state, finished_at: finishedAt, runtime, wait, updated_at: updatedAt } of rows) {
    count++;
    oldest = Number(updatedAt);
    const at = Number(finishedAt ?? updatedAt);
    const isSuccess = states.get(Number(state)) === 'SUCCESS';
    if (isSuccess) sums.count(succeededKind, at);
    else if (states.get(Number(state)) === 'FAILURE') sums.count(failedKind, at);
    if (isSuccess && typeof runtime === 'number') sums.addRuntime(runtime, at);
    if (typeof wait === 'number') sums.addWait(wait, at - (typeof runtime === 'number' ? runtime * 1000 : 0));
  }
  const retries = database
    .prepare(`SELECT at FROM failure WHERE at >= ? AND at < ? AND retried = 1 AND ${where} LIMIT ?`)
    .iterate(from, to, mostRows);
  for (const { at } of retries) sums.count(retriedKind, Number(at));
  return { sums: sums.list(), since: count < mostRows ? null : oldest };
};
