import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/**
 * The ports of this machine on which something waits for a first visitor. Knocking is no way to find out: to rdb every
 * connection is a debugger, and one that goes away lets the task run on. So the system is asked, or its answer to a bind.
 */
export const waitingPorts = async (first: number, count: number): Promise<readonly number[]> => {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readTable));
  const known = tables.filter((table) => table !== null);
  const isInRange = (port: number): boolean => port >= first && port < first + count;
  if (known.length > 0) return portsWithoutVisitor(known.join('\n')).filter(isInRange);
  const ports = Array.from({ length: count }, (_, index) => first + index);
  const taken = await Promise.all(ports.map(isTaken));
  return ports.filter((_, index) => taken[index]);
};

const readTable = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null);

const listens = '0A';
const isConnected = '01';

/** Linux's own table of sockets: the ports that listen and that nobody is connected to. */
export const portsWithoutVisitor = (table: string): readonly number[] => {
  const rows = [...table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ ([0-9A-F]{2}) /gm)];
  const inState = (state: string) =>
    new Set(rows.filter((row) => row[2] === state).map((row) => Number.parseInt(row[1] ?? '', 16)));
  const visited = inState(isConnected);
  return [...inState(listens)].filter((port) => !visited.has(port)).sort((a, b) => a - b);
};

const isTaken = async (port: number): Promise<boolean> => {
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
  if (isFree) await new Promise((resolve) => server.close(resolve));
  return !isFree;
};
