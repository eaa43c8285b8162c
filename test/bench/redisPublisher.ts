import { once } from 'node:events';
import { connect } from 'node:net';
import { envelopeOf, heartbeat, type Publisher } from './publisher.ts';
import type { EventMessage } from './taskStream.ts';

const chunkBytes = 256 * 1024;

/** Writes ready-made commands to a bare socket: no client library stands between the burst and Redis. */
export const openRedisPublisher = async (url: string): Promise<Publisher> => {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const replies = new Replies();
  socket.on('data', (bytes) => replies.read(bytes));
  socket.once('close', () => replies.fail());
  const channel = `/${pathname.slice(1) || '0'}.celeryev`;

  const send = async (chunks: readonly Buffer[], count: number): Promise<number> => {
    const received = replies.expect(count);
    for (const chunk of chunks) if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), received]);
    return received;
  };
  return {
    prepare: (messages) => {
      const chunks = toChunks(messages, channel);
      return async () => {
        await send(chunks, messages.length);
      };
    },
    hasListener: async () => (await send(toChunks([heartbeat('probe@bench')], channel), 1)) > 0,
    close: async () => {
      socket.destroy();
    },
  };
};

const toChunks = (messages: readonly EventMessage[], prefix: string): Buffer[] => {
  const chunks: Buffer[] = [];
  let commands: string[] = [];
  let length = 0;
  for (const message of messages) {
    const command = publishCommand(`${prefix}/${message.routingKey}`, envelopeOf(message));
    commands.push(command);
    length += command.length;
    if (length < chunkBytes) continue;
    chunks.push(Buffer.from(commands.join('')));
    commands = [];
    length = 0;
  }
  if (commands.length > 0) chunks.push(Buffer.from(commands.join('')));
  return chunks;
};

const publishCommand = (channel: string, envelope: string): string =>
  `*3\r\n$7\r\nPUBLISH\r\n$${channel.length}\r\n${channel}\r\n$${Buffer.byteLength(envelope)}\r\n${envelope}\r\n`;

const lineFeed = 10;
const zero = 48;

/** Adds up the answers to PUBLISH: how many listeners each message had. */
class Replies {
  #left = 0;
  #sum = 0;
  #value = 0;
  #settle: { resolve: (sum: number) => void; reject: (error: Error) => void } | null = null;

  expect(count: number): Promise<number> {
    this.#left = count;
    this.#sum = 0;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  read(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte >= zero && byte <= zero + 9) this.#value = this.#value * 10 + byte - zero;
      else if (byte === lineFeed) this.#take();
    }
  }

  fail(): void {
    this.#settle?.reject(new Error('Redis closed the connection of the publisher'));
  }

  #take(): void {
    this.#sum += this.#value;
    this.#value = 0;
    this.#left -= 1;
    if (this.#left === 0) this.#settle?.resolve(this.#sum);
  }
}
