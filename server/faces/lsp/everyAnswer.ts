import type { ChangeBatch } from '../../api/change.ts';
import { type ErrorData, toErrorData } from '../../api/errors.ts';
import { defaultRedactPatterns } from '../../api/redaction.ts';
import { exactRequests, requests } from '../../api/requests.ts';
import { isRecord } from '../../celery/isRecord.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { makeOutlet, type Outlet } from '../../outlet/outlet.ts';
import type { Shown } from '../../outlet/shown.ts';
import type { Area } from '../../requests/area.ts';
import { handle } from '../../requests/handle.ts';
import { everyArea } from './everyArea.ts';
import { translateAnswer } from './translateAnswer.ts';
import type { WorkspaceRequest } from './workspaceThread.ts';

type Name = keyof typeof requests;

export const requestNames = Object.keys(requests) as readonly Name[];

/** What goes back to the extension. */
interface Reply {
  readonly result: unknown;
  readonly error: Shown<ErrorData> | null;
}

interface EveryAnswerParts {
  readonly clusters: Clusters;
  /** Answers what concerns the files of the workspace. */
  readonly workspace: Area<WorkspaceRequest>;
  readonly publish: (batch: Shown<ChangeBatch>) => void;
  /** From English to the language of the window; null: the window is in English. */
  readonly translate: () => ((english: string) => string) | null;
}

/** What is about no open cluster hides what is usually secret. */
const usual = makeOutlet(defaultRedactPatterns);

/**
 * Answers every request, with its result or with an error that has a code and a sentence. Like the batches of changes that
 * it publishes, an answer is covered on its way out and put into the language of the window.
 */
export const everyAnswer = ({
  clusters,
  workspace,
  publish,
  translate,
}: EveryAnswerParts): ((name: Name, params: unknown) => Promise<Reply>) => {
  const outletOf = (about: unknown): Outlet => clusters.outlet(clusterIdOf(about)) ?? usual;
  const shown = <T>(about: unknown, value: T): Shown<T> => {
    const covered = outletOf(about).answer(value);
    const language = translate();
    return language ? translateAnswer(covered, language) : covered;
  };
  const areas = everyArea(clusters, workspace, (batch) => publish(shown(batch, batch)));
  return async (name, params) => {
    try {
      const result = await handle(areas, name, params);
      return { result: Object.hasOwn(exactRequests, name) ? result : shown(params, result), error: null };
    } catch (error) {
      return { result: null, error: shown(params, toErrorData(error)) };
    }
  };
};

/** A cluster that was just opened is named by its connection. */
const clusterIdOf = (about: unknown): string => {
  if (!isRecord(about)) return '';
  const { clusterId, connection } = about;
  return String(clusterId ?? (isRecord(connection) ? connection['id'] : ''));
};
