import { decodeDelivery } from '../celery/decodeDelivery.ts';
import type { Delivery } from '../celery/delivery.ts';
import type { CeleryEvent } from '../celery/event.ts';

const pageBytes = 256 * 1024;
const formatLimit = 32;
/** A compressed delivery may bring many events in few bytes; their marks take eight bytes each. */
const marksLimit = 16_384;

export interface KeptEvent {
  readonly receivedAt: number;
  readonly event: CeleryEvent;
}

type Message = Extract<Delivery, { kind: 'message' }>;
type Format = Omit<Message, 'body'> | { readonly kind: 'envelope' };

interface Page {
  readonly bytes: Buffer;
  used: number;
  /** For each event: the hash of its task's id, and which delivery it came in. */
  readonly marks: number[];
  /** For each delivery: where it begins and ends, how to read it, when it came. */
  readonly places: number[];
}

const placeSize = 4;

/**
 * The latest deliveries with events of tasks, as they came from the wire, up to a number of bytes: one copy of bytes each,
 * and nothing that the garbage collector has to trace. They are decoded again when somebody asks for a task's events.
 */
export class RawEvents {
  private readonly pages: Page[] = [];
  private readonly formats: Format[] = [{ kind: 'envelope' }];
  private readonly pageLimit: number;
  private current: Delivery | null = null;
  private currentReceivedAt = 0;
  private isKept = false;
  private dropped = false;
  /** Deliveries dropped to make room. */
  evicted = 0;

  constructor(limitBytes: number) {
    this.pageLimit = Math.max(1, Math.floor(limitBytes / pageBytes));
  }

  get bytesHeld(): number {
    return this.pages.length * pageBytes;
  }

  /** Before the delivery's events are noted. */
  begin(delivery: Delivery, receivedAt: number): void {
    this.current = delivery;
    this.currentReceivedAt = receivedAt;
    this.isKept = false;
  }

  note({ type, uuid }: CeleryEvent): void {
    if (typeof uuid !== 'string' || this.current === null || !type.startsWith('task-')) return;
    if (!this.isKept && !this.keep(this.current)) {
      this.current = null;
      return;
    }
    const page = this.pages.at(-1);
    page?.marks.push(hashOf(uuid), page.places.length / placeSize - 1);
  }

  /** The events of a task that are still kept, in the order in which they came. */
  find(uuid: string): readonly KeptEvent[] {
    const hash = hashOf(uuid);
    const found: KeptEvent[] = [];
    for (const page of this.pages) {
      let seen = -1;
      for (let at = 0; at < page.marks.length; at += 2) {
        const place = page.marks[at + 1] ?? 0;
        if (page.marks[at] !== hash || place === seen) continue;
        seen = place;
        this.read(page, place * placeSize, (receivedAt, event) => {
          if (event['uuid'] === uuid) found.push({ receivedAt, event });
        });
      }
    }
    return found;
  }

  /** From when on nothing was dropped; null: nothing was dropped yet. */
  get keptSince(): number | null {
    return this.dropped ? (this.pages[0]?.places[3] ?? null) : null;
  }

  private keep(delivery: Delivery): boolean {
    const bytes = delivery.kind === 'envelope' ? delivery.bytes : delivery.body;
    const format = this.formatOf(delivery);
    if (format < 0 || bytes.length > pageBytes) return false;
    const page = this.pageFor(bytes.length);
    bytes.copy(page.bytes, page.used);
    page.places.push(page.used, page.used + bytes.length, format, this.currentReceivedAt);
    page.used += bytes.length;
    this.isKept = true;
    return true;
  }

  private pageFor(size: number): Page {
    const last = this.pages.at(-1);
    if (last && last.used + size <= pageBytes && last.marks.length < marksLimit) return last;
    const oldest = this.pages.length >= this.pageLimit ? this.pages.shift() : undefined;
    this.dropped ||= oldest !== undefined;
    this.evicted += (oldest?.places.length ?? 0) / placeSize;
    const page: Page = { bytes: oldest?.bytes ?? Buffer.allocUnsafeSlow(pageBytes), used: 0, marks: [], places: [] };
    this.pages.push(page);
    return page;
  }

  private formatOf(delivery: Delivery): number {
    if (delivery.kind === 'envelope') return 0;
    const { contentType, contentEncoding, compression } = delivery;
    const known = this.formats.findIndex(
      (format) =>
        format.kind === 'message' &&
        format.contentType === contentType &&
        format.contentEncoding === contentEncoding &&
        format.compression === compression,
    );
    if (known >= 0) return known;
    if (this.formats.length >= formatLimit) return -1;
    return this.formats.push({ kind: 'message', contentType, contentEncoding, compression }) - 1;
  }

  private read(page: Page, at: number, sink: (receivedAt: number, event: CeleryEvent) => void): void {
    const bytes = page.bytes.subarray(page.places[at] ?? 0, page.places[at + 1] ?? 0);
    const format = this.formats[page.places[at + 2] ?? 0];
    const receivedAt = page.places[at + 3] ?? 0;
    if (!format) return;
    const delivery: Delivery = format.kind === 'envelope' ? { kind: 'envelope', bytes } : { ...format, body: bytes };
    decodeDelivery(delivery, (event) => sink(receivedAt, event));
  }
}

/** Of the end of the id, which is random also where the beginning is a clock. */
const hashOf = (id: string): number => {
  let hash = 0;
  for (let at = Math.max(0, id.length - 12); at < id.length; at++) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) | 0;
  return hash;
};
