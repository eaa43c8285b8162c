import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const loopback: readonly string[] = ['127.0.0.0/8', '::1'];

/** The proxies in front of the server: what they say of a request is believed, because others do not reach their address. */
export class Proxies {
  private readonly named: BlockList | null;
  private readonly ownMachine = listOf(loopback);

  /** Addresses such as `10.0.0.5`, or ranges such as `10.0.0.0/8`. */
  constructor(addresses: readonly string[]) {
    this.named = addresses.length > 0 ? listOf(addresses) : null;
  }

  /** Whether it was named as a proxy, and so asks for many clients. */
  isNamed(address: string): boolean {
    return this.named !== null && includes(this.named, address);
  }

  /** Whether a header that tells who was let in is believed: of those that are named, or else of this machine alone. */
  mayVouch({ socket }: IncomingMessage): boolean {
    return includes(this.named ?? this.ownMachine, socket.remoteAddress ?? '');
  }

  /** The address of the client, as its own or the nearest named proxy saw it. */
  clientOf({ socket, headers }: IncomingMessage): string {
    const own = socket.remoteAddress ?? '';
    if (!this.isNamed(own)) return own;
    const hops = String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter((hop) => isIP(hop) !== 0);
    return hops.findLast((hop) => !this.isNamed(hop)) ?? own;
  }

  /** Whether the client speaks TLS to its proxy. */
  isSecure(message: IncomingMessage): boolean {
    const [protocol = ''] = String(message.headers['x-forwarded-proto'] ?? '').split(',');
    return this.mayVouch(message) && protocol.trim().toLowerCase() === 'https';
  }
}

const listOf = (addresses: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const text of addresses) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

const includes = (list: BlockList, address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
};
