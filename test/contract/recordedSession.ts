import type { Broker, BrokerSession } from '../../server/brokers/broker.ts';
import { decodeDelivery } from '../../server/celery/decodeDelivery.ts';
import type { Delivery } from '../../server/celery/delivery.ts';
import type { CeleryEvent } from '../../server/celery/event.ts';

/** A session that remembers all it was told, and can be waited upon. */
export interface RecordedSession extends BrokerSession {
  /** Why deliveries could not be read as events. */
  readonly problems: readonly string[];
  readonly losses: readonly string[];
  /** Who has spoken. */
  readonly hostnames: ReadonlySet<string>;
  /** How many messages held several events. */
  readonly batches: number;
  /** Resolves with the first event that fits, past or future. */
  event(fits: (event: CeleryEvent) => boolean): Promise<CeleryEvent>;
  /** Resolves when exactly `wanted` events fit; fails when there are more. */
  count(wanted: number, fits: (event: CeleryEvent) => boolean): Promise<void>;
  /** Resolves when a delivery with exactly these bytes has come. */
  raw(bytes: Buffer | string): Promise<void>;
}

const patienceMs = 30_000;

export const openRecorded = async (
  broker: Broker,
  signal: AbortSignal = new AbortController().signal,
): Promise<RecordedSession> => {
  const events: CeleryEvent[] = [];
  const bodies: Buffer[] = [];
  const problems: string[] = [];
  const losses: string[] = [];
  let batches = 0;
  const waiting = new Set<() => void>();

  const onDelivery = (delivery: Delivery): void => {
    bodies.push(delivery.kind === 'envelope' ? delivery.bytes : delivery.body);
    const before = events.length;
    const problem = decodeDelivery(delivery, (event) => events.push(event));
    if (events.length - before > 1) batches += 1;
    for (let at = problem; at; at = at.next) problems.push(at.reason);
    for (const look of [...waiting]) look();
  };

  const session = await broker.connect(
    { onDelivery, onLost: (reason) => losses.push(reason), onBlocked: () => undefined },
    signal,
  );

  const until = <T>(what: () => string, probe: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        const seen = `${bodies.length} messages, ${events.length} events, problems: ${problems.join('; ') || 'none'}`;
        reject(new Error(`waited ${patienceMs / 1000} s in vain for ${what()}; there came ${seen}`));
      }, patienceMs);
      const look = (): void => {
        const found = probe();
        if (found === undefined) return;
        waiting.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  const count = async (wanted: number, fits: (event: CeleryEvent) => boolean): Promise<void> => {
    const seen = (): number => events.filter(fits).length;
    await until(
      () => `${wanted} events that fit ${fits}, of which ${seen()} came`,
      () => (seen() >= wanted ? true : undefined),
    );
    if (seen() > wanted) throw new Error(`${seen()} events instead of ${wanted} fit ${fits}`);
  };

  return {
    server: session.server,
    resumed: session.resumed,
    ended: session.ended,
    broadcast: (command) => session.broadcast(command),
    openReplies: (onReply) => session.openReplies(onReply),
    mailboxNames: () => session.mailboxNames(),
    queueNames: () => session.queueNames(),
    overview: () => session.overview(),
    queueDepths: (names) => session.queueDepths(names),
    publish: (message) => session.publish(message),
    purge: (queue) => session.purge(queue),
    peekingTouches: session.peekingTouches,
    peek: (queue, limit) => session.peek(queue, limit),
    close: () => session.close(),
    problems,
    losses,
    get hostnames() {
      return new Set(events.map(({ hostname }) => hostname));
    },
    get batches() {
      return batches;
    },
    event: (fits) =>
      until(
        () => `an event that fits ${fits}`,
        () => events.find(fits),
      ),
    count,
    raw: async (bytes) => {
      const wanted = Buffer.from(bytes);
      await until(
        () => `the bytes ${wanted.subarray(0, 40)}`,
        () => bodies.find((body) => body.equals(wanted)),
      );
    },
  };
};
