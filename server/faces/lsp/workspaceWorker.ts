import { type MessagePort, parentPort } from 'node:worker_threads';
import { type ErrorData, toErrorData } from '../../api/errors.ts';
import { handle } from '../../requests/handle.ts';
import { workspaceAreas } from './workspaceAreas.ts';
import type { WorkspaceRequest } from './workspaceThread.ts';

export interface WorkspaceQuestion {
  readonly number: number;
  readonly name: WorkspaceRequest;
  readonly params: unknown;
}

export interface WorkspaceReply {
  readonly number: number;
  readonly result: unknown;
  readonly error: ErrorData | null;
}

/** So long after the last answer: what reading and typing leave behind goes while nobody waits. */
const tidyAfterMs = 3_000;

/** The entry point of the thread on which the files of a workspace are read. */
const serve = (port: MessagePort): void => {
  const areas = workspaceAreas();
  const tidy = setTimeout(() => globalThis.gc?.(), tidyAfterMs).unref();
  port.on('message', async ({ number, name, params }: WorkspaceQuestion) => {
    const send = (reply: Omit<WorkspaceReply, 'number'>): void => port.postMessage({ number, ...reply });
    try {
      send({ result: await handle(areas, name, params), error: null });
    } catch (error) {
      send({ result: null, error: toErrorData(error) });
    } finally {
      tidy.refresh();
    }
  });
};

if (parentPort) serve(parentPort);
