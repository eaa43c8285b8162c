import { createServer, type Socket } from 'node:net';

export interface FakeRedis {
  readonly url: string;
  readonly port: number;
  /** Closes the connections that subscribe, and only those. */
  cutSubscribers(): void;
  close(): Promise<void>;
}

/** A reply on the wire, for what one cannot make a real server say. */
export const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** Answers each command by `answer`, or with OK; `null` is no answer. */
export const startFakeRedis = async (
  answer: (name: string, args: readonly string[], isSubscriber: boolean) => string | null | undefined,
): Promise<FakeRedis> => {
  const subscribers = new Set<Socket>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const [name = '', ...args] of readCommands(bytes.toString())) {
        if (name === 'PSUBSCRIBE') subscribers.add(socket);
        const reply = answer(name, args, subscribers.has(socket));
        if (reply !== null) socket.write(reply ?? '+OK\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `redis://127.0.0.1:${port}/0`,
    port,
    cutSubscribers: () => {
      for (const socket of subscribers) socket.end();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** Whole commands only: what is sent here is short enough to come in one piece. */
const readCommands = (text: string): string[][] =>
  text
    .split(/^\*\d+\r\n/m)
    .slice(1)
    .map((command) =>
      command
        .split('\r\n')
        .filter((_, index) => index % 2 === 1)
        .map((word, index) => (index === 0 ? word.toUpperCase() : word)),
    );
