import type { DebugListener } from '../api/debugging.ts';
import { processIds, socketsOf, wordsOf } from './procFs.ts';
import { readSockets, type Socket } from './socketTable.ts';

interface Adapter {
  readonly host: string;
  /** Where debuggers come in, and where the process itself is connected. */
  readonly ports: readonly number[];
  readonly clientPort: number | null;
}

/**
 * debugpy.listen() leaves the listening to a process of its own, the adapter, which two ports belong to: one for debuggers,
 * one for the process. Linux tells who is connected to the second, so that nobody need knock to find out.
 */
export const findListeners = async (pids: readonly number[]): Promise<readonly DebugListener[]> => {
  if (process.platform !== 'linux' || pids.length === 0) return [];
  const sockets = new Map(((await readSockets()) ?? []).map((socket) => [socket.inode, socket]));
  const adapters = await findAdapters(sockets);
  if (adapters.length === 0) return [];
  const found = await Promise.all(
    pids.map(async (pid) => {
      const remotePorts = new Set((await heldBy(pid, sockets)).map(({ remotePort }) => remotePort));
      const adapter = adapters.find(({ ports }) => ports.some((port) => remotePorts.has(port)));
      return adapter?.clientPort ? { pid, host: adapter.host, port: adapter.clientPort } : null;
    }),
  );
  return found.filter((each) => each !== null);
};

const findAdapters = async (sockets: ReadonlyMap<string, Socket>): Promise<readonly Adapter[]> => {
  const adapters = await Promise.all(
    (await processIds()).map(async (pid): Promise<Adapter | null> => {
      const address = adapterAddress(await wordsOf(pid, 'cmdline'));
      if (!address) return null;
      const own = (await heldBy(pid, sockets)).filter(({ isListening }) => isListening);
      const ports = own.map(({ localPort }) => localPort);
      return { host: address.host, ports, clientPort: ports.includes(address.port) ? address.port : null };
    }),
  );
  return adapters.filter((each) => each !== null);
};

/** `python …/debugpy/adapter --for-server 45551 --host 127.0.0.1 --port 5680`; null: it is another program. */
export const adapterAddress = (words: readonly string[]): { readonly host: string; readonly port: number } | null => {
  if (!words.some((word) => /debugpy[\\/]adapter/.test(word)) || !words.includes('--for-server')) return null;
  const after = (option: string): string => (words.includes(option) ? (words[words.indexOf(option) + 1] ?? '') : '');
  const host = after('--host');
  const isAnywhere = ['', '0.0.0.0', '::'].includes(host);
  return { host: isAnywhere ? '127.0.0.1' : host, port: Number(after('--port')) };
};

const heldBy = async (pid: number, sockets: ReadonlyMap<string, Socket>): Promise<readonly Socket[]> =>
  (await socketsOf(pid)).flatMap((inode) => sockets.get(inode) ?? []);
