import type { Counters } from '../api/model.ts';

/** Whether a view would show anything else; when the last event came does not show. */
export const countersDiffer = (before: Counters | null, after: Counters): boolean =>
  before === null ||
  before.events !== after.events ||
  before.invalid !== after.invalid ||
  before.lost !== after.lost ||
  before.uncountedLosses !== after.uncountedLosses ||
  before.evicted !== after.evicted ||
  before.backlog !== after.backlog ||
  errorsIn(before) !== errorsIn(after) ||
  evictedFromStores(before) !== evictedFromStores(after);

const errorsIn = ({ listenerErrors }: Counters): number =>
  Object.values(listenerErrors).reduce((sum, errors) => sum + errors, 0);

const evictedFromStores = ({ stores }: Counters): number =>
  Object.values(stores).reduce((sum, { evicted }) => sum + evicted, 0);
