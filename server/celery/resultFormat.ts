import { decompress } from './decompress.ts';
import { isMsgpack, isPickle, msgpackStatus, pickledStatus } from './peekBinary.ts';

/** What a stored payload is written in. */
export type ResultFormat =
  | { readonly kind: 'json'; readonly text: string }
  /** Not read; `status` where the first bytes tell it. */
  | { readonly kind: 'unread'; readonly sentence: string; readonly status: string | null };

/**
 * Tells by the first bytes how a result was serialized (kombu/serialization.py), for a backend stores bare bytes. Only
 * JSON is read.
 */
export const readResultFormat = (payload: Buffer): ResultFormat => {
  const unpacked = unpack(payload);
  if (typeof unpacked === 'string') return { kind: 'unread', sentence: unpacked, status: null };
  if (isPickle(unpacked)) return { kind: 'unread', sentence: pickled, status: pickledStatus(unpacked) };
  if (isMsgpack(unpacked)) return { kind: 'unread', sentence: asOther('MessagePack'), status: msgpackStatus(unpacked) };
  const compressed = compressions.find(({ mark }) => startsWith(unpacked, mark));
  if (compressed) return { kind: 'unread', sentence: compressedBy(compressed.name), status: null };
  const text = unpacked.toString('utf8');
  const yaml = /^(?:children|status|result|traceback|date_done):/m.test(text) && !/^\s*[{[]/.test(text);
  if (yaml)
    return { kind: 'unread', sentence: asOther('YAML'), status: /^status: ([A-Z]\w*)\s*$/m.exec(text)?.[1] ?? null };
  return { kind: 'json', text };
};

/** So many bytes from the start of an entry are enough for `peekStatus`. */
export const statusWithinBytes = 128;

/** The state that an entry's first bytes tell, without the value behind it; `null` where only the whole entry tells. */
export const peekStatus = (start: Buffer): string | null => {
  if (isPickle(start)) return pickledStatus(start);
  if (isMsgpack(start)) return msgpackStatus(start);
  return /^\{"status": ?"(\w+)"/.exec(start.toString('latin1'))?.[1] ?? null;
};

/** The sentence for content that its backend names by its type (django-celery-results keeps it beside the value). */
export const explainContentType = (contentType: string): string | null => {
  if (contentType === 'application/json') return null;
  if (contentType === 'application/x-python-serialize') return pickled;
  if (contentType.endsWith('yaml')) return asOther('YAML');
  if (contentType.endsWith('msgpack')) return asOther('MessagePack');
  return `It is stored as ${contentType}, which Celeriac cannot read. Use result_serializer = 'json'.`;
};

export const pickled =
  "It is pickled, and Celeriac never unpickles: that would run arbitrary code from the message. Use result_serializer = 'json'.";

const asOther = (format: string): string =>
  `It is stored as ${format}, which Celeriac cannot read. Use result_serializer = 'json'.`;

const compressedBy = (name: string): string => `It is compressed with ${name}, which cannot be decompressed here.`;

/** celery 5.7, backends/base.py: compress_payload. */
const compressedMark = Buffer.from('\0celery-compressed\0');

const unpack = (payload: Buffer): Buffer | string => {
  if (!startsWith(payload, compressedMark)) return payload;
  const end = payload.indexOf(0, compressedMark.length);
  if (end < 0) return 'It is compressed, but damaged.';
  const method = payload.toString('latin1', compressedMark.length, end);
  const body = decompress(payload.subarray(end + 1), method);
  return typeof body === 'string' ? `It is compressed with ${method}: ${body}.` : body;
};

/** What serializers and backends of one's own put there, by its first bytes. */
const compressions = [
  { name: 'gzip', mark: Buffer.of(0x1f, 0x8b) },
  { name: 'zlib', mark: Buffer.of(0x78, 0x01) },
  { name: 'zlib', mark: Buffer.of(0x78, 0x5e) },
  { name: 'zlib', mark: Buffer.of(0x78, 0x9c) },
  { name: 'zlib', mark: Buffer.of(0x78, 0xda) },
  { name: 'zstd', mark: Buffer.of(0x28, 0xb5, 0x2f, 0xfd) },
  { name: 'bzip2', mark: Buffer.from('BZh') },
  { name: 'lzma', mark: Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a) },
] as const;

const startsWith = (payload: Buffer, mark: Buffer): boolean => payload.subarray(0, mark.length).equals(mark);
