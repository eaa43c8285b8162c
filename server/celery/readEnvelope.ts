import { isRecord } from './isRecord.ts';
import { readJson } from './parseJson.ts';

/** A message body with what its headers say about it, whatever transport brought it. */
export interface RawBody {
  readonly body: Buffer | string;
  readonly contentType: string;
  readonly compression: string | null;
}

export interface OpenEnvelope extends RawBody {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

const largestEnvelope = 64 * 1024 * 1024;

/**
 * Opens an envelope of kombu's virtual transports (kombu/transport/virtual/base.py: Message, Channel.decode_body), or
 * says why it cannot be opened.
 */
export const readEnvelope = (bytes: Buffer): OpenEnvelope | string => {
  if (bytes.length > largestEnvelope) return 'body too large';
  const read = readJson(bytes.toString('utf8'));
  if ('defect' in read) return read.defect === 'not JSON' ? 'message is not JSON' : `message ${read.defect}`;
  const envelope = read.value;
  if (!isRecord(envelope)) return 'message is not an envelope';
  const body = envelope.body;
  if (typeof body !== 'string') return 'message without a body';
  const headers = isRecord(envelope.headers) ? envelope.headers : {};
  const properties = isRecord(envelope.properties) ? envelope.properties : {};
  const bodyEncoding = properties.body_encoding;
  if (bodyEncoding !== undefined && bodyEncoding !== null && bodyEncoding !== '' && bodyEncoding !== 'base64') {
    return 'body with an unknown encoding';
  }
  const contentType = envelope['content-type'];
  const compression = headers.compression;
  return {
    body: bodyEncoding === 'base64' ? Buffer.from(body, 'base64') : body,
    contentType: typeof contentType === 'string' ? contentType : 'application/json',
    compression: typeof compression === 'string' && compression !== '' ? compression : null,
    headers,
    properties,
  };
};
