import type { ClusterState } from '../../../server/state/clusterState.ts';
import { below, makeRandom, uuidFrom } from '../state/random.ts';
import { received, taskEvent } from '../state/someEvents.ts';

/** Events of all sorts of tasks, in the order in which they came: a seed gives the same again. */
const busyEvents = (seed: number, tasks = 300) => {
  const random = makeRandom(seed);
  const ids: string[] = [];
  return Array.from({ length: tasks }, (_, index) => {
    const id = random() < 0.1 ? `order-${index}` : uuidFrom(random);
    const parent = random() < 0.3 ? (ids[below(random, ids.length)] ?? null) : null;
    ids.push(id);
    const at = index + Math.round(random() * 1000) / 1000;
    const name = `shop.n${below(random, 4)}`;
    const head = { hostname: `celery@${below(random, 3)}`, queue: ['mail', 'slow', undefined][below(random, 3)] };
    const eta = random() < 0.2 ? `2027-01-${10 + below(random, 20)}T00:00:00+00:00` : null;
    const input = {
      name,
      args: `(${below(random, 40)}, 'Ü${below(random, 3)}', '100%_\\\\')`,
      eta,
      retries: below(random, 3),
      root_id: parent ?? id,
      parent_id: parent,
      exchange: 'shop',
      routing_key: `shop.${below(random, 3)}`,
    };
    const line = `  File "/app/shop/tasks.py", line ${below(random, 4)}, in charge, which is called by a long way round\n`;
    const ends = [
      taskEvent('succeeded', id, at + 2, { result: `'r${below(random, 9)}'`, runtime: below(random, 30) / 4 }),
      taskEvent('failed', id, at + 2, {
        exception: `${random() < 0.5 ? 'ValueError' : 'shop.errors.NoStock'}('e${below(random, 9)}')`,
        traceback: `Traceback (most recent call last):\n${line}ValueError: e\n`,
      }),
      taskEvent('revoked', id, at + 2, { terminated: true, signum: 15, expired: false }),
      taskEvent('rejected', id, at + 2, {}),
      taskEvent('retried', id, at + 2, { exception: "OSError('again')", traceback: 'T:\nOSError: again\n' }),
    ];
    const end = ends[below(random, ends.length)];
    return [
      ...(random() < 0.5 ? [taskEvent('sent', id, at - 0.5, { name, queue: head.queue })] : []),
      ...(random() < 0.9 ? [received(id, at, { ...head, ...input })] : []),
      ...(random() < 0.8 ? [taskEvent('started', id, at + 1, head)] : []),
      ...(random() < 0.9 && end ? [{ ...end, ...head }] : []),
    ];
  }).flat();
};

export const applyBusy = (state: ClusterState, seed: number, tasks?: number): void => {
  for (const event of busyEvents(seed, tasks)) state.apply(event, Math.round(event.timestamp * 1000));
};
