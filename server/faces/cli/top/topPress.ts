import { printable } from '../../../text/wording.ts';
import { pressInFilter } from './topFilter.ts';
import type { Key } from './topKeys.ts';
import {
  descendsByItself,
  listOf,
  type Overlay,
  sortsOf,
  type TopState,
  type TopTab,
  topTabs,
  withList,
} from './topState.ts';
import { keysOf, type TopView } from './topView.ts';

/** What a key asks for beside another picture. */
export type TopEffect =
  | { readonly kind: 'quit' | 'suspend' | 'redraw' }
  | { readonly kind: 'retry' | 'revoke'; readonly id: string };

export interface Pressed {
  readonly state: TopState;
  readonly effect?: TopEffect;
}

interface Shown {
  readonly view: TopView;
  /** How many rows are in sight. */
  readonly room: number;
}

/** What a key does. */
export const press = (state: TopState, key: Key, shown: Shown): Pressed => {
  if (key === 'ctrl-c') return { state, effect: { kind: 'quit' } };
  if (key === 'ctrl-z') return { state, effect: { kind: 'suspend' } };
  if (key === 'ctrl-l') return { state, effect: { kind: 'redraw' } };
  if (state.prompt?.kind === 'confirm') return answered(state, key);
  if (state.prompt?.kind === 'filter') return { state: pressInFilter(state, state.prompt, key, shown.view) };
  const calm = state.message === null ? state : { ...state, message: null };
  if (key === 'q') return { state: calm, effect: { kind: 'quit' } };
  if (key === 'r' || key === 'x') return { state: asked(calm, key === 'r' ? 'retry' : 'revoke', shown.view) };
  return { state: calm.overlay === null ? inList(calm, key, shown) : inPage(calm, calm.overlay, key, shown.room) };
};

/** Only a y does it; every other key leaves all as it is. */
const answered = (state: TopState, key: Key): Pressed => {
  const { prompt } = state;
  const after = { ...state, prompt: null };
  if (prompt?.kind !== 'confirm') return { state: after };
  if (key === 'y' || key === 'Y') return { state: after, effect: { kind: prompt.act, id: prompt.id } };
  return { state: { ...after, message: 'Cancelled: nothing was sent.' } };
};

/** The id is taken when the question is put: rows that come meanwhile change nothing. */
const asked = (state: TopState, act: 'retry' | 'revoke', view: TopView): TopState => {
  const task = taskChosen(state, view);
  if (task === null) return { ...state, message: `Select a task to ${act}.` };
  const name = `${printable(task.name ?? '(unknown name)')} ${printable(task.id)}`;
  const question =
    act === 'retry'
      ? `Retry ${name}: send it again to ${printable(task.queue ?? 'celery')} with a new id?`
      : `Revoke ${name}: have workers skip it? A run in progress continues.`;
  return { ...state, prompt: { kind: 'confirm', act, id: task.id, question } };
};

const taskChosen = (
  state: TopState,
  view: TopView,
): { readonly id: string; readonly name: string | null; readonly queue: string | null } | null => {
  if (state.overlay?.kind === 'task') return view.task;
  if (state.overlay !== null || state.tab !== 'tasks') return null;
  return view.tasks.tasks[chosenIndex(state, view)] ?? null;
};

const chosenIndex = (state: TopState, view: TopView): number => {
  const list = listOf(state);
  const keys = keysOf(view, state);
  const found = list.chosen === null ? 0 : keys.indexOf(list.chosen);
  return Math.max(0, Math.min(found < 0 ? list.index : found, keys.length - 1));
};

const inPage = (state: TopState, overlay: Overlay, key: Key, room: number): TopState => {
  if (key === 'escape' || key === 'left' || key === 'backspace' || key === 'h') return { ...state, overlay: null };
  if (key === '?') return { ...state, overlay: overlay.kind === 'help' ? null : { kind: 'help' } };
  if (overlay.kind === 'help') return state;
  const moves: Readonly<Record<Key, number>> = { up: -1, k: -1, down: 1, j: 1, 'page-up': -room, 'page-down': room };
  const by = moves[key];
  return by === undefined ? state : { ...state, overlay: { ...overlay, offset: Math.max(0, overlay.offset + by) } };
};

const inList = (state: TopState, key: Key, shown: Shown): TopState => {
  const tab = topTabs[Number(key) - 1];
  if (tab !== undefined) return { ...state, tab };
  switch (key) {
    case 'tab':
    case 'right':
    case 'l':
      return { ...state, tab: nextTab(state.tab, 1) };
    case 'shift-tab':
    case 'left':
    case 'h':
      return { ...state, tab: nextTab(state.tab, -1) };
    case '?':
      return { ...state, overlay: { kind: 'help' } };
    case ' ':
      return { ...state, isPaused: !state.isPaused };
    case '/': {
      const { filter } = listOf(state);
      return { ...state, prompt: { kind: 'filter', text: filter, caret: filter.length, error: null } };
    }
    case 's':
      return nextSort(state);
    case 'S':
      return withList(state, { descending: !listOf(state).descending });
    case 'escape':
      return withList(state, { filter: '' });
    case 'enter':
      return opened(state, shown.view);
    default:
      return moved(state, key, shown);
  }
};

const nextTab = (tab: TopTab, by: number): TopTab =>
  topTabs[(topTabs.indexOf(tab) + by + topTabs.length) % topTabs.length] ?? tab;

const nextSort = (state: TopState): TopState => {
  const sorts = sortsOf[state.tab];
  const sort = sorts[(sorts.indexOf(listOf(state).sort) + 1) % sorts.length] ?? 'name';
  return withList(state, { sort, descending: descendsByItself(sort) });
};

const moved = (state: TopState, key: Key, { view, room }: Shown): TopState => {
  const keys = keysOf(view, state);
  const at = chosenIndex(state, view);
  const targets: Readonly<Record<Key, number>> = {
    up: at - 1,
    k: at - 1,
    down: at + 1,
    j: at + 1,
    'page-up': at - room,
    'page-down': at + room,
    home: 0,
    g: 0,
    end: keys.length - 1,
    G: keys.length - 1,
  };
  const target = targets[key];
  if (target === undefined || keys.length === 0) return state;
  const index = Math.max(0, Math.min(target, keys.length - 1));
  // The first row is whichever comes first, until another is chosen.
  return withList(state, { index, chosen: index === 0 ? null : (keys[index] ?? null) });
};

const opened = (state: TopState, view: TopView): TopState => {
  const at = chosenIndex(state, view);
  switch (state.tab) {
    case 'tasks':
      return openTask(state, view.tasks.tasks[at]?.id);
    case 'failures':
      return openTask(state, view.failures[at]?.lastTaskId);
    case 'alerts': {
      const id = view.alerts[at]?.id;
      return id === undefined ? state : { ...state, overlay: { kind: 'alert', id, offset: 0 } };
    }
    case 'workers':
      return tasksOf(state, 'worker', view.workers[at]?.worker.hostname);
    case 'queues':
      return tasksOf(state, 'queue', view.queues[at]?.name);
    default:
      return state.tab satisfies never;
  }
};

const openTask = (state: TopState, id: string | undefined): TopState =>
  id === undefined ? state : { ...state, overlay: { kind: 'task', id, offset: 0 } };

const tasksOf = (state: TopState, field: 'worker' | 'queue', name: string | undefined): TopState => {
  if (name === undefined) return state;
  const value = /[\s(),"\\*]/.test(name) ? `"${name.replaceAll(/[\\"]/g, '\\$&')}"` : name;
  return withList({ ...state, tab: 'tasks' }, { filter: `${field}:${value}`, chosen: null });
};
