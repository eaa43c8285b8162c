import type { Socket } from '../socketTable.ts';

/** A socket of this machine that listens and that nobody is connected to. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** The number by which Linux knows it. */
  readonly inode: string;
}

export const listenersWithoutVisitor = (sockets: readonly Socket[]): readonly Listener[] => {
  const visited = sockets.filter(({ isConnected }) => isConnected);
  return sockets
    .filter(({ isListening }) => isListening)
    .filter((socket) => !visited.some((other) => isAt(other, socket)))
    .map(({ localAddress, localPort, inode }) => ({ host: hostOf(localAddress), port: localPort, inode }))
    .sort((a, b) => a.port - b.port);
};

const everywhere = /^0+$/;

const isAt = (connection: Socket, listener: Socket): boolean =>
  connection.localPort === listener.localPort &&
  (everywhere.test(listener.localAddress) || connection.localAddress === listener.localAddress);

/** IPv4 stands there with its last byte first. One that listens everywhere, or on IPv6, is met on this machine. */
const hostOf = (address: string): string => {
  if (address.length !== 8 || everywhere.test(address)) return '127.0.0.1';
  const bytes = address.match(/../g) ?? [];
  return bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
};
