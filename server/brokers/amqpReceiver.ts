import type { Channel, ConsumeMessage } from 'amqplib';
import type { Delivery } from '../celery/delivery.ts';
import { unlessEnding } from './amqpChannels.ts';
import { type AmqpInbox, prefetch } from './amqpInbox.ts';
import type { BrokerListener } from './broker.ts';

const ackEvery = prefetch / 5;
const tickMs = 1_000;
/** Well below RabbitMQ's `consumer_timeout` of half an hour. */
const longestUnacknowledgedTicks = 60;

/**
 * Hands messages on as they come and acknowledges them in batches, so that what a cut connection swallows is delivered
 * again. All but the newest: that one marks the place at which a later session must go on.
 */
export class AmqpReceiver {
  readonly #inbox: AmqpInbox;
  readonly #channel: Channel;
  readonly #listener: BrokerListener;
  readonly #redeliveredWithinTicks: number;
  #timer: NodeJS.Timeout | null = null;
  #newest: ConsumeMessage | null = null;
  #previous: ConsumeMessage | null = null;
  #acknowledged = 0;
  #idleTicks = 0;
  #ticks = 0;

  constructor(inbox: AmqpInbox, channel: Channel, listener: BrokerListener, redeliveredWithinMs: number) {
    this.#inbox = inbox;
    this.#channel = channel;
    this.#listener = listener;
    this.#redeliveredWithinTicks = Math.ceil(redeliveredWithinMs / tickMs);
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  receive(message: ConsumeMessage): void {
    const { fields, content } = message;
    if (!(fields.redelivered && this.#inbox.redelivery.isRepeated(content)))
      this.#listener.onDelivery(toDelivery(message));
    this.#inbox.handOn(fields.deliveryTag, content);
    this.#previous = this.#newest;
    this.#newest = message;
    this.#idleTicks = 0;
    if (fields.deliveryTag - this.#acknowledged > ackEvery) this.#acknowledge(this.#previous);
  }

  #acknowledge(upTo: ConsumeMessage | null): void {
    if (!upTo || upTo.fields.deliveryTag <= this.#acknowledged) return;
    this.#acknowledged = upTo.fields.deliveryTag;
    unlessEnding(() => this.#channel.ack(upTo, true));
  }

  #tick(): void {
    this.#idleTicks += 1;
    this.#acknowledge(this.#previous);
    if (this.#idleTicks === longestUnacknowledgedTicks && this.#newest) {
      this.#acknowledge(this.#newest);
      this.#inbox.dropBookmark();
    }
    this.#ticks += 1;
    if (this.#ticks === this.#redeliveredWithinTicks) this.#lookForLoss();
  }

  #lookForLoss(): void {
    if (this.#inbox.redelivery.awaitsBookmark) this.#listener.onLost(lossSentence, null);
    this.#inbox.redelivery.forget();
  }
}

const lossSentence =
  'RabbitMQ dropped waiting events while the connection was down: it restarted, or the queue reached its limit.';

export const toDelivery = ({
  content,
  properties,
}: Pick<ConsumeMessage, 'content' | 'properties'>): Extract<Delivery, { kind: 'message' }> => {
  const { contentType, contentEncoding, headers } = properties;
  const compression: unknown = headers?.['compression'];
  return {
    kind: 'message',
    body: content,
    contentType: typeof contentType === 'string' ? contentType : '',
    contentEncoding: typeof contentEncoding === 'string' ? contentEncoding : '',
    compression: typeof compression === 'string' ? compression : null,
  };
};
