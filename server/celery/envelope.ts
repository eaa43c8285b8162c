import type { ControlMessage } from './control.ts';

export interface EnvelopeParts {
  readonly exchange: string;
  readonly routingKey: string;
  /** Any unique text; kombu refuses a message without one. */
  readonly deliveryTag: string;
  /** Seconds since 1970 after which a worker drops the command unread; for brokers that keep messages. */
  readonly expiresAt?: number;
}

/**
 * A control command as kombu's virtual transports carry it: a JSON object that holds body, headers and properties
 * (kombu/transport/virtual/base.py: Channel.basic_publish).
 */
export const encodeControlEnvelope = (command: ControlMessage, parts: EnvelopeParts): string =>
  JSON.stringify({
    body: Buffer.from(JSON.stringify(command)).toString('base64'),
    'content-encoding': 'utf-8',
    'content-type': 'application/json',
    headers: parts.expiresAt === undefined ? {} : { expires: parts.expiresAt },
    properties: {
      delivery_mode: 1,
      delivery_info: { exchange: parts.exchange, routing_key: parts.routingKey },
      priority: 0,
      body_encoding: 'base64',
      delivery_tag: parts.deliveryTag,
    },
  });
