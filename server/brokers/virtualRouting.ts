import { CeleriacError } from '../api/errors.ts';
import { namePatterns } from '../api/namePatterns.ts';
import { phrase } from '../api/phrase.ts';

/** Who gets the messages of an exchange, as kombu's virtual transports keep it (kombu/transport/virtual/exchange.py). */
export interface Binding {
  readonly routingKey: string;
  /** A regular expression for topic exchanges, otherwise empty. */
  readonly pattern: string;
  readonly queue: string;
}

/** DirectExchange.lookup and TopicExchange.lookup: only bindings to a topic exchange have a pattern. */
export const routesTo = (bindings: readonly Binding[], routingKey: string): readonly string[] => {
  const fits = ({ pattern, routingKey: key }: Binding): boolean =>
    pattern === ''
      ? key === routingKey
      : pattern.length <= longestPattern && namePatterns([globOf(pattern)], { marks: 'fnmatch' })(routingKey);
  return [...new Set(bindings.filter(fits).map(({ queue }) => queue))];
};

/** Routing keys of AMQP have at most 255 bytes, of which each may be written as two. */
const longestPattern = 1_024;

/**
 * What kombu writes for the words `*` and `#` of a topic, as a glob; all else stands for itself. Everyone who may write to
 * the broker may write a pattern, so that it is never run as the regular expression that it is.
 */
const globOf = (pattern: string): string =>
  pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/\.\*\?\[\^\\?\.\]|\.\*\?|\\?([\s\S])/g, (part, char: string | undefined) => {
      if (char !== undefined) return '*?['.includes(char) ? `[${char}]` : char;
      return part === '.*?' ? '*' : '*[!.]';
    });

/** The queues that a task goes into by an exchange; says why when there are none. */
export const queuesOfTask = (exchange: string, routingKey: string, bindings: readonly Binding[]): readonly string[] => {
  const queues = routesTo(bindings, routingKey);
  // kombu would drop the message; a person would wait for it in vain.
  if (queues.length === 0) throw nowhereToGo(exchange, routingKey, bindings);
  // A table does not tell its exchange's type, but only Celery's Broadcast names queues like this.
  if (queues.some((queue) => queue.startsWith('bcast.'))) {
    throw new CeleriacError('unsupported', phrase('queue.noFanout', { exchange }));
  }
  return queues;
};

const nowhereToGo = (exchange: string, routingKey: string, bindings: readonly Binding[]): CeleriacError => {
  const keys = [...new Set(bindings.map((binding) => binding.routingKey))].sort().slice(0, 5);
  return new CeleriacError(
    'notFound',
    keys.length === 0
      ? phrase('queue.nothingBound', { exchange })
      : phrase('queue.otherBindings', { exchange, routingKey, keys: keys.join(', ') }),
  );
};

/** Exchanges and queues of remote control and of events, and those of broadcasts. */
export const isControlName = (name: string): boolean => /(^|\.)pidbox$|^celeryev(\.|$)|^bcast\./.test(name);
