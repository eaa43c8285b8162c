import { createServer } from 'node:net';
import type { RdbPlace } from '../../api/rdbPlace.ts';
import { readSockets } from '../socketTable.ts';
import { type Listener, listenersWithoutVisitor } from './listeners.ts';

/** The sockets of this machine on which something waits for a first visitor; null: the system does not tell. */
export const readListeners = async (): Promise<readonly Listener[] | null> => {
  const sockets = await readSockets();
  return sockets === null ? null : listenersWithoutVisitor(sockets);
};

/**
 * Where something waits within a span of ports. Knocking is no way to find out: to rdb every connection is a debugger, and
 * one that goes away lets the task run on. So the system is asked, or its answer to a bind.
 */
export const listeningHere = async (first: number, count: number): Promise<readonly RdbPlace[]> => {
  const listeners = await readListeners();
  if (listeners)
    return listeners
      .filter(({ port }) => port >= first && port < first + count)
      .map(({ host, port }) => ({ host, port }));
  const ports = Array.from({ length: count }, (_, index) => first + index);
  const taken = await Promise.all(ports.map(isTaken));
  return ports.filter((_, index) => taken[index]).map((port) => ({ host: '127.0.0.1', port }));
};

/** By trying to listen there: no way to ask often, for a worker may want the port in that moment. */
export const isTaken = async (port: number): Promise<boolean> => {
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
  if (isFree) await new Promise((resolve) => server.close(resolve));
  return !isFree;
};
