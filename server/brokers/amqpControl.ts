import { randomUUID } from 'node:crypto';
import type { ControlMessage } from '../celery/control.ts';
import { withReplyTo } from '../celery/controlReply.ts';
import type { AmqpAlarm } from './amqpAlarm.ts';
import { exists, orReasonOfEnd } from './amqpChannels.ts';
import type { AmqpLink } from './amqpLink.ts';
import { AmqpPublisher } from './amqpPublisher.ts';
import { accessRefused, type Deed, explainMissingRight, notFound, replyCode } from './amqpRights.ts';

export const controlExchange = 'celery.pidbox';

/**
 * Sends remote-control commands. It has a connection of its own: in an alarm RabbitMQ stops reading from connections
 * that publish, which would hold up the acknowledgement of events too.
 */
export class AmqpControl {
  readonly #looking: AmqpLink;
  readonly #link: AmqpLink;
  readonly #publisher: AmqpPublisher;
  #exchangeSeen = false;

  /** `looking`: a connection that never publishes, and is heard in an alarm too. */
  constructor(looking: AmqpLink, link: AmqpLink, alarm: AmqpAlarm) {
    this.#looking = looking;
    this.#link = link;
    this.#publisher = new AmqpPublisher(link, alarm);
  }

  /** Resolves with 0 when no worker has a mailbox; how many have one RabbitMQ does not say. */
  broadcast(command: ControlMessage): Promise<number | null> {
    return orReasonOfEnd(this.#link, this.#send(command, {}));
  }

  /** The same with replies, which arrive at `oid`. */
  ask(command: ControlMessage, ticket: string, expiresAt: number, oid: string): Promise<number | null> {
    return orReasonOfEnd(this.#link, this.#send(withReplyTo(command, ticket, oid), { expires: expiresAt / 1000 }));
  }

  async #send(content: ControlMessage, headers: Readonly<Record<string, number>>): Promise<number | null> {
    if (!(await this.#hasExchange())) return 0;
    const body = Buffer.from(JSON.stringify(content));
    const options = { ...messageOptions, headers, messageId: randomUUID() };
    try {
      const isTaken = await this.#publisher.publish({ exchange: controlExchange, routingKey: '', body, options });
      return isTaken ? null : 0;
    } catch (error) {
      const code = replyCode(error);
      if (code === accessRefused) throw explainMissingRight(this.#link.host, deed, error);
      if (code !== notFound) throw error;
      this.#exchangeSeen = false;
      return 0;
    }
  }

  /** The first worker makes it, and nobody ever removes it. */
  async #hasExchange(): Promise<boolean> {
    this.#exchangeSeen ||= await exists(this.#looking, (look) => look.checkExchange(controlExchange));
    return this.#exchangeSeen;
  }
}

const deed: Deed = {
  purpose: 'send commands to workers',
  right: 'write',
  resource: 'exchange',
  name: controlExchange,
};

/** As kombu sends it (kombu/pidbox.py: Mailbox._publish). */
const messageOptions = { contentType: 'application/json', contentEncoding: 'utf-8', deliveryMode: 1 };
