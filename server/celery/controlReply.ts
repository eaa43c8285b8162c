import { bodyText } from './bodyText.ts';
import type { ControlMessage } from './control.ts';
import { isRecord } from './isRecord.ts';
import { depthLimit, roomAfter, tooDeep } from './jsonBounds.ts';
import { msgpackKey, pickledKey } from './peekBinary.ts';
import { parsePythonJson } from './pythonJson.ts';
import { type RawBody, readEnvelope } from './readEnvelope.ts';

/** One worker's answer to one command (kombu/pidbox.py: Node.reply): its body is `{hostname: value}`. */
export interface ControlReply {
  readonly ticket: string | null;
  readonly hostname: string;
  readonly value: unknown;
}

/** Something that came where replies come, and that nobody can read. */
interface UnreadableReply {
  /** Of the command that it belongs to, where at least that can be read. */
  readonly ticket: string | null;
  readonly isUnreadable: true;
}

export type ReceivedReply = ControlReply | UnreadableReply;

/** Where workers send their answers. */
export const replyExchange = 'reply.celery.pidbox';

/** The queue in which the replies to `oid` arrive, bound with `oid` as its routing key (Mailbox.get_reply_queue). */
export const replyQueue = (oid: string): string => `${oid}.${replyExchange}`;

/** The body of a command that is to be answered (Mailbox._publish); without these two fields nobody answers. */
export const withReplyTo = (command: ControlMessage, ticket: string, oid: string) => ({
  ...command,
  ticket,
  reply_to: { exchange: replyExchange, routing_key: oid },
});

/** Reads a reply; null for whatever is none. */
const readControlReply = (body: unknown, ticket: unknown): ControlReply | null => {
  if (!isRecord(body)) return null;
  const [entry, ...more] = Object.entries(body);
  if (!entry || more.length > 0) return null;
  const [hostname, value] = entry;
  const isTooDeep = roomAfter(value, depthLimit - 1, Number.MAX_SAFE_INTEGER) === tooDeep;
  return {
    ticket: typeof ticket === 'string' ? ticket : null,
    hostname,
    value: isTooDeep ? { error: `sent a value nested more than ${depthLimit} levels deep` } : value,
  };
};

/**
 * Reads the reply in a message; `ticket` is in its headers. Workers answer in their `task_serializer`: of what is not
 * JSON only who sent it is looked at, and the reply says so in the way in which workers refuse.
 */
export const decodeReply = (raw: RawBody, ticket: unknown): ReceivedReply =>
  readBody(raw, ticket) ?? { ticket: typeof ticket === 'string' ? ticket : null, isUnreadable: true };

const readBody = (raw: RawBody, ticket: unknown): ControlReply | null => {
  const text = bodyText(raw);
  if (typeof text === 'string') return readControlReply(parsePythonJson(text), ticket);
  const other = otherSerializers.get(raw.contentType);
  if (!other) return null;
  const hostname = other.hostnameIn(typeof raw.body === 'string' ? Buffer.from(raw.body) : raw.body);
  if (hostname === null) return null;
  return readControlReply({ [hostname]: { error: `answered in ${other.name}, which is not decoded` } }, ticket);
};

/** The same for the envelopes of kombu's virtual transports. */
export const decodeReplyEnvelope = (bytes: Buffer): ReceivedReply => {
  const envelope = readEnvelope(bytes);
  return typeof envelope === 'string'
    ? { ticket: null, isUnreadable: true }
    : decodeReply(envelope, envelope.headers['ticket']);
};

interface OtherSerializer {
  readonly name: string;
  readonly hostnameIn: (body: Buffer) => string | null;
}

/** `w@h:`, `'w@h':` or `{w@h:` at the beginning. */
const yamlKey = (body: Buffer): string | null =>
  /^\{?(?:'([^'\n]+)'|"([^"\n]+)"|([^\s'"{}]+?)):\s/
    .exec(body.toString('utf8', 0, 1024))
    ?.slice(1)
    .find(Boolean) ?? null;

/** By the content types of kombu/serialization.py. */
const otherSerializers: ReadonlyMap<string, OtherSerializer> = new Map([
  ['application/x-python-serialize', { name: 'pickle', hostnameIn: pickledKey }],
  ['application/x-msgpack', { name: 'msgpack', hostnameIn: msgpackKey }],
  ['application/x-yaml', { name: 'yaml', hostnameIn: yamlKey }],
]);

/**
 * The worker's own words when it refused (celery/worker/pidbox.py: Panel answers `{"error": "KeyError('x')"}`, and
 * commands answer `{"error": "…"}` themselves); null when it answered.
 */
export const refusalOf = (value: unknown): string | null =>
  isRecord(value) && Object.keys(value).length === 1 && typeof value.error === 'string' ? unquote(value.error) : null;

/** `ValueError('Pool restarts not enabled')` reads better as its message with its type. */
const unquote = (error: string): string => {
  const match = /^(\w+)\((['"])(.*)\2,?\)$/s.exec(error);
  return match ? `${match[3]} (${match[1]})` : error;
};
