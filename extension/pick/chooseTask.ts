import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { requests } from '../../server/api/requests.ts';
import type { TaskState, TaskSummary } from '../../server/api/tasks.ts';
import type { Parts } from '../parts.ts';
import { openPick } from '../shown/openPick.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { orCancelled } from './orCancelled.ts';

interface TaskQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** Only tasks in these states; left out: all. */
  readonly states?: readonly TaskState[];
}

type TaskItem = PickItem & { readonly id: string };

const offered = 50;
const running: readonly TaskState[] = ['STARTED'];

/** A task of the cluster by a row, by the ID in the clipboard, or by what is typed: an ID, or how it starts. */
export const chooseTask = async (
  cluster: ClusterSnapshot,
  { backend }: Pick<Parts, 'backend'>,
  { title, placeHolder, states }: TaskQuestion,
): Promise<string> => {
  const { clusterId } = cluster;
  const ask = async (query: { readonly states?: readonly TaskState[] }): Promise<readonly TaskSummary[]> =>
    (await backend.request(requests.queryTasks, { clusterId, query: { ...query, limit: offered } })).tasks;
  const [now, recent] = await Promise.all([ask({ states: running }), ask(states ? { states } : {})]);
  const tasks = [...new Map([...now, ...recent].map((task) => [task.id, task])).values()];
  const items = tasks.map(itemOf);
  const { pick, tell } = openPick<TaskItem>();
  let copied: readonly TaskItem[] = [];
  const show = (): void => {
    tell({ items: withTyped([...copied, ...items], pick.value.trim()) });
  };
  tell({ title, placeholder: placeHolder });
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  show();
  const chosen = Promise.withResolvers<string | undefined>();
  const listeners = [
    pick.onDidChangeValue(show),
    pick.onDidAccept(() => chosen.resolve(pick.activeItems[0]?.item.id ?? pick.value.trim())),
    pick.onDidHide(() => chosen.resolve(undefined)),
  ];
  pick.show();
  // The list does not wait for the clipboard.
  void copiedItem(tasks).then((found) => {
    copied = found;
    if (found.length > 0) show();
  });
  try {
    return orCancelled((await chosen.promise) || undefined);
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
};

/** What Celery makes as the ID of a task. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A browser lets nobody read the clipboard without a question or a complaint, so it is left alone there. */
const copiedItem = async (tasks: readonly TaskSummary[]): Promise<readonly TaskItem[]> => {
  if (vscode.env.uiKind === vscode.UIKind.Web) return [];
  const text = await vscode.env.clipboard.readText().then(
    (copied) => copied.trim(),
    () => '',
  );
  if (!uuid.test(text)) return [];
  const name = tasks.find(({ id }) => id === text)?.name ?? null;
  const description = [name, t('from the clipboard')].filter((word) => word !== null).join(' · ');
  return [{ label: text, icon: 'clippy', description, id: text }];
};

const itemOf = ({ id, name, state, worker }: TaskSummary): TaskItem => ({
  label: name ?? t('unknown task'),
  description: [id, state, worker].filter((word) => word !== null).join(' · '),
  id,
});

const withTyped = (items: readonly TaskItem[], typed: string): TaskItem[] => {
  if (typed === '' || items.some(({ id }) => id === typed)) return [...items];
  return [...items, { label: typed, description: t('not in the list'), id: typed, alwaysShow: true }];
};
