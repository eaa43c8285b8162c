import type { GroupResult } from '../api/results.ts';
import { isReadyState } from '../celery/resultStates.ts';

/** A group of which only these parts are known. */
export const groupOf = (id: string, known: Partial<GroupResult>): GroupResult => ({
  taskIds: [],
  finished: null,
  total: null,
  byStatus: {},
  sentence: null,
  ...known,
  id,
});

const readAtOnce = 100;

/** A saved group names its tasks; how far they are stands in their own results. */
export const savedGroup = async (
  id: string,
  taskIds: readonly string[],
  readStatuses: (taskIds: readonly string[]) => Promise<readonly string[]>,
): Promise<GroupResult> => {
  const statuses: string[] = [];
  for (let from = 0; from < taskIds.length; from += readAtOnce) {
    statuses.push(...(await readStatuses(taskIds.slice(from, from + readAtOnce))));
  }
  const finished = statuses.filter(isReadyState).length;
  return groupOf(id, { taskIds, finished, total: taskIds.length, byStatus: countStatuses(statuses) });
};

export const countStatuses = (statuses: readonly string[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(counts);
};
