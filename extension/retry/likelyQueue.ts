import type { Queue } from '../../server/api/model.ts';
import type { OriginalCall } from './originalCall.ts';

/** Where tasks belong whose queue nobody told: where the others of them came from, or the only queue that is consumed. */
export const likelyQueue = (
  calls: readonly Pick<OriginalCall, 'queue'>[],
  queues: Readonly<Record<string, Pick<Queue, 'name' | 'workers'>>>,
): string | null => {
  const told = calls.flatMap(({ queue }) => queue ?? []);
  const [most] = [...Map.groupBy(told, (queue) => queue)].sort(([, a], [, b]) => b.length - a.length);
  if (most) return most[0];
  const [only, ...others] = Object.values(queues).filter(({ workers }) => workers.length > 0);
  return only && others.length === 0 ? only.name : null;
};
