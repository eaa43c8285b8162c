import { type ClusterSnapshot, isLiving } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';

/** Each is asked where it runs; a few tell as much as all. */
const mostAsked = 4;

/**
 * The interpreters of the workers of this machine that this user may run, without doubles. What a project's own workers
 * run on has all that the project needs.
 */
export const workerPythons = async ({
  backend,
  mirror,
}: Pick<Parts, 'backend' | 'mirror'>): Promise<readonly string[]> => {
  const living = [...mirror.snapshots.values()].flatMap(livingOf).slice(0, mostAsked);
  const found = await Promise.all(living.map((worker) => pythonsOf(worker, backend)));
  return [...new Set(found.flat())];
};

interface WorkerName {
  readonly clusterId: string;
  readonly hostname: string;
}

const livingOf = ({ clusterId, link, workers }: ClusterSnapshot): readonly WorkerName[] =>
  link.kind === 'live'
    ? Object.values(workers)
        .filter(isLiving)
        .map(({ hostname }) => ({ clusterId, hostname }))
    : [];

const pythonsOf = async (worker: WorkerName, backend: Parts['backend']): Promise<readonly string[]> => {
  try {
    const { place, mainPid } = await backend.request(requests.debugTarget, { ...worker, taskId: null });
    if (place !== 'here' || mainPid === null) return [];
    return (await backend.request(requests.processReach, { pid: mainPid })).pythons;
  } catch {
    // A worker that does not answer says nothing about its interpreter.
    return [];
  }
};
