import type { RelatedTask } from '../../api/taskDetail.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { parentIdField } from '../texts/textWriter.ts';
import { rowsNaming } from './relatedRows.ts';
import { toTask } from './taskView.ts';

export interface Relative extends RelatedTask {
  readonly parentId: string | null;
  /** When it was sent, or else received or first heard of. */
  readonly enteredAt: number;
}

export interface Relatives {
  readonly rootId: string | null;
  readonly members: readonly Relative[];
  /** Members beyond the limit. */
  readonly omitted: number;
}

/** The tasks that have the same root as this one, at most `limit`: it and its kin first, then the oldest. */
export const relativesOf = (store: TaskStore, id: string, limit: number): Relatives => {
  const own = store.find(id);
  if (own < 0) return { rootId: null, members: [], omitted: 0 };
  const { rootId, parentId } = toTask(store, own, []);
  const root = rootId ?? id;
  const sameRoot = rowsNaming(store, root, 'root');
  const children =
    rootId === null ? rowsNaming(store, id, 'parent') : sameRoot.filter((row) => parentOf(store, row) === id);
  const near = [own, parentId === null ? -1 : store.find(parentId), store.find(root)];
  const rows = new Set([...near.filter((row) => row >= 0), ...children, ...sameRoot]);
  // Row numbers are reused, so the order in the set (own, parent, root, children, then the oldest) decides what stays.
  const all = [...rows];
  return {
    rootId,
    members: all.slice(0, limit).map((row) => relativeOf(store, row)),
    omitted: Math.max(0, all.length - limit),
  };
};

const parentOf = (store: TaskStore, row: number): string | null =>
  store.texts.textOf(store.columns.input[row] ?? 0, parentIdField, () => '');

const relativeOf = (store: TaskStore, row: number): Relative => {
  const { id, name, state, worker, firstSeenAt, startedAt, finishedAt, runtimeSeconds, parentId, sentAt, receivedAt } =
    toTask(store, row, []);
  const enteredAt = sentAt ?? receivedAt ?? firstSeenAt;
  return { id, name, state, worker, firstSeenAt, startedAt, finishedAt, runtimeSeconds, parentId, enteredAt };
};
