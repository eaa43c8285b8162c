import type { DashboardFilter } from '../../../server/api/dashboard.ts';
import type { FailureGroup } from '../../../server/api/failures.ts';
import { namePatterns } from '../../../server/api/namePatterns.ts';

/** Whether a name is asked for; everything is where none is named. */
export const nameFits = (names: readonly string[] | undefined): ((name: string) => boolean) =>
  names ? namePatterns(names) : () => true;

/** A group of failures knows its task type and its latest workers, not its queues. */
export const failureFits = (filter: DashboardFilter | null): ((group: FailureGroup) => boolean) => {
  const [fitsType, fitsWorker] = [nameFits(filter?.type), nameFits(filter?.worker)];
  return ({ taskName, workers }) =>
    (filter?.type === undefined || fitsType(taskName ?? '')) &&
    (filter?.worker === undefined || workers.some(fitsWorker));
};
