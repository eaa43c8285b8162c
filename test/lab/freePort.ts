import { createServer } from 'node:net';

/**
 * A loopback port nobody listens on. Taken from below the range the system draws client ports from: a client that
 * keeps reconnecting to a stopped server there can otherwise connect to itself and keep the server from coming back.
 */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    if (!handedOut.has(port) && (await isFree(port))) {
      handedOut.add(port);
      return port;
    }
  }
  throw new Error('found no free port between 15000 and 30000');
};

const handedOut = new Set<number>();

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
