import { t } from '@vscode/l10n';
import type { Write } from '../commands/writePlan.ts';
import type { Before } from './undo.ts';

/** A command for workers, filled in and not yet sent. */
export interface Order {
  readonly method: string;
  /** What is done, for people: "Grow Pool (n=2)". */
  readonly title: string;
  readonly help: string;
  /** `name=value`, in the order in which they were asked for. */
  readonly words: readonly string[];
  /** Null: every worker. */
  readonly destination: readonly string[] | null;
  /** What undoing it needs to know. */
  readonly before?: Before;
  /** It takes another one back, and is not offered to be taken back itself. */
  readonly isUndo?: true;
}

const namesShown = 5;

/** What is confirmed before it is sent. `everyone` are the workers that are online. */
export const writeOf = (order: Order, everyone: readonly string[]): Write => {
  const addressed = order.destination ?? everyone;
  return {
    title: order.title,
    consequence: `${whom(addressed, order.destination === null)} ${effectOf(order)}`,
    action: actionOf(order),
    weight: weightOf(order),
  };
};

/** "Grow Pool (n=2)" */
export const orderTitle = (what: string, words: readonly string[]): string =>
  words.length === 0 ? what : `${what} (${words.join(', ')})`;

/** "pool_grow n=2": as one would say it on Celery's command line. */
export const commandLine = ({ method, words }: Pick<Order, 'method' | 'words'>): string => [method, ...words].join(' ');

const effectOf = (order: Order): string => {
  if (order.method === 'shutdown')
    return t('Warm shutdown: running tasks finish first. Workers do not start again on their own.');
  if (endsProcesses(order))
    return t('{0}. Processes that run these tasks are terminated and their work is lost.', order.help);
  return `${order.help}.`;
};

const whom = (names: readonly string[], isEveryone: boolean): string => {
  if (names.length === 0) return t('On all workers.');
  const listed = names.slice(0, namesShown).join(', ');
  const more = names.length > namesShown ? ` ${t('and {0} more', names.length - namesShown)}` : '';
  if (names.length === 1) return t('On {0}.', listed);
  return isEveryone
    ? t('On all {0} workers: {1}{2}.', names.length, listed, more)
    : t('On {0} workers: {1}{2}.', names.length, listed, more);
};

const actionOf = (order: Order): string => {
  if (order.method === 'shutdown') return t('Shut Down');
  if (order.method.startsWith('revoke') && !endsProcesses(order)) return t('Revoke');
  return endsProcesses(order) ? t('Terminate') : t('Send');
};

const weightOf = (order: Order): Write['weight'] => {
  if (order.method === 'shutdown' || endsProcesses(order)) return 'modal';
  return confirmed.has(order.method) ? 'confirmed' : 'plain';
};

const confirmed: ReadonlySet<string> = new Set(['pool_restart', 'rate_limit', 'revoke', 'revoke_by_stamped_headers']);

const endsProcesses = ({ method, words }: Order): boolean =>
  method === 'terminate' || words.some((word) => /^terminate=(true|yes|on|1)$/i.test(word));
