import type { ServerResponse } from 'node:http';

type Event = Readonly<Record<string, unknown>>;

interface Reader {
  readonly response: ServerResponse;
  readonly wants: (event: Event) => boolean;
  missed: number;
}

/** Text that a slow reader may leave lying before it misses events. */
const largestBuffer = 1024 * 1024;
const beatMs = 15_000;
const readerLimit = 64;

export const eventStreamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

/** Hands each event to all who read the stream; whoever reads too slowly misses some, and is told how many. */
export class EventFan {
  private readonly readers = new Set<Reader>();
  private beat: NodeJS.Timeout | null = null;
  private numbered = 0;
  private readonly bufferLimit: number;
  private readonly shown: (event: Event) => Event;

  /** `shown`: what of an event its readers may see. `limitBytes`: what all of the readers together may leave lying. */
  constructor(shown: (event: Event) => Event = (event) => event, limitBytes = largestBuffer * readerLimit) {
    this.shown = shown;
    this.bufferLimit = Math.min(largestBuffer, limitBytes / readerLimit);
  }

  get isFull(): boolean {
    return this.readers.size >= readerLimit;
  }

  publish(event: Event): void {
    if (this.readers.size === 0) return;
    this.numbered += 1;
    let line: string | null = null;
    for (const reader of this.readers) {
      if (!reader.wants(event)) continue;
      line ??= `id: ${this.numbered}\nevent: ${String(event['type']).replaceAll(/[\r\n]/g, ' ')}\ndata: ${JSON.stringify(this.shown(event))}\n\n`;
      this.write(reader, line);
    }
  }

  /** Keeps the response open until its reader leaves. */
  add(response: ServerResponse, wants: (event: Event) => boolean): void {
    const reader: Reader = { response, wants, missed: 0 };
    response.writeHead(200, eventStreamHeaders);
    response.write(': the events of the cluster as they come\n\n');
    this.readers.add(reader);
    response.on('close', () => this.remove(reader));
    this.beat ??= setInterval(() => this.sendBeat(), beatMs);
  }

  close(): void {
    for (const { response } of this.readers) response.end();
    this.readers.clear();
    if (this.beat) clearInterval(this.beat);
    this.beat = null;
  }

  private write(reader: Reader, text: string): void {
    if (reader.response.writableLength > this.bufferLimit) {
      reader.missed += 1;
      return;
    }
    if (reader.missed > 0) {
      reader.response.write(`event: celeriac-missed\ndata: {"missed":${reader.missed}}\n\n`);
      reader.missed = 0;
    }
    reader.response.write(text);
  }

  /** A comment now and then: proxies close what is silent, and a reader that is gone is noticed. */
  private sendBeat(): void {
    for (const reader of this.readers) this.write(reader, ': still here\n\n');
  }

  private remove(reader: Reader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0 || !this.beat) return;
    clearInterval(this.beat);
    this.beat = null;
  }
}
