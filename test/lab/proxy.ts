import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A TCP proxy that misbehaves on request. */
export interface LabProxy {
  readonly host: string;
  readonly port: number;
  /** How many clients are connected through it now. */
  readonly connections: number;
  /** Bytes wait here, both ways; new connections are taken and wait too. Nobody is told. */
  stall(): void;
  resume(): void;
  /** Closes every connection with a FIN, as a server does that ends. */
  cut(): void;
  /** Breaks every connection with a RST, as a firewall does that has forgotten it. */
  reset(): void;
  /** Each piece waits so long on its way, both ways. */
  delayMs(ms: number): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export const startProxy = async (target: { readonly host: string; readonly port: number }): Promise<LabProxy> => {
  const pairs = new Set<Pair>();
  const gate = makeGate();
  let delay = 0;

  const pump = async (from: Socket, to: Socket): Promise<void> => {
    try {
      for await (const chunk of from) {
        if (delay > 0) await wait(delay, undefined, { ref: false });
        await gate.passed();
        if (!to.write(chunk)) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
      }
      await gate.passed();
      to.end();
    } catch {
      to.destroy();
    }
  };

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true });
    const pair = { client, server: upstream };
    pairs.add(pair);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroySoon();
        pairs.delete(pair);
      });
      void pump(one, other);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  const each = (end: (socket: Socket) => void) => {
    for (const { client, server: upstream } of pairs) {
      end(client);
      upstream.destroy();
    }
    pairs.clear();
  };
  return {
    host: '127.0.0.1',
    port: address.port,
    get connections() {
      return pairs.size;
    },
    stall: gate.shut,
    resume: gate.open,
    cut: () => each((socket) => socket.destroy()),
    reset: () => each((socket) => socket.resetAndDestroy()),
    delayMs: (ms) => {
      delay = ms;
    },
    close: async () => {
      each((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

/** A door that is open, or shut until somebody opens it. */
const makeGate = () => {
  let opened = Promise.resolve();
  let open = (): void => {};
  return {
    passed: () => opened,
    shut: () => {
      open();
      opened = new Promise((resolve) => {
        open = resolve;
      });
    },
    open: () => open(),
  };
};
