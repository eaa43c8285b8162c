import type { Binding } from './virtualRouting.ts';

/** Which of Celery's `broker_transport_options` change the names Redis sees (kombu/transport/redis.py: Channel). */
export interface RedisNaming {
  readonly db: number;
  readonly globalKeyPrefix: string;
  readonly fanoutPrefix: string;
  readonly fanoutPatterns: boolean;
  readonly separator: string;
  readonly prioritySteps: readonly number[];
  /** The hash that holds what workers have not acknowledged. */
  readonly unackedKey: string;
}

export const readNaming = (options: Readonly<Record<string, unknown>>, db: number): RedisNaming => ({
  db,
  globalKeyPrefix: text(options['global_keyprefix']) ?? '',
  fanoutPrefix: readFanoutPrefix(options['fanout_prefix'], db),
  fanoutPatterns: truthy(options['fanout_patterns'] ?? true),
  separator: text(options['sep']) ?? '\x06\x16',
  prioritySteps: readSteps(options['priority_steps']),
  unackedKey: text(options['unacked_key']) ?? 'unacked',
});

/** What to PSUBSCRIBE for all events: celeryev is a fanout exchange on Redis, bound with `#`, which kombu makes `*`. */
export const eventPattern = (naming: RedisNaming): string => {
  const channel = escapeGlob(fanoutChannel(naming, 'celeryev'));
  return naming.fanoutPatterns ? `${channel}/*` : channel;
};

/** The channel all workers listen on for remote control. */
export const mailboxChannel = (naming: RedisNaming): string => fanoutChannel(naming, 'celery.pidbox');

/** The lists that together are one queue, the most urgent first (Channel._q_for_pri). */
export const queueKeys = (naming: RedisNaming, queue: string): readonly string[] =>
  naming.prioritySteps.map((step) => listKey(naming, queue, step));

/** The list for a message of this priority: that of the largest step which is not above it (Channel.priority). */
export const priorityKey = (naming: RedisNaming, queue: string, priority: number): string => {
  const steps = naming.prioritySteps;
  const wanted = Math.max(0, Math.min(9, priority));
  return listKey(naming, queue, steps.findLast((step) => step <= wanted) ?? steps.at(-1) ?? 0);
};

const listKey = (naming: RedisNaming, queue: string, step: number): string =>
  naming.globalKeyPrefix + (step ? `${queue}${naming.separator}${step}` : queue);

/** The set that holds who is bound to an exchange, one `bindingMember` each. */
export const bindingKey = (naming: RedisNaming, exchange: string): string =>
  `${naming.globalKeyPrefix}_kombu.binding.${exchange}`;

/** When kombu 5.7 may delete such a set, by exchange, in ms by the server's clock (kombu/transport/redis.py: SWEEP_BINDINGS). */
export const deadlinesKey = (naming: RedisNaming): string => `${naming.globalKeyPrefix}_kombu.binding_deadlines`;

export const bindingMember = (naming: RedisNaming, routingKey: string, queue: string): string =>
  [routingKey, '', queue].join(naming.separator);

export const readMember = (naming: RedisNaming, member: string): Binding => {
  const [routingKey = '', pattern = '', queue = ''] = member.split(naming.separator);
  return { routingKey, pattern, queue };
};

/** Channel._get_publish_topic, with the prefix that PrefixedStrictRedis puts before it. */
const fanoutChannel = (naming: RedisNaming, exchange: string): string =>
  naming.globalKeyPrefix + naming.fanoutPrefix + exchange;

const readFanoutPrefix = (option: unknown, db: number): string => {
  if (option !== undefined && !truthy(option)) return '';
  return (text(option) ?? '/{db}.').replaceAll('{db}', String(db));
};

const defaultSteps = [0, 3, 6, 9];

const readSteps = (option: unknown): readonly number[] =>
  Array.isArray(option) && option.length > 0 && option.every((step) => typeof step === 'number')
    ? option
    : defaultSteps;

const text = (option: unknown): string | null => (typeof option === 'string' && option !== '' ? option : null);

/** Python's idea of it, and what people write on a command line. */
const truthy = (option: unknown): boolean =>
  typeof option === 'string' ? !['', '0', 'false', 'no', 'off'].includes(option.toLowerCase()) : Boolean(option);

/** kombu does not escape; without it a prefix with a `[` or `*` would match other applications' channels or none. */
export const escapeGlob = (channel: string): string => channel.replaceAll(/[\\*?[\]]/g, '\\$&');
