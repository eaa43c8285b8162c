import { readdir, readFile, readlink } from 'node:fs/promises';
import type { DebugListener } from '../api/debugging.ts';
import { readSocketTable, type Socket } from './socketTable.ts';

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
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const sockets = new Map(tables.flatMap(readSocketTable).map((socket) => [socket.inode, socket]));
  const adapters = await findAdapters(sockets);
  if (adapters.length === 0) return [];
  const found = await Promise.all(
    pids.map(async (pid) => {
      const remotePorts = new Set((await socketsOf(pid, sockets)).map(({ remotePort }) => remotePort));
      const adapter = adapters.find(({ ports }) => ports.some((port) => remotePorts.has(port)));
      return adapter?.clientPort ? { pid, host: adapter.host, port: adapter.clientPort } : null;
    }),
  );
  return found.filter((each) => each !== null);
};

const findAdapters = async (sockets: ReadonlyMap<string, Socket>): Promise<readonly Adapter[]> => {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const adapters = await Promise.all(
    names.map(async (name): Promise<Adapter | null> => {
      const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0');
      const address = adapterAddress(words);
      if (!address) return null;
      const own = (await socketsOf(Number(name), sockets)).filter(({ isListening }) => isListening);
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

const socketsOf = async (pid: number, sockets: ReadonlyMap<string, Socket>): Promise<readonly Socket[]> => {
  const folder = `/proc/${pid}/fd`;
  const files = await readdir(folder).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => '')));
  return links.flatMap((link) => sockets.get(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? '') ?? []);
};
