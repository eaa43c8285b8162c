import type { KnownTask } from '../api/sendTask.ts';
import { taskNamesIn } from '../celery/taskNamesIn.ts';
import type { Cluster } from '../cluster/cluster.ts';

const answerWithinMs = 1_500;

/** The tasks that workers know. A worker that is busy does not answer; what it ran before is known all the same. */
export const registeredTasks = async (
  { operations, state }: Pick<Cluster, 'operations' | 'state'>,
  now: number,
): Promise<readonly KnownTask[]> => {
  const { replies } = await operations.inspect({ method: 'registered', arguments: {}, timeoutMs: answerWithinMs });
  const workers = new Map<string, string[]>(state.typeStats(now).map(({ name }) => [name, []]));
  for (const reply of replies) {
    if (reply.kind !== 'answered') continue;
    for (const name of taskNamesIn(reply.value)) workers.set(name, [...(workers.get(name) ?? []), reply.hostname]);
  }
  return [...workers]
    .map(([name, hostnames]): KnownTask => ({ name, workers: hostnames }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
};
