/** What Redis says on a connection that only subscribes by pattern. */
export interface PushSink {
  /** The payload of one published message. */
  message(payload: Buffer): void;
  /** `OK`, a pong, the confirmation of a subscription: whatever answers what we sent. */
  reply(): void;
  error(message: string): void;
  /** A message of more bytes than may be held; it is passed over. */
  tooLarge(bytes: number): void;
}

const cr = 13;
const lf = 10;
const dollar = 36;
const star = 42;
const plus = 43;
const minus = 45;
const colon = 58;
const zero = 48;

const incomplete = -2;
/** `pmessage`, pattern, channel, payload. */
const partsOfMessage = 4;
const longestLine = 64 * 1024;

/**
 * Reads the little of RESP 2 that a subscriber hears, several times faster than a full client. That matters in a burst:
 * Redis cuts off a subscriber that leaves 32 MB unread.
 */
export class PushReader {
  private chunks: Buffer[] = [];
  private held = 0;
  /** How many bytes the frame at hand needs at least, as far as is known. */
  private needs = 0;
  private at = 0;
  /** Of a message that is passed over: what has still to come. */
  private skipping = 0;
  private readonly sink: PushSink;
  private readonly limitBytes: number;

  constructor(sink: PushSink, limitBytes: number) {
    this.sink = sink;
    this.limitBytes = limitBytes;
  }

  get bytesHeld(): number {
    return this.held;
  }

  /** Whether what came so far ends within a message. */
  get isMidMessage(): boolean {
    return this.held > 0 || this.skipping > 0;
  }

  /** Takes what the socket gave; the payloads handed on are views of it. Throws on bytes that are not RESP. */
  push(chunk: Buffer): void {
    if (this.skipping > 0) {
      const skipped = Math.min(this.skipping, chunk.length);
      this.skipping -= skipped;
      if (skipped < chunk.length) this.push(chunk.subarray(skipped));
      return;
    }
    const bytes = this.held === 0 ? chunk : this.join(chunk);
    if (!bytes) return;
    let start = 0;
    while (start < bytes.length) {
      this.at = start;
      if (!this.readFrame(bytes)) break;
      start = this.at;
    }
    if (start < bytes.length) this.hold(start === 0 ? bytes : bytes.subarray(start));
  }

  private hold(rest: Buffer): void {
    this.chunks = [rest];
    this.held = rest.length;
  }

  /** Joins the chunks of a long message once, when it is whole, and not anew with each chunk. */
  private join(chunk: Buffer): Buffer | null {
    this.chunks.push(chunk);
    this.held += chunk.length;
    if (this.held < this.needs) return null;
    const bytes = Buffer.concat(this.chunks, this.held);
    this.chunks = [];
    this.held = 0;
    return bytes;
  }

  /** Reads the frame at `at` and moves behind it; false when it is not whole yet. */
  private readFrame(bytes: Buffer): boolean {
    this.needs = 0;
    switch (bytes[this.at]) {
      case star:
        return this.readArray(bytes);
      case plus:
      case minus:
      case colon:
        return this.readLine(bytes);
      default:
        throw new Error(`Bytes that are not RESP: ${bytes.toString('latin1', this.at, this.at + 40)}`);
    }
  }

  private readArray(bytes: Buffer): boolean {
    const start = this.at;
    const count = this.readNumber(bytes);
    if (count === incomplete) return false;
    let from = 0;
    let to = 0;
    for (let part = 0; part < count; part++) {
      const isText = bytes[this.at] === dollar;
      const length = this.readNumber(bytes);
      if (length === incomplete) return false;
      if (!isText || length < 0) continue;
      from = this.at;
      to = from + length;
      this.at = to + 2;
      if (this.at > bytes.length) {
        if (length > this.limitBytes) return this.skip(part === count - 1, length, bytes);
        this.needs = this.at - start;
        return false;
      }
    }
    if (count === partsOfMessage) this.sink.message(bytes.subarray(from, to));
    else this.sink.reply();
    return true;
  }

  /** Only what a message says is ever long; a channel of such a length is nothing that Redis would say. */
  private skip(isPayload: boolean, length: number, bytes: Buffer): boolean {
    if (!isPayload) throw new Error(`A channel of ${length} bytes.`);
    this.skipping = this.at - bytes.length;
    this.at = bytes.length;
    this.sink.tooLarge(length);
    return true;
  }

  private readLine(bytes: Buffer): boolean {
    const end = bytes.indexOf('\r\n', this.at);
    if (end < 0) {
      if (bytes.length - this.at > longestLine) throw new Error('A line without an end.');
      return false;
    }
    if (bytes[this.at] === minus) this.sink.error(bytes.toString('utf8', this.at + 1, end));
    else this.sink.reply();
    this.at = end + 2;
    return true;
  }

  /** The number behind the type byte at `at`; moves behind its line. */
  private readNumber(bytes: Buffer): number {
    let index = this.at + 1;
    const negative = bytes[index] === minus;
    if (negative) index++;
    let value = 0;
    for (; index + 1 < bytes.length; index++) {
      const digit = bytes[index] ?? 0;
      if (digit === cr) {
        if (bytes[index + 1] !== lf) break;
        this.at = index + 2;
        return negative ? -value : value;
      }
      if (digit < zero || digit > zero + 9) throw new Error('A length that is no number.');
      value = value * 10 + digit - zero;
    }
    if (index - this.at > 20) throw new Error('A length without an end.');
    return incomplete;
  }
}
