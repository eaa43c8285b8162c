import type { Channel } from 'amqplib';
import { CeleriacError } from '../api/errors.ts';
import type { QueueDepth } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { onOwnChannel, orReasonOfEnd, unlessEnding } from './amqpChannels.ts';
import type { AmqpLink } from './amqpLink.ts';
import { notFound, replyCode, withRight } from './amqpRights.ts';
import type { ManagedQueue, RabbitmqManagement } from './rabbitmqManagement.ts';

/** Up to so many are asked for one by one, though the management API knows them: its figures are up to 5 s old. */
const exactLimit = 50;
/** Of more than so many the management API is not asked for rates, and consumers are not known. */
const ratesLimit = 1_000;
const channelsAtOnce = 8;
/** Somebody's own queue, which only his connection may even look at. */
const resourceLocked = 405;

/**
 * The queues, by the management API where it can be asked and by AMQP itself; for that on a connection that never
 * publishes, which is heard in an alarm too.
 */
export class AmqpQueues {
  readonly #link: AmqpLink;
  readonly #management: RabbitmqManagement;

  constructor(link: AmqpLink, management: RabbitmqManagement) {
    this.#link = link;
    this.#management = management;
  }

  async names(): Promise<readonly string[] | null> {
    const names = await this.#management.queueNames();
    return names?.filter((name) => !isInternal(name)) ?? null;
  }

  async depths(names: readonly string[]): Promise<readonly QueueDepth[]> {
    if (names.length === 0) return [];
    const managed = await this.#management.queues({ withRates: names.length <= ratesLimit });
    const lacksFigures = (name: string): boolean => managed?.get(name)?.ready === null;
    const all = managed === null || names.length <= exactLimit;
    const asked = all ? names : names.filter(lacksFigures);
    const exact = await orReasonOfEnd(this.#link, declarePassively(this.#link, asked));
    return names.map((name) => merge(name, exact.get(name), managed?.get(name)));
  }

  async purge(queue: string): Promise<number> {
    const { host } = this.#link;
    const deed = { purpose: 'purge a queue', right: 'read', resource: 'queue', name: queue } as const;
    const purging = withRight(host, deed, () => onOwnChannel(this.#link, (channel) => channel.purgeQueue(queue)));
    try {
      return (await orReasonOfEnd(this.#link, purging)).messageCount;
    } catch (error) {
      const cause = error instanceof CeleriacError ? error.cause : error;
      const code = replyCode(cause);
      if (code !== notFound && code !== resourceLocked) throw error;
      throw new CeleriacError(
        code === notFound ? 'notFound' : 'brokerPermission',
        phrase(code === notFound ? 'queue.purgeNotFound' : 'queue.purgeExclusive', { queue, vhost: host.vhost }),
        { cause },
      );
    }
  }
}

/** Mailboxes, queues of events and of replies, and the steps of native delayed delivery, with a prefix since kombu 5.7. */
const isInternal = (name: string): boolean =>
  /(^|\.)(reply\.celery\.)?pidbox$|^celeryev(\.|$)|(^|_)celery_delayed_\d+$/.test(name);

interface Exact {
  readonly exists: boolean;
  readonly ready: number | null;
  readonly consumers: number | null;
}

/** Looks at each queue by a passive declare, for which nobody needs a right. */
const declarePassively = async (link: AmqpLink, names: readonly string[]): Promise<ReadonlyMap<string, Exact>> => {
  const found = new Map<string, Exact>();
  // All lanes take from the same list.
  const waiting = names.values();
  const lane = async (): Promise<void> => {
    let channel: Channel | null = null;
    for (const name of waiting) {
      channel ??= await openChannel(link);
      const look: Exact | null = await lookAt(channel, name);
      if (look === null || look.ready === null) channel = null;
      found.set(name, look ?? { exists: false, ready: null, consumers: null });
    }
    // Not waited for: amqplib's promise hangs when the connection ends meanwhile.
    unlessEnding(() => channel?.close().catch(() => undefined));
  };
  await Promise.all(Array.from({ length: Math.min(channelsAtOnce, names.length) }, lane));
  return found;
};

/** Null when the queue is not there. What is not told has closed the channel. */
const lookAt = async (channel: Channel, name: string): Promise<Exact | null> => {
  try {
    const { messageCount, consumerCount } = await channel.checkQueue(name);
    return { exists: true, ready: messageCount, consumers: consumerCount };
  } catch (error) {
    const code = replyCode(error);
    if (code === notFound) return null;
    if (code === resourceLocked) return { exists: true, ready: null, consumers: null };
    throw error;
  }
};

const openChannel = async (link: AmqpLink): Promise<Channel> => {
  const channel = await link.model.createChannel();
  channel.on('error', () => undefined);
  return channel;
};

const merge = (name: string, exact: Exact | undefined, managed: ManagedQueue | undefined): QueueDepth => ({
  name,
  exists: exact?.exists ?? managed !== undefined,
  ready: exact?.ready ?? managed?.ready ?? null,
  unacked: managed?.unacked ?? null,
  consumers: exact?.consumers ?? managed?.consumers ?? null,
  ...(managed ? { management: managed.management } : {}),
});
