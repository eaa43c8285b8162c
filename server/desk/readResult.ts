import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { TaskResult } from '../api/results.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { createResultReader } from '../results/createResultReader.ts';

const answerWithinMs = 8_000;

/** What the result backend of a connection holds of a task. Asked for now and then, so the backend is left again at once. */
export const readResult = async ({ connection }: Pick<Cluster, 'connection'>, id: string): Promise<TaskResult> => {
  const { resultBackend, name } = connection;
  if (resultBackend === undefined)
    throw new CeleriacError('unsupported', phrase('result.noBackend', { connection: name }));
  const reader = createResultReader({ url: resultBackend });
  try {
    return await reader.get(id, AbortSignal.timeout(answerWithinMs));
  } finally {
    await reader.close();
  }
};
