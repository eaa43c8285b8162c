import type { Queue } from '../../server/api/model.ts';
import type { OriginalCall } from './originalCall.ts';

type Queues = Readonly<Record<string, Pick<Queue, 'name' | 'workers'>>>;

/** Where a new task goes: where the last of its kind went, unless no worker consumes from there and some do elsewhere. */
export const queueForNew = (last: Pick<OriginalCall, 'queue'> | null, queues: Queues): string | null => {
  const consumed = Object.values(queues).filter(({ workers }) => workers.length > 0);
  const isLost = consumed.length > 0 && consumed.every(({ name }) => name !== last?.queue);
  return likelyQueue(last && !isLost ? [last] : [], queues);
};

/** Where tasks belong whose queue is unknown: where the others of them came from, or the only queue that is consumed. */
export const likelyQueue = (calls: readonly Pick<OriginalCall, 'queue'>[], queues: Queues): string | null => {
  const known = calls.flatMap(({ queue }) => queue ?? []);
  const [most] = [...Map.groupBy(known, (queue) => queue)].sort(([, a], [, b]) => b.length - a.length);
  if (most) return most[0];
  const [only, ...others] = Object.values(queues).filter(({ workers }) => workers.length > 0);
  return only && others.length === 0 ? only.name : null;
};
