import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { explainRedisError } from './redisErrors.ts';
import { PushReader } from './redisPushReader.ts';
import { placeOf, type RedisEndpoint, type RedisTarget } from './redisTarget.ts';

export interface EventSocketOptions {
  readonly endpoint: RedisEndpoint;
  readonly target: RedisTarget;
  readonly pattern: string;
  readonly onMessage: (payload: Buffer) => void;
  /** Messages of more bytes are passed over. */
  readonly largestMessage: number;
  readonly onTooLarge: (bytes: number) => void;
  readonly signal: AbortSignal;
}

const readBufferBytes = 1024 * 1024;

/** The connection that only hears events; its life begins subscribed and ends with `ended`. */
export class RedisEventSocket {
  /** Whether anything came since this was last set to false. */
  heard = true;
  /** Settles with the reason when the socket closes: `null` when it closed without one. */
  readonly ended: Promise<Error | null>;
  private readonly reader: PushReader;
  private readonly socket: Socket;
  private replies: { resolve: () => void; reject: (error: Error) => void }[] = [];
  private problem: Error | null = null;

  private constructor(options: EventSocketOptions) {
    this.reader = new PushReader(
      {
        message: options.onMessage,
        reply: () => this.replies.shift()?.resolve(),
        error: (message) => this.replies.shift()?.reject(new Error(message)),
        tooLarge: options.onTooLarge,
      },
      options.largestMessage,
    );
    this.socket = openSocket(options, (bytes) => {
      this.heard = true;
      try {
        this.reader.push(bytes);
      } catch (error) {
        this.socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.socket.on('error', (error) => {
      this.problem ??= error;
    });
    this.ended = new Promise((resolve) => {
      this.socket.once('close', () => {
        for (const { reject } of this.replies) reject(this.problem ?? new Error('The connection was closed.'));
        this.replies = [];
        resolve(this.problem);
      });
    });
  }

  /** Connects, signs in and subscribes. */
  static async open(options: EventSocketOptions): Promise<RedisEventSocket> {
    options.signal.throwIfAborted();
    const events = new RedisEventSocket(options);
    const abort = (): void => events.close();
    options.signal.addEventListener('abort', abort);
    try {
      const { user, password } = options.target;
      if (password !== null) await events.signIn(user === null ? ['AUTH', password] : ['AUTH', user, password]);
      await events.send(['PSUBSCRIBE', options.pattern]);
      return events;
    } catch (error) {
      events.close();
      const { endpoint, target, pattern } = options;
      const channel = { name: pattern, verb: 'subscribe to' } as const;
      throw explainRedisError(error, { ...placeOf(target, endpoint), channel });
    } finally {
      options.signal.removeEventListener('abort', abort);
    }
  }

  /** Whether the last message that came was not whole. */
  get isMidMessage(): boolean {
    return this.reader.isMidMessage;
  }

  /** Asks for a sign of life; it shows in `heard`. */
  ping(): void {
    this.send(['PING']).catch(() => undefined);
  }

  close(): void {
    this.socket.destroy();
  }

  /** The commands connection has signed in before: a refusal here only means that none is needed. */
  private async signIn(command: readonly string[]): Promise<void> {
    await this.send(command).catch((error: Error) => {
      if (this.socket.destroyed) throw error;
    });
  }

  private send(command: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(this.problem ?? new Error('The connection was closed.'));
      this.replies.push({ resolve, reject });
      this.socket.write(encodeCommand(command));
    });
  }
}

const openSocket = ({ endpoint, target }: EventSocketOptions, onBytes: (bytes: Buffer) => void): Socket => {
  if (target.tls) {
    const socket = connectTls({ ...endpoint, ...target.tls() });
    socket.on('data', onBytes);
    return socket;
  }
  // One large buffer of our own: a burst is read in few, long gulps, whatever else the process has to do.
  const buffer = Buffer.allocUnsafeSlow(readBufferBytes);
  const callback = (length: number): boolean => {
    onBytes(Buffer.from(buffer.subarray(0, length)));
    return true;
  };
  return connectTcp({ ...endpoint, noDelay: true, onread: { buffer, callback } });
};

const encodeCommand = (parts: readonly string[]): string =>
  `*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`;
