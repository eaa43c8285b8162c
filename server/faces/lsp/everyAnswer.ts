import type { ChangeBatch } from '../../api/change.ts';
import { type ErrorData, toErrorData } from '../../api/errors.ts';
import { defaultRedactPatterns } from '../../api/redaction.ts';
import { exactRequests, requests } from '../../api/requests.ts';
import { isRecord } from '../../celery/isRecord.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { makeOutlet, type Outlet } from '../../outlet/outlet.ts';
import type { Shown } from '../../outlet/shown.ts';
import { handle } from '../../requests/handle.ts';
import { everyArea } from './everyArea.ts';

type Name = keyof typeof requests;

export const requestNames = Object.keys(requests) as readonly Name[];

/** What goes back to the extension. */
interface Reply {
  readonly result: unknown;
  readonly error: Shown<ErrorData> | null;
}

/** What is about no open cluster hides what is usually secret. */
const usual = makeOutlet(defaultRedactPatterns);

/**
 * Answers every request, with its result or with an error that has a code and a sentence, and covers it on its way out, as
 * the batches of changes that it publishes.
 */
export const everyAnswer = (
  clusters: Clusters,
  folder: string,
  publish: (batch: Shown<ChangeBatch>) => void,
): ((name: Name, params: unknown) => Promise<Reply>) => {
  const outletOf = (about: unknown): Outlet => clusters.outlet(clusterIdOf(about)) ?? usual;
  const areas = everyArea(clusters, folder, (batch) => publish(outletOf(batch).answer(batch)));
  return async (name, params) => {
    try {
      const result = await handle(areas, name, params);
      return { result: Object.hasOwn(exactRequests, name) ? result : outletOf(params).answer(result), error: null };
    } catch (error) {
      return { result: null, error: outletOf(params).answer(toErrorData(error)) };
    }
  };
};

/** A cluster that was just opened is named by its connection. */
const clusterIdOf = (about: unknown): string => {
  if (!isRecord(about)) return '';
  const { clusterId, connection } = about;
  return String(clusterId ?? (isRecord(connection) ? connection['id'] : ''));
};
