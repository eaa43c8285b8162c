import { type DecodeProblem, oneProblem } from './decodeProblem.ts';
import { decompress } from './decompress.ts';
import type { RawBody } from './readEnvelope.ts';

const largestBody = 32 * 1024 * 1024;

/** Serializers of kombu/serialization.py that we know by name and do not read. */
const unreadableTypes: ReadonlyMap<string, string> = new Map([
  ['application/x-python-serialize', 'pickle, not decoded'],
  ['application/x-yaml', 'yaml, not decoded'],
  ['application/x-msgpack', 'msgpack, not decoded'],
]);

/** The JSON text of a message body, or why there is none. */
export const bodyText = ({ body, contentType, compression }: RawBody): string | DecodeProblem => {
  if (contentType !== 'application/json') {
    return oneProblem(unreadableTypes.get(contentType) ?? 'body of an unknown content type');
  }
  const plain = compression === null ? body : decompress(toBuffer(body), compression);
  if (typeof plain === 'string' && compression !== null) return oneProblem(plain);
  if (plain.length > largestBody) return oneProblem('body too large');
  return typeof plain === 'string' ? plain : plain.toString('utf8');
};

const toBuffer = (body: Buffer | string): Buffer => (typeof body === 'string' ? Buffer.from(body, 'utf8') : body);
