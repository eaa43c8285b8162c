import type { QueuedMessage } from '../api/peek.ts';
import { bodyText } from './bodyText.ts';
import { isRecord } from './isRecord.ts';
import { readJson } from './parseJson.ts';
import { type RawBody, readEnvelope } from './readEnvelope.ts';
import { splitArray } from './splitArray.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A message in a queue as its transport brings it. */
export interface RawQueued extends RawBody {
  readonly headers: Fields;
  readonly priority: unknown;
  readonly exchange: unknown;
  readonly routingKey: unknown;
  readonly redelivered: boolean | null;
}

/** Arguments beyond this are not carried about. */
const largestArguments = 256 * 1024;

/** Reads a waiting message of either protocol (celery/app/amqp.py: as_task_v2, as_task_v1). Nothing is unpickled. */
export const readQueued = (raw: RawQueued): QueuedMessage => {
  const bytes = raw.body.length;
  const text = bodyText(raw);
  const read = typeof text === 'string' ? readJson(text) : null;
  const excess = read && 'defect' in read && read.defect !== 'not JSON' ? read.defect : null;
  const json = typeof text === 'string' && excess === null ? text : null;
  const problem = typeof text !== 'string' ? text.reason : excess && `arguments ${excess}`;
  const isNewProtocol = typeof raw.headers['task'] === 'string';
  const parts = isNewProtocol ? fromHeaders(raw.headers, json) : fromBody(read && 'value' in read ? read.value : null);
  const tooLarge = bytes > largestArguments;
  return {
    ...parts,
    ...(tooLarge ? { argsJson: null, kwargsJson: null } : {}),
    priority: numberOf(raw.priority),
    // The default exchange has an empty name.
    exchange: typeof raw.exchange === 'string' ? raw.exchange : null,
    routingKey: textOf(raw.routingKey),
    redelivered: raw.redelivered,
    contentType: raw.contentType,
    bytes,
    problem: problem ?? (tooLarge ? 'arguments too large to show' : parts.name === null ? 'not a Celery task' : null),
  };
};

/** The same for the envelopes of kombu's virtual transports. */
export const readQueuedEnvelope = (bytes: Buffer): QueuedMessage => {
  const envelope = readEnvelope(bytes);
  if (typeof envelope === 'string') return unreadable(envelope, bytes.length);
  const { properties } = envelope;
  const info = isRecord(properties['delivery_info']) ? properties['delivery_info'] : {};
  return readQueued({
    ...envelope,
    priority: properties['priority'],
    exchange: info['exchange'],
    routingKey: info['routing_key'],
    redelivered: envelope.headers['redelivered'] === true || properties['redelivered'] === true,
  });
};

type TaskParts = Omit<
  QueuedMessage,
  'priority' | 'exchange' | 'routingKey' | 'redelivered' | 'contentType' | 'bytes' | 'problem'
>;

const fromHeaders = (headers: Fields, json: string | null): TaskParts => {
  const [args, kwargs] = (json === null ? null : splitArray(json)) ?? [];
  return {
    taskId: textOf(headers['id']),
    name: textOf(headers['task']),
    argsJson: args ?? null,
    kwargsJson: kwargs ?? null,
    argsRepr: textOf(headers['argsrepr']),
    kwargsRepr: textOf(headers['kwargsrepr']),
    ...common(headers),
    rootId: textOf(headers['root_id']),
    parentId: textOf(headers['parent_id']),
    groupId: textOf(headers['group']),
    origin: textOf(headers['origin']),
  };
};

const fromBody = (body: unknown): TaskParts => {
  const fields: Fields = isRecord(body) ? body : {};
  const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  return {
    taskId: textOf(fields['id']),
    name: textOf(fields['task']),
    argsJson: jsonOf(fields['args']),
    kwargsJson: jsonOf(fields['kwargs']),
    argsRepr: null,
    kwargsRepr: null,
    ...common(fields),
    rootId: null,
    parentId: null,
    groupId: textOf(fields['taskset']) ?? textOf(fields['group']),
    origin: null,
  };
};

const common = (fields: Fields): Pick<TaskParts, 'eta' | 'expires' | 'retries'> => ({
  eta: textOf(fields['eta']),
  expires: textOf(fields['expires']),
  retries: numberOf(fields['retries']),
});

const unreadable = (problem: string, bytes: number): QueuedMessage => ({
  ...fromBody(null),
  priority: null,
  exchange: null,
  routingKey: null,
  redelivered: null,
  contentType: '',
  bytes,
  problem,
});

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
