import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeTaskEntry } from '../../server/api/code.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import { asRange } from '../codeProblems/problemFixes.ts';
import { commandTo } from '../commands/commandTo.ts';
import { debugLenses } from '../debug/launch/codeLenses.ts';
import type { Parts } from '../parts.ts';
import { affectsSetting, setting } from '../setting.ts';
import type { SettingKey } from '../settingTable.ts';
import { codeLens } from '../shown/codeLens.ts';
import { failuresOf, type LiveFigures } from './liveFigures.ts';
import { asLocation } from './taskPlaces.ts';
import { failuresWords, figuresWords, usesWords } from './taskWords.ts';

const lensSettings: readonly SettingKey[] = [
  'codeLens.failures',
  'codeLens.figures',
  'codeLens.send',
  'codeLens.uses',
  'debug.codeLens',
];

/** What a lens says is found only when it comes into view. */
class TaskLens extends vscode.CodeLens {
  readonly task: CodeTaskEntry;
  readonly shows: 'figures' | 'uses';

  constructor(task: CodeTaskEntry, shows: TaskLens['shows']) {
    super(new vscode.Range(task.topLine, 0, task.topLine, 0));
    this.task = task;
    this.shows = shows;
  }
}

/**
 * Above a task: its figures on the active connection, its failures, its uses, and what can be done with it. While nothing is
 * connected the status bar says so, and the lenses say nothing of it.
 */
export const startTaskLenses = (parts: Parts, live: LiveFigures): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const again = (): void => changed.fire();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => [
      ...(await lensesOf(document, parts)),
      ...(await debugLenses(document, parts)),
    ],
    resolveCodeLens: (lens) => (lens instanceof TaskLens ? resolved(lens, parts, live) : lens),
  };
  const heard = live.onDidChange(again);
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, provider),
    new vscode.Disposable(() => heard.dispose()),
    parts.code.onDidChange(again),
    parts.backend.onState(again),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (lensSettings.some((key) => affectsSetting(event, key))) again();
    }),
  );
};

const lensesOf = async (document: vscode.TextDocument, parts: Parts): Promise<vscode.CodeLens[]> => {
  const { backend, code, log, active } = parts;
  if (!code.concerns(document)) return [];
  // The lenses are asked for again when it runs.
  if (backend.state === 'idle') void backend.wake();
  if (backend.state !== 'running') return [];
  try {
    const tasks = await code.ask(requests.codeTasks, { file: document.fileName });
    const { snapshot } = active;
    const isLive = snapshot?.link.kind === 'live' ? snapshot : null;
    return tasks.flatMap((task) => [
      ...(isLive === null ? [] : liveLenses(task, isLive, document)),
      ...(setting('codeLens.uses', document) ? [new TaskLens(task, 'uses')] : []),
      ...(isLive !== null && setting('codeLens.send', document) ? [sendLens(task, isLive)] : []),
    ]);
  } catch (error) {
    log.error('The tasks of a file were not found.', error);
    return [];
  }
};

const liveLenses = (
  task: CodeTaskEntry,
  snapshot: ClusterSnapshot,
  document: vscode.TextDocument,
): vscode.CodeLens[] => {
  const failures = failuresOf(snapshot, task.name);
  const [last] = failures;
  const { clusterId } = snapshot;
  return [
    ...(setting('codeLens.figures', document) ? [new TaskLens(task, 'figures')] : []),
    ...(last && setting('codeLens.failures', document)
      ? [lens(task, commandTo('showFailures', failuresWords(failures), { clusterId, failureId: last.id }))]
      : []),
  ];
};

const sendLens = (task: CodeTaskEntry, { clusterId }: ClusterSnapshot): vscode.CodeLens =>
  lens(task, commandTo('sendTask', t('Send…'), { clusterId, taskName: task.name }));

const lens = ({ topLine }: CodeTaskEntry, command: vscode.Command): vscode.CodeLens =>
  codeLens(new vscode.Range(topLine, 0, topLine, 0), command);

const resolved = async ({ task, shows }: TaskLens, parts: Parts, live: LiveFigures): Promise<vscode.CodeLens> => {
  if (shows === 'uses') {
    const places = await parts.code.ask(requests.codeUses, { taskName: task.name });
    const uri = vscode.Uri.file(task.file);
    const given = [uri, asRange(task.range).start, places.map(asLocation)];
    const title = usesWords(task.uses, task.schedules);
    return lens(task, { command: 'editor.action.showReferences', title, arguments: given });
  }
  const known = await live.of(task.name);
  const title = known?.figures ? figuresWords(known.figures) : t('no runs in the last hour');
  return lens(task, commandTo('openDashboard', title, { clusterId: known?.clusterId ?? null, taskName: task.name }));
};
