/** A TCP socket in Linux's own table (/proc/net/tcp). */
export interface Socket {
  readonly localPort: number;
  readonly remotePort: number;
  readonly isListening: boolean;
  readonly inode: string;
}

const listening = '0A';
const row = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+\s+\d+\s+\d+ (\d+)/gm;

export const readSocketTable = (table: string): readonly Socket[] =>
  [...table.matchAll(row)].map(([, local = '', remote = '', state, inode = '']) => ({
    localPort: Number.parseInt(local, 16),
    remotePort: Number.parseInt(remote, 16),
    isListening: state === listening,
    inode,
  }));
