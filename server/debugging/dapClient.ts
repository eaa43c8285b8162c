import { connect, type Socket } from 'node:net';
import { isRecord } from '../celery/isRecord.ts';
import { parseJson } from '../celery/parseJson.ts';

interface Message {
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

type Wanted = (message: Message) => boolean;

/** As much of the debug adapter protocol as it takes to ask something. */
export class DapClient {
  private readonly socket: Socket;
  private readonly heard: Message[] = [];
  private readonly waiting = new Set<{ readonly wanted: Wanted; readonly take: (message: Message | null) => void }>();
  private bytes = Buffer.alloc(0);
  private sent = 0;
  private isOver = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data) => this.read(data));
    socket.on('error', () => this.end());
    socket.on('close', () => this.end());
  }

  /** Null: nobody listens there. */
  static open(host: string, port: number, withinMs: number): Promise<DapClient | null> {
    return new Promise((resolve) => {
      const socket = connect({ host, port });
      const giveUp = (): void => {
        socket.destroy();
        resolve(null);
      };
      socket.setTimeout(withinMs, giveUp);
      socket.once('error', giveUp);
      socket.once('connect', () => {
        socket.setTimeout(0);
        socket.off('error', giveUp);
        resolve(new DapClient(socket));
      });
    });
  }

  send(command: string, given: object): void {
    this.sent += 1;
    const text = JSON.stringify({ seq: this.sent, type: 'request', command, arguments: given });
    this.socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** The first message of that kind, heard already or to come; null: none comes in time. */
  next(wanted: Wanted, withinMs: number): Promise<Message | null> {
    const found = this.heard.find(wanted);
    if (found || this.isOver) return Promise.resolve(found ?? null);
    return new Promise((resolve) => {
      const take = (message: Message | null): void => {
        clearTimeout(patience);
        this.waiting.delete(entry);
        resolve(message);
      };
      const entry = { wanted, take };
      const patience = setTimeout(() => take(null), withinMs);
      this.waiting.add(entry);
    });
  }

  close(): void {
    this.socket.destroy();
    this.end();
  }

  private read(data: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, data]);
    for (let message = this.takeMessage(); message; message = this.takeMessage()) {
      this.heard.push(message);
      for (const entry of [...this.waiting]) if (entry.wanted(message)) entry.take(message);
    }
  }

  private takeMessage(): Message | null {
    const end = this.bytes.indexOf('\r\n\r\n');
    const length = Number(/^Content-Length: (\d+)/i.exec(this.bytes.subarray(0, Math.max(0, end)).toString())?.[1]);
    if (end < 0 || this.bytes.length < end + 4 + length) return null;
    // Whoever speaks another language is not listened to any further.
    if (!Number.isFinite(length)) return this.hangUp();
    const text = this.bytes.subarray(end + 4, end + 4 + length).toString();
    this.bytes = this.bytes.subarray(end + 4 + length);
    const message = parseJson(text);
    return isMessage(message) ? message : this.hangUp();
  }

  private hangUp(): null {
    this.close();
    return null;
  }

  private end(): void {
    this.isOver = true;
    for (const entry of [...this.waiting]) entry.take(null);
  }
}

const isMessage = (value: unknown): value is Message => isRecord(value) && typeof value['type'] === 'string';
