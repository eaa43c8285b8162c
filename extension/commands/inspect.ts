import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import { chooseInspection } from '../inspect/chooseInspection.ts';
import { type InspectPages, inspectScheme } from '../inspect/inspectPages.ts';
import type { Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { rowTarget } from './rowTarget.ts';

/** Asks workers and shows their answers; called from the palette, or from the row of a connection or a worker. */
export const inspectWorkers = async (row: unknown, parts: Parts, pages: InspectPages): Promise<void> => {
  const { clusterId, hostname } = rowTarget(row);
  const cluster = await chooseCluster(clusterId, parts, t('Inspect Workers'));
  const methods = await parts.backend.request(requests.inspectMethods, {});
  await pages.open(await chooseInspection(cluster, hostname, methods));
};

export const refreshInspection = async (pages: InspectPages): Promise<void> => {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme !== inspectScheme)
    throw new CeleriacError(
      'badRequest',
      t('This asks again what an inspection shows; open one with "Inspect Workers…".'),
    );
  await pages.refresh(uri);
};
