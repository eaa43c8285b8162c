import { eventDefect } from './checkEvent.ts';
import { addProblem, type DecodeProblem, oneProblem } from './decodeProblem.ts';
import { decompress } from './decompress.ts';
import type { Delivery } from './delivery.ts';
import type { CeleryEvent } from './event.ts';
import { parseJson } from './parseJson.ts';
import { type RawBody, readEnvelope } from './readEnvelope.ts';

const largestBody = 32 * 1024 * 1024;

/** Serializers of kombu/serialization.py that we know by name and do not read. */
const unreadableTypes: ReadonlyMap<string, string> = new Map([
  ['application/x-python-serialize', 'pickle, not decoded'],
  ['application/x-yaml', 'yaml, not decoded'],
  ['application/x-msgpack', 'msgpack, not decoded'],
]);

/**
 * Reads one message and hands each event in it to `sink`, in order. What cannot be read is returned, never thrown; a bad
 * event in a list costs only itself.
 */
export const decodeDelivery = (delivery: Delivery, sink: (event: CeleryEvent) => void): DecodeProblem | null => {
  const raw = delivery.kind === 'envelope' ? readEnvelope(delivery.bytes) : delivery;
  if (typeof raw === 'string') return oneProblem(raw);
  const content = readContent(raw);
  if (typeof content === 'string') return oneProblem(content);
  return Array.isArray(content.value) ? sinkList(content.value, sink) : sinkOne(content.value, sink);
};

/** The parsed body, or why there is none. */
const readContent = (raw: RawBody): { readonly value: unknown } | string => {
  if (raw.contentType !== 'application/json') {
    return unreadableTypes.get(raw.contentType) ?? 'body of an unknown content type';
  }
  const plain = raw.compression === null ? raw.body : decompress(toBuffer(raw.body), raw.compression);
  if (typeof plain === 'string' && raw.compression !== null) return plain;
  if (plain.length > largestBody) return 'body too large';
  const value = parseJson(typeof plain === 'string' ? plain : plain.toString('utf8'));
  return value === undefined ? 'body is not JSON' : { value };
};

const toBuffer = (body: Buffer | string): Buffer => (typeof body === 'string' ? Buffer.from(body, 'utf8') : body);

const sinkOne = (value: unknown, sink: (event: CeleryEvent) => void): DecodeProblem | null => {
  const defect = eventDefect(value);
  if (defect !== null) return oneProblem(defect);
  sink(value as CeleryEvent);
  return null;
};

const sinkList = (values: readonly unknown[], sink: (event: CeleryEvent) => void): DecodeProblem | null => {
  let problems: DecodeProblem | null = null;
  for (const value of values) {
    const defect = eventDefect(value);
    if (defect === null) sink(value as CeleryEvent);
    else problems = addProblem(problems, defect);
  }
  return problems;
};
