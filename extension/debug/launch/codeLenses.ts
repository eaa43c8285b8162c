import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CeleryCode } from '../../../server/api/language.ts';
import { requests } from '../../../server/api/requests.ts';
import { commandTo } from '../../commands/commandTo.ts';
import { localFolders } from '../../goToCode/pathMappings.ts';
import type { Parts } from '../../parts.ts';
import { setting } from '../../setting.ts';
import { codeLens } from '../../shown/codeLens.ts';

/** Most files have nothing to do with Celery, and are not worth asking about. */
const isWorthAsking = /\bCelery\b|task/i;
/** What is worth starting the backend for. */
const mentionsCelery = /celery|shared_task/i;

/** Above a task and an app: run it under the debugger. */
export const debugLenses = async (
  document: vscode.TextDocument,
  { backend, f5, log }: Parts,
): Promise<vscode.CodeLens[]> => {
  const text = document.getText();
  if (!setting('debug.codeLens', document) || !vscode.workspace.isTrusted || !isWorthAsking.test(text)) return [];
  const folders = localFolders();
  if (!vscode.workspace.getWorkspaceFolder(document.uri)) return [];
  // The lenses are asked for again when it runs.
  if (backend.state === 'idle' && mentionsCelery.test(text)) void backend.wake();
  if (backend.state !== 'running') return [];
  try {
    const code = await backend.request(requests.celeryCode, { folders, file: document.fileName, text });
    if (code.apps.length + code.tasks.length > 0) void f5.offer();
    return lenses(code, document.fileName);
  } catch (error) {
    log.error('The tasks of a file were not found.', error);
    return [];
  }
};

const lenses = ({ apps, tasks }: CeleryCode, file: string): vscode.CodeLens[] => [
  ...tasks.map(({ topLine, taskName }) =>
    lens(topLine, commandTo('runTaskUnderDebugger', t('Run Under Debugger'), { taskName })),
  ),
  ...apps
    .filter(({ how }) => how !== 'function')
    .map(({ line }) => lens(line, commandTo('debugWorker', t('Debug Worker'), { file }))),
];

const lens = (line: number, command: vscode.Command): vscode.CodeLens =>
  codeLens(new vscode.Range(line - 1, 0, line - 1, 0), command);
