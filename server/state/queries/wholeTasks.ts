import type { Task } from '../../api/tasks.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { parentIdField } from '../texts/textWriter.ts';
import { rowsNaming } from './relatedRows.ts';
import type { Sliced } from './slices.ts';
import { toTask } from './taskView.ts';

/** Children are sent after their parent was first heard of, but for the different ways that their events take. */
const leewayMs = 10_000;
/** So many of the newest tasks are looked at without a pause: the lists change meanwhile. */
const visitLimit = 50_000;

/**
 * Everything known of some tasks; those that are no longer remembered are left out. To search all texts for the children of
 * each takes tens of milliseconds at a million tasks: of tasks that are recent, the children are among the newest.
 */
export function* wholeTasks(store: TaskStore, ids: readonly string[]): Sliced<readonly Task[]> {
  const wanted = ids.flatMap((id) => {
    const row = store.find(id);
    return row < 0 ? [] : [{ id, row }];
  });
  const children = childrenAmongNewest(store, wanted);
  const tasks: Task[] = [];
  for (const { id } of wanted) {
    const rows = children ? (children.get(id) ?? []) : rowsNaming(store, id, 'parent');
    const row = store.find(id);
    if (row >= 0)
      tasks.push(
        toTask(
          store,
          row,
          rows.map((child) => store.idOf(child)),
        ),
      );
    if (!children) yield;
  }
  return tasks;
}

/** Null: too many tasks are newer than these. */
const childrenAmongNewest = (
  store: TaskStore,
  parents: readonly { readonly id: string; readonly row: number }[],
): ReadonlyMap<string, readonly number[]> | null => {
  const { columns, lists, texts } = store;
  const { firstSeenAt, updatedAt, older, input } = columns;
  const since = Math.min(...parents.map(({ row }) => firstSeenAt[row] ?? 0)) - leewayMs;
  const children = new Map<string, number[]>(parents.map(({ id }) => [id, []]));
  let visits = 0;
  for (const newest of lists.newest) {
    for (let row = newest; row >= 0 && (updatedAt[row] ?? 0) >= since; row = older[row] ?? -1) {
      if (++visits > visitLimit) return null;
      const parent = texts.textOf(input[row] ?? 0, parentIdField, () => '');
      if (parent) children.get(parent)?.push(row);
    }
  }
  for (const rows of children.values()) rows.sort((a, b) => (firstSeenAt[a] ?? 0) - (firstSeenAt[b] ?? 0));
  return children;
};
