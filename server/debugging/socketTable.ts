import { systemText } from './procFs.ts';

/** A TCP socket in Linux's own table (/proc/net/tcp). */
export interface Socket {
  /** In hexadecimal digits; IPv4 with its last byte first. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly isListening: boolean;
  readonly isConnected: boolean;
  readonly inode: string;
}

/** The sockets of this machine; null: the system does not tell. */
export const readSockets = async (): Promise<readonly Socket[] | null> => {
  const tables = await Promise.all([systemText('net/tcp'), systemText('net/tcp6')]);
  const known = tables.filter((table) => table !== null);
  return known.length === 0 ? null : known.flatMap(readSocketTable);
};

const connected = '01';
const listening = '0A';
const row = /^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+\s+\d+\s+\d+ (\d+)/gm;

export const readSocketTable = (table: string): readonly Socket[] =>
  [...table.matchAll(row)].map(([, localAddress = '', local = '', remote = '', state, inode = '']) => ({
    localAddress,
    localPort: Number.parseInt(local, 16),
    remotePort: Number.parseInt(remote, 16),
    isListening: state === listening,
    isConnected: state === connected,
    inode,
  }));
