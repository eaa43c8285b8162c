import { toErrorData } from '../../../api/errors.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import { retryTask } from '../../../desk/retryTask.ts';
import { revocation } from '../../../desk/revocation.ts';
import { tellWorkers } from '../../../desk/tellWorkers.ts';
import { plural } from '../../../text/wording.ts';

const patienceMs = 2_000;

/** Does it, and says in one sentence what became of it. */
export const act = async (cluster: Cluster, what: 'retry' | 'revoke', id: string): Promise<string> => {
  try {
    return what === 'retry' ? await retry(cluster, id) : await revoke(cluster, id);
  } catch (error) {
    return toErrorData(error).sentence;
  }
};

const retry = async (cluster: Cluster, id: string): Promise<string> => {
  const task = cluster.state.tasks.find(id);
  if (task === null) return `${id} is no longer held in memory, so it cannot be sent again.`;
  return `Sent again as ${await retryTask(cluster, task)}.`;
};

const revoke = async (cluster: Cluster, id: string): Promise<string> => {
  const { replies } = await tellWorkers(cluster, revocation({ ids: [id] }), { timeoutMs: patienceMs });
  const answered = replies.filter(({ kind }) => kind === 'answered').length;
  if (answered === 0) return `No worker confirmed the revocation of ${id}.`;
  return `Revoked ${id}: ${plural(answered, 'worker')} confirmed.`;
};
