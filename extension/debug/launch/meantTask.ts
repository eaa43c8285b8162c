import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { requests } from '../../../server/api/requests.ts';
import type { RowTarget } from '../../commands/rowTarget.ts';
import type { Parts } from '../../parts.ts';
import { pickOne } from '../../pick/pickOne.ts';
import type { OriginalCall } from '../../retry/originalCall.ts';
import { queueReader } from '../../retry/queuedCall.ts';
import { readCall } from '../../retry/readCall.ts';
import { codeFolders } from './codeFolders.ts';

/** The task that a row, a lens or the editor means. */
export interface MeantTask {
  readonly taskName: string;
  /** Null: there was none; its arguments are typed. */
  readonly call: OriginalCall | null;
  /** That of the row. */
  readonly cluster: ClusterSnapshot | null;
  /** The file in which the command was called. */
  readonly file: string | null;
}

export const meantTask = async (target: RowTarget, parts: Parts): Promise<MeantTask> => {
  const { clusterId, taskId, taskName } = target;
  const cluster = clusterId === null ? null : (parts.mirror.snapshots.get(clusterId) ?? null);
  if (clusterId !== null && taskId !== null) {
    const seen = { taskId, name: taskName, queue: null, args: null, kwargs: null };
    const call = await readCall(clusterId, seen, parts, queueReader(clusterId, parts.backend));
    if (!call) throw new CeleriacError('notFound', t('The name of this task is unknown, so its code cannot be found.'));
    return { taskName: call.taskName, call, cluster, file: null };
  }
  const editor = vscode.window.activeTextEditor;
  if (taskName !== null)
    return { taskName, call: null, cluster, file: cluster ? null : (editor?.document.fileName ?? null) };
  const written = await taskInEditor(editor, parts);
  return { taskName: written, call: null, cluster, file: editor?.document.fileName ?? null };
};

/** The one that the cursor is in comes first. */
const taskInEditor = async (editor: vscode.TextEditor | undefined, { backend }: Parts): Promise<string> => {
  const document = editor?.document;
  const isPython = document?.languageId === 'python' && document.uri.scheme === 'file';
  const params = { folders: codeFolders(), file: document?.fileName ?? '', text: document?.getText() ?? '' };
  const { tasks } = isPython ? await backend.request(requests.celeryCode, params) : { tasks: [] };
  const at = (editor?.selection.active.line ?? 0) + 1;
  const above = tasks.findLast(({ line }) => line <= at + 1);
  const [first, ...others] = [...(above ? [above] : []), ...tasks.filter((each) => each !== above)];
  if (!first)
    throw new CeleriacError(
      'notFound',
      t('The active editor contains no task. Open a file with a task, or select one in the Tasks view.'),
    );
  if (others.length === 0) return first.taskName;
  const items = [first, ...others].map(({ taskName, line }) => ({ label: taskName, description: t('line {0}', line) }));
  return (await pickOne(items, { title: t('Run Task Under Debugger'), placeHolder: t('Select a task') })).label;
};
