import type { ServerResponse } from 'node:http';
import type { Outlet } from '../../outlet/outlet.ts';
import { problem } from './answer.ts';
import { jsonText } from './encoded.ts';
import { RefusedRequest } from './refusedRequest.ts';

type Event = Readonly<Record<string, unknown>>;

interface Reader {
  readonly response: ServerResponse;
  readonly peer: string;
  readonly wants: (event: Event) => boolean;
  missed: number;
  /** How many bytes had left for it at the last beat. */
  sentBytes: number;
}

const beatMs = 15_000;

export const eventStreamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

/** Hands each event to all who read the stream; whoever reads too slowly misses some, and is told how many. */
export class EventFan {
  private readonly readers = new Set<Reader>();
  private beat: NodeJS.Timeout | null = null;
  private numbered = 0;
  private readonly shareBytes: number;
  private readonly outlet: Outlet;

  /** `limitBytes`: what all of the readers together may leave lying. */
  constructor(outlet: Outlet, limitBytes = streamLimits.unreadBytes) {
    this.outlet = outlet;
    this.shareBytes = Math.min(streamLimits.unreadBytes, limitBytes) / streamLimits.readers;
  }

  /** Refuses one reader more than there may be, in all or behind one address. */
  admit(peer: string): void {
    const { readers, readersPerPeer } = streamLimits;
    if (this.readers.size >= readers) throw new RefusedRequest(tooManyReaders);
    const own = [...this.readers].filter((reader) => reader.peer === peer).length;
    if (own >= readersPerPeer) throw new RefusedRequest(tooManyOfYours);
  }

  publish(event: Event): void {
    if (this.readers.size === 0) return;
    this.numbered += 1;
    let line: string | null = null;
    for (const reader of this.readers) {
      if (!reader.wants(event)) continue;
      line ??= `id: ${this.numbered}\nevent: ${String(event['type']).replaceAll(/[\r\n]/g, ' ')}\ndata: ${jsonText(this.outlet.event(event))}\n\n`;
      this.write(reader, line);
    }
  }

  get hasReaders(): boolean {
    return this.readers.size > 0;
  }

  /** Keeps the response open until its reader leaves. */
  add(response: ServerResponse, peer: string, wants: (event: Event) => boolean): void {
    const reader: Reader = { response, peer, wants, missed: 0, sentBytes: 0 };
    response.writeHead(200, eventStreamHeaders);
    response.write(': live events of the cluster\n\n');
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
    if (reader.response.writableLength > this.shareBytes) {
      reader.missed += 1;
      return;
    }
    if (reader.missed > 0) {
      reader.response.write(`event: celeriac-missed\ndata: {"missed":${reader.missed}}\n\n`);
      reader.missed = 0;
    }
    reader.response.write(text);
  }

  /** A comment now and then: proxies close what is silent, and a reader that is gone or deaf is noticed. */
  private sendBeat(): void {
    for (const reader of this.readers) {
      const { response } = reader;
      const waiting = response.writableLength;
      const sentBytes = (response.socket?.bytesWritten ?? 0) - waiting;
      if (waiting > 0 && sentBytes === reader.sentBytes) response.destroy();
      else this.write(reader, ': still here\n\n');
      reader.sentBytes = sentBytes;
    }
  }

  private remove(reader: Reader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0 || !this.beat) return;
    clearInterval(this.beat);
    this.beat = null;
  }
}

const tooManyReaders = problem(503, 'tooManyReaders', 'This stream has reached its maximum number of readers.', {
  'retry-after': '5',
});

const tooManyOfYours = problem(429, 'tooManyStreams', 'Too many concurrent readers from your address.', {
  'retry-after': '5',
});

/** How much those who read streams may hold of the server. */
interface StreamLimits {
  readonly readers: number;
  /** Readers behind one address. */
  readonly readersPerPeer: number;
  /** Bytes that wait for all of them; who leaves more than its share misses events. */
  readonly unreadBytes: number;
}

const streamLimits: StreamLimits = {
  readers: 64,
  readersPerPeer: 16,
  unreadBytes: 64 * 1024 * 1024,
};
