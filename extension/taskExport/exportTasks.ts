import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { type ClusterParams, requests } from '../../server/api/requests.ts';
import type { TaskWindow, TaskWindowQuery } from '../../server/api/tasks.ts';
import type { ExportOrder } from '../commands/arguments.ts';
import { openFile } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { showInformation } from '../shown/messages.ts';
import { showProgress } from '../shown/showProgress.ts';
import { formatFor } from './exportFormat.ts';
import { replaceFile } from './replaceFile.ts';

/** Writes the tasks of a filter into a file, without secrets. */
export const startTaskExport = (parts: Parts): Area<'exportTasks'> => ({
  commands: { exportTasks: (order) => exportTasks(order, parts) },
  dispose: () => undefined,
});

const pageRows = 1_000;

const exportTasks = async ({ clusterId, query, source }: ExportOrder, parts: Parts): Promise<void> => {
  if (clusterId === null)
    throw new CeleriacError('badRequest', t('Exporting needs a table of the dashboard. Open one first.'));
  const uri = orCancelled(await askWhere(clusterId));
  if (uri.scheme !== 'file')
    throw new CeleriacError('unsupported', t('Tasks can only be saved to a file on this machine.'));
  const options = { place: 'notification' as const, title: t('Exporting tasks…'), cancellable: true };
  const count = await showProgress(options, (report, token) =>
    writeAll({ clusterId, query, source }, uri.fsPath, parts, (done, total) => {
      report({ message: t('{0} of {1}', done, total) });
      return !token.isCancellationRequested;
    }),
  );
  const open = t('Open');
  const choice = await showInformation(t('Exported {0} tasks to {1}.', count, uri.fsPath), open);
  if (choice === open) await openFile(uri);
};

const askWhere = (clusterId: string): Thenable<vscode.Uri | undefined> => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${clusterId.replaceAll(/[^\w.-]+/g, '-')}-tasks.csv`;
  return vscode.window.showSaveDialog({
    title: t('Export Tasks'),
    filters: { CSV: ['csv'], JSON: ['json'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
};

type PlacedOrder = ExportOrder & { readonly clusterId: string };

/** Page after page of one order that stands still; never more than a page is held. Resolves with how many were written. */
const writeAll = (
  order: PlacedOrder,
  path: string,
  parts: Parts,
  goOn: (done: number, total: number) => boolean,
): Promise<number> => replaceFile(path, (file) => fill(file, order, formatFor(path), parts, goOn));

const fill = async (
  file: WriteStream,
  { clusterId, query, source }: PlacedOrder,
  format: ReturnType<typeof formatFor>,
  { backend }: Parts,
  goOn: (done: number, total: number) => boolean,
): Promise<number> => {
  await write(file, format.head);
  let written = 0;
  let order: number | null = -1;
  for (let offset = 0, total = 1; offset < total; offset += pageRows) {
    const asked: ClusterParams & TaskWindowQuery = {
      clusterId,
      query,
      source,
      offset,
      limit: pageRows,
      order,
      isWhole: true,
    };
    const window: TaskWindow = await backend.request(requests.taskWindow, asked);
    ({ order, total } = window);
    let text = '';
    for (const task of window.rows) if (task) text += format.row(task, written++ === 0);
    await write(file, text);
    if (!goOn(Math.min(total, offset + pageRows), total)) throw new CeleriacError('cancelled', t('Export cancelled.'));
  }
  await write(file, format.foot);
  return written;
};

const write = async (file: WriteStream, text: string): Promise<void> => {
  if (file.errored) throw file.errored;
  if (!file.write(text)) await once(file, 'drain');
};
