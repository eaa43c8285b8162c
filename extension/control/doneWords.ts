import { t } from '@vscode/l10n';
import type { Order } from './orderWords.ts';

/** What workers have changed, in one sentence; null: their own answer says it best. */
export const doneWords = ({ method, words }: Pick<Order, 'method' | 'words'>, who: string): string | null => {
  const value = (name: string): string =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  switch (method) {
    case 'add_consumer':
      return t('{0}: started consuming from {1}.', who, value('queue'));
    case 'cancel_consumer':
      return t('{0}: stopped consuming from {1}.', who, value('queue'));
    case 'pool_grow':
      return value('n') === '1'
        ? t('{0}: 1 process added to the pool.', who)
        : t('{0}: {1} processes added to the pool.', who, value('n'));
    case 'pool_shrink':
      return value('n') === '1'
        ? t('{0}: 1 process removed from the pool.', who)
        : t('{0}: {1} processes removed from the pool.', who, value('n'));
    case 'rate_limit':
      return Number.parseFloat(value('rate_limit')) === 0
        ? t('{0}: rate limit of {1} removed.', who, value('task_name'))
        : t('{0}: {1} limited to {2}.', who, value('task_name'), value('rate_limit'));
    case 'time_limit':
      return value('hard') === ''
        ? t('{0}: soft time limit of {1} set to {2} s.', who, value('task_name'), value('soft'))
        : t(
            '{0}: time limits of {1} set to {2} s (soft) and {3} s (hard).',
            who,
            value('task_name'),
            value('soft'),
            value('hard'),
          );
    case 'autoscale':
      return t('{0}: the pool scales between {1} and {2} processes.', who, value('min'), value('max'));
    case 'enable_events':
      return t('{0}: task events turned on.', who);
    case 'disable_events':
      return t('{0}: task events turned off.', who);
    default:
      return null;
  }
};
