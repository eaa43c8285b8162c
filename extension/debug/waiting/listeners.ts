/** A socket of this machine that listens and that nobody is connected to. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** The number by which Linux knows it. */
  readonly inode: string;
}

interface Row {
  readonly address: string;
  readonly port: number;
  readonly state: string;
  readonly inode: string;
}

const listens = '0A';
const isConnected = '01';

/** Linux's own table of sockets (/proc/net/tcp). */
export const listenersWithoutVisitor = (table: string): readonly Listener[] => {
  const rows = readRows(table);
  const visited = rows.filter(({ state }) => state === isConnected);
  return rows
    .filter(({ state }) => state === listens)
    .filter((row) => !visited.some((other) => isAt(other, row)))
    .map(({ address, port, inode }) => ({ host: hostOf(address), port, inode }))
    .sort((a, b) => a.port - b.port);
};

const rowPattern = /^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) \S+ \S+ \S+ +\d+ +\d+ (\d+)/gm;

const readRows = (table: string): readonly Row[] =>
  [...table.matchAll(rowPattern)].map(([, address = '', port = '', state = '', inode = '']) => ({
    address,
    port: Number.parseInt(port, 16),
    state,
    inode,
  }));

const everywhere = /^0+$/;

const isAt = (connection: Row, listener: Row): boolean =>
  connection.port === listener.port && (everywhere.test(listener.address) || connection.address === listener.address);

/** IPv4 stands there with its last byte first. One that listens everywhere, or on IPv6, is met on this machine. */
const hostOf = (address: string): string => {
  if (address.length !== 8 || everywhere.test(address)) return '127.0.0.1';
  const bytes = address.match(/../g) ?? [];
  return bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
};
