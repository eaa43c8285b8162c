import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { openFolders } from '../config.ts';
import type { Parts } from '../parts.ts';
import { callText, signatureIn } from './callText.ts';
import { deliver } from './deliver.ts';
import type { Asked } from './orderPage.ts';

/** Opens the arguments of a call in an editor, from which they are sent. */
export const editCall = async (
  { call, orderOf }: Extract<Asked, { kind: 'edit' }>,
  action: string,
  cluster: ClusterSnapshot,
  parts: Parts,
): Promise<void> => {
  const { taskName, queue } = call;
  const destination = t('To queue {0} on {1}, with a new ID.', queue, cluster.name);
  const text = callText(call, { taskName, signature: await signatureOf(taskName, parts), destination });
  await parts.callEditors.open({
    name: `${action} ${taskName}`,
    text,
    action: t('{0} to {1} on {2}', action, queue, cluster.name),
    send: (sides) => deliver(orderOf(sides), action, cluster, parts),
  });
};

/** As the workspace's code has it; null: the task is written elsewhere. */
const signatureOf = async (taskName: string, { backend }: Pick<Parts, 'backend'>): Promise<string | null> => {
  const folders = openFolders();
  if (folders.length === 0) return null;
  const [found] = await backend.request(requests.taskDefinitions, { folders, taskName });
  if (!found) return null;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(found.file));
  return signatureIn(document.getText().split('\n'), found.line);
};
