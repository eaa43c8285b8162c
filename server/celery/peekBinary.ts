/**
 * Looks at the first bytes of a result in a binary format. Celery writes the state first (celery/backends/base.py:
 * _get_result_meta), so it stands at a known place. The bytes up to it are compared, not interpreted: no instruction of a
 * pickle is followed.
 */
const pickle = { protocol: 0x80, frame: 0x95, emptyMap: 0x7d, put: 0x71, memoize: 0x94, mark: 0x28 } as const;
const pickleText = { short: 0x8c, long: 0x58 } as const;
const frameBytes = 9;

/** Protocols 2 to 5 begin with their number, 0 and 1 with the dictionary that a result is. */
export const isPickle = (payload: Buffer): boolean =>
  payload[0] === pickle.protocol ? inRange(payload[1], 2, 5) : ['(d', '}q'].includes(payload.toString('latin1', 0, 2));

/** The state of a task whose result is pickled; `null` when it does not stand where Celery puts it. */
export const pickledStatus = (payload: Buffer): string | null => {
  const start = payload[2] === pickle.frame ? 2 + frameBytes : 2;
  const mark = afterMemo(payload, start + 1);
  if (payload[0] !== pickle.protocol || payload[start] !== pickle.emptyMap || payload[mark] !== pickle.mark)
    return null;
  const key = readPickledText(payload, mark + 1);
  if (key?.text !== 'status') return null;
  return readPickledText(payload, afterMemo(payload, key.end))?.text ?? null;
};

/** The first key of a pickled dictionary; `null` when none stands where pickle puts it. */
export const pickledKey = (payload: Buffer): string | null => {
  const start = payload[2] === pickle.frame ? 2 + frameBytes : 2;
  if (payload[0] !== pickle.protocol || payload[start] !== pickle.emptyMap) return null;
  const key = afterMemo(payload, start + 1);
  return readPickledText(payload, payload[key] === pickle.mark ? key + 1 : key)?.text ?? null;
};

/** The note that pickle keeps of every value, to refer to it later. */
const afterMemo = (payload: Buffer, at: number): number => {
  if (payload[at] === pickle.memoize) return at + 1;
  return payload[at] === pickle.put ? at + 2 : at;
};

const readPickledText = (payload: Buffer, at: number): { readonly text: string; readonly end: number } | null => {
  const isShort = payload[at] === pickleText.short;
  if (!isShort && payload[at] !== pickleText.long) return null;
  const start = at + (isShort ? 2 : 5);
  if (start > payload.length) return null;
  const end = start + (isShort ? payload.readUInt8(at + 1) : payload.readUInt32LE(at + 1));
  return end > payload.length ? null : { text: payload.toString('utf8', start, end), end };
};

/** A map of 5 to 15 members, or a longer one, whose first key is a text: what Celery stores is never smaller. */
export const isMsgpack = (payload: Buffer): boolean => isText(payload[mapHeaderBytes(payload)]);

export const msgpackStatus = (payload: Buffer): string | null => {
  const key = mapHeaderBytes(payload);
  const value = key + 1 + 'status'.length;
  if (payload.toString('latin1', key + 1, value) !== 'status' || !isText(payload[value])) return null;
  const end = value + 1 + ((payload[value] ?? 0) & shortTextLength);
  return end > payload.length ? null : payload.toString('utf8', value + 1, end);
};

/** The key of a map of one member. */
export const msgpackKey = (payload: Buffer): string | null => {
  if (payload[0] !== 0x81) return null;
  const isLong = payload[1] === 0xd9;
  if (!isLong && !isText(payload[1])) return null;
  const start = isLong ? 3 : 2;
  const end = start + (isLong ? (payload[2] ?? 0) : (payload[1] ?? 0) & shortTextLength);
  return end > payload.length ? null : payload.toString('utf8', start, end);
};

/** The length of a short text stands in the lowest five bits of its first byte. */
const shortTextLength = 0x1f;
const isText = (byte: number | undefined): boolean => inRange(byte, 0xa0, 0xbf);

/** Beyond the end for what is no such map. */
const mapHeaderBytes = (payload: Buffer): number => {
  if (inRange(payload[0], 0x85, 0x8f)) return 1;
  return payload[0] === 0xde ? 3 : payload.length;
};

const inRange = (byte: number | undefined, from: number, to: number): boolean =>
  byte !== undefined && byte >= from && byte <= to;
