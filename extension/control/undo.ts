import { t } from '@vscode/l10n';
import type { TaskLimits } from '../../server/api/control.ts';
import type { Order } from './orderWords.ts';

/** What was so before an order, as far as undoing it needs that. */
export interface Before {
  readonly limits: TaskLimits | null;
}

export const nothingBefore: Before = { limits: null };

/** The order that takes another one back, for the workers that did it; null: nothing does. */
export const undoOf = (
  { method, words, title, before = nothingBefore, isUndo }: Order,
  doneBy: readonly string[],
): Order | null => {
  const back = isUndo || doneBy.length === 0 ? null : inverseOf(method, words, before);
  const what = t('Undo {0}', title);
  return back && { ...back, title: what, help: what, destination: doneBy, isUndo: true };
};

type Back = Pick<Order, 'method' | 'words'>;

const inverseOf = (method: string, words: readonly string[], { limits }: Before): Back | null => {
  const task = words.filter((word) => word.startsWith('task_name='));
  switch (method) {
    case 'add_consumer':
      return { method: 'cancel_consumer', words: words.filter((word) => word.startsWith('queue=')) };
    case 'cancel_consumer':
      return { method: 'add_consumer', words };
    case 'pool_grow':
      return { method: 'pool_shrink', words };
    case 'pool_shrink':
      return { method: 'pool_grow', words };
    case 'enable_events':
      return { method: 'disable_events', words };
    case 'disable_events':
      return { method: 'enable_events', words };
    case 'rate_limit':
      return limits && { method, words: [...task, `rate_limit=${limits.rateLimit ?? '0'}`] };
    case 'time_limit':
      return limits && timeLimits(task, limits);
    default:
      return null;
  }
};

/** Workers cannot be told to have no soft limit, so only limits that were there before come back. */
const timeLimits = (task: readonly string[], { softSeconds, hardSeconds }: TaskLimits): Back | null =>
  softSeconds === null
    ? null
    : {
        method: 'time_limit',
        words: [...task, `soft=${softSeconds}`, ...(hardSeconds === null ? [] : [`hard=${hardSeconds}`])],
      };
