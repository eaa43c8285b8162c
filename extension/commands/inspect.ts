import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import type { Connections } from '../connections/connections.ts';
import { chooseInspection } from '../inspect/chooseInspection.ts';
import { type InspectPages, inspectScheme } from '../inspect/inspectPages.ts';
import type { Mirror } from '../mirror.ts';
import { rowTarget } from './rowTarget.ts';

interface InspectParts {
  readonly backend: Backend;
  readonly connections: Connections;
  readonly mirror: Mirror;
  readonly pages: InspectPages;
}

/** Called from the palette of a new window, the command may come before the first connection is live. */
const linkWithinMs = 3_000;

/** Asks workers and shows their answers; called from the palette, or from the row of a connection or a worker. */
export const inspectWorkers = async (row: unknown, parts: InspectParts): Promise<void> => {
  await parts.connections.firstOpened;
  await parts.mirror.settled(linkWithinMs);
  const methods = await parts.backend.request(requests.inspectMethods, {});
  const params = await chooseInspection(rowTarget(row), parts.mirror.snapshots, methods);
  if (params) await parts.pages.open(params);
};

export const refreshInspection = async (pages: InspectPages): Promise<void> => {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== inspectScheme)
    throw new CeleriacError(
      'badRequest',
      'This asks again what an inspection shows; open one with "Inspect Workers…".',
    );
  await pages.refresh(uri);
};
