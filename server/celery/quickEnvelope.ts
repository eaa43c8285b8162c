/** `json.dumps` puts a space behind the colon, other producers do not. */
const heads = [Buffer.from('{"body": "'), Buffer.from('{"body":"')];
const quote = 0x22;
const equalsSign = 0x3d;

/** Bodies are decoded into here; a longer one goes the slow way. */
const scratch = Buffer.alloc(256 * 1024);

/** Three members of what is behind the body are looked at, and the rest is dropped: more than kombu writes is not parsed. */
const longestTail = 16 * 1024;

interface Tail {
  readonly body?: unknown;
  readonly headers?: { readonly compression?: unknown } | null;
  readonly properties?: { readonly body_encoding?: unknown } | null;
  readonly 'content-type'?: unknown;
}

/**
 * The text of the body, when the envelope is as kombu writes event after event: the body first, in base64, uncompressed
 * JSON. Then nearly all of the envelope need not be parsed as JSON only to be copied. Null for any other envelope, which
 * `readEnvelope` is to open; the two never disagree.
 */
export const quickEnvelope = (bytes: Buffer): string | null => {
  const start = heads.find((head) => bytes.subarray(0, head.length).equals(head))?.length;
  if (start === undefined) return null;
  const end = bytes.indexOf(quote, start);
  if (end < 0 || end - start > scratch.length || bytes.length - end > longestTail) return null;
  if (!isUsual(bytes.toString('utf8', end))) return null;
  const size = scratch.write(bytes.toString('latin1', start, end), 'base64');
  // Whatever is no base64, a backslash before a quote too, is passed over by the decoder and missing in the size.
  return size === decodedSize(bytes, start, end) ? scratch.toString('utf8', 0, size) : null;
};

const decodedSize = (bytes: Buffer, start: number, end: number): number => {
  const padding = bytes[end - 1] !== equalsSign ? 0 : bytes[end - 2] !== equalsSign ? 1 : 2;
  return ((end - start) / 4) * 3 - padding;
};

const isUsual = (behindBody: string): boolean => {
  try {
    const tail: Tail = JSON.parse(`{"body":"${behindBody}`);
    const compression = tail.headers?.compression;
    return (
      tail.body === '' &&
      tail['content-type'] === 'application/json' &&
      tail.properties?.body_encoding === 'base64' &&
      (compression === undefined || compression === null)
    );
  } catch {
    return false;
  }
};
