import type { ControlMessage } from './control.ts';
import type { TaskMessage } from './taskMessage.ts';

export interface EnvelopeParts {
  readonly exchange: string;
  readonly routingKey: string;
  /** Any unique text; kombu refuses a message without one. */
  readonly deliveryTag: string;
  /** Seconds since 1970 after which the command is stale, as Celery's own client says. */
  readonly expiresAt?: number;
}

/**
 * A control command as kombu's virtual transports carry it: a JSON object that holds body, headers and properties
 * (kombu/transport/virtual/base.py: Channel.basic_publish).
 */
export const encodeControlEnvelope = (command: ControlMessage, parts: EnvelopeParts): string =>
  encode({
    ...parts,
    body: JSON.stringify(command),
    headers: parts.expiresAt === undefined ? {} : { expires: parts.expiresAt },
    properties: { delivery_mode: 1 },
    priority: 0,
  });

/** A task as the same transports carry it. */
export const encodeTaskEnvelope = (message: TaskMessage, deliveryTag: string): string => {
  const { correlationId, replyTo, deliveryMode, priority, expirationMs } = message.properties;
  return encode({
    ...message,
    deliveryTag,
    properties: {
      correlation_id: correlationId,
      reply_to: replyTo,
      delivery_mode: deliveryMode,
      ...(expirationMs === undefined ? {} : { expiration: String(expirationMs) }),
    },
    priority,
  });
};

interface Content {
  readonly exchange: string;
  readonly routingKey: string;
  readonly deliveryTag: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly priority: number;
}

const encode = ({ exchange, routingKey, deliveryTag, body, headers, properties, priority }: Content): string =>
  JSON.stringify({
    body: Buffer.from(body).toString('base64'),
    'content-encoding': 'utf-8',
    'content-type': 'application/json',
    headers,
    properties: {
      ...properties,
      delivery_info: { exchange, routing_key: routingKey },
      priority,
      body_encoding: 'base64',
      delivery_tag: deliveryTag,
    },
  });
