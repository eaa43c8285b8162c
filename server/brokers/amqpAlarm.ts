import type { Channel } from 'amqplib';
import { phrase, type Worded, worded } from '../api/phrase.ts';
import { unlessEnding } from './amqpChannels.ts';
import type { AmqpLink } from './amqpLink.ts';
import type { BrokerListener } from './broker.ts';

const probeEveryMs = 10_000;
const probeKey = 'celeriac.is-there-an-alarm';

/**
 * Whether RabbitMQ, short of memory or disk space, has stopped taking messages. It says so only to those who publish, so
 * now and then we publish an empty message that goes to no queue; a user who may not write there (`amq.default`) hears
 * of an alarm with the next command.
 */
export class AmqpAlarm {
  readonly #link: AmqpLink;
  #reason: Worded | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(link: AmqpLink, listener: BrokerListener) {
    this.#link = link;
    link.model.on('blocked', (reason: string) => {
      this.#reason = worded(phrase('amqp.alarm', { address: link.host.address, reason }));
      listener.onBlocked(this.#reason);
    });
    link.model.on('unblocked', () => {
      this.#reason = null;
      listener.onBlocked(null);
    });
  }

  /** What is wrong; `null` when nothing is. */
  get reason(): Worded | null {
    return this.#reason;
  }

  async watch(): Promise<void> {
    const channel = await this.#link.model.createChannel();
    channel.on('error', () => undefined);
    channel.once('close', () => this.#stop());
    this.#timer = setInterval(() => this.#probe(channel), probeEveryMs);
    this.#probe(channel);
  }

  #probe(channel: Channel): void {
    if (this.#reason === null) unlessEnding(() => channel.publish('', probeKey, Buffer.alloc(0)));
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
