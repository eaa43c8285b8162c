import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpLimits } from './httpLimits.ts';
import { placeToFree } from './placeToFree.ts';

interface Place {
  readonly socket: Socket;
  readonly peer: string;
  readonly isReserved: boolean;
  readonly responses: Set<ServerResponse>;
  /** When it last began or ceased to wait for an answer. */
  since: number;
  /** When this side closed it. */
  closedAt: number | null;
  isStream: boolean;
}

/**
 * The connections of a server. Each is destroyed after a bound, whatever its client does; when all places are taken, the
 * oldest that asks nothing makes room; and some places are kept for probes.
 */
export class Connections {
  private readonly limits: HttpLimits;
  private readonly isProxy: (address: string) => boolean;
  private readonly places = new Map<Socket, Place>();
  private readonly timer: NodeJS.Timeout;

  constructor(limits: HttpLimits, isProxy: (address: string) => boolean) {
    this.limits = limits;
    this.isProxy = isProxy;
    this.timer = setInterval(() => this.sweep(performance.now()), limits.checkEveryMs).unref();
  }

  admit(socket: Socket): void {
    const { connections, reservedConnections, connectionsPerPeer } = this.limits;
    const peer = socket.remoteAddress;
    const isRefused =
      peer === undefined ||
      (!this.isProxy(peer) && this.isFull(connectionsPerPeer, (place) => place.peer === peer)) ||
      this.isFull(connections + reservedConnections, () => true);
    if (isRefused) {
      socket.destroy();
      return;
    }
    // The reserve is left alone as long as another can make room.
    const isReserved = this.isFull(connections, (place) => !place.isReserved);
    const since = performance.now();
    const responses = new Set<ServerResponse>();
    this.places.set(socket, { socket, peer, isReserved, responses, since, closedAt: null, isStream: false });
    socket.on('close', () => this.places.delete(socket));
  }

  /** Notes that a request waits for its answer. */
  begin(socket: Socket, response: ServerResponse): void {
    const place = this.places.get(socket);
    if (!place) return;
    place.responses.add(response);
    place.since = performance.now();
    response.on('close', () => {
      place.responses.delete(response);
      place.since = performance.now();
    });
    if (place.responses.size > this.limits.requestsPerConnection) socket.destroy();
  }

  /** Notes that the answer to a request has no end, so that only what the stream itself says ends it. */
  keepStream(socket: Socket): void {
    const place = this.places.get(socket);
    if (place) place.isStream = true;
  }

  /** Whether only probes are answered on it. */
  isReserved(socket: Socket): boolean {
    return this.places.get(socket)?.isReserved ?? false;
  }

  /** Whether the head of an answer was sent that is not at its end. */
  isAnswering(socket: Socket): boolean {
    return [...(this.places.get(socket)?.responses ?? [])].some(({ headersSent }) => headersSent);
  }

  get unreadBytes(): number {
    let sum = 0;
    for (const socket of this.places.keys()) sum += socket.writableLength;
    return sum;
  }

  close(): void {
    clearInterval(this.timer);
    for (const socket of this.places.keys()) socket.destroy();
  }

  /** Whether so many of these are open, and none of them can make room. */
  private isFull(limit: number, isAmong: (place: Place) => boolean): boolean {
    const among = [...this.places.values()].filter(isAmong);
    if (among.length < limit) return false;
    const idle = placeToFree(among.filter(({ responses }) => responses.size === 0));
    if (!idle) return true;
    this.places.delete(idle.socket);
    idle.socket.destroy();
    return false;
  }

  private sweep(now: number): void {
    const { closingWithinMs, idleMs, readWithinMs, checkEveryMs } = this.limits;
    for (const place of this.places.values()) {
      if (place.socket.writableEnded) place.closedAt ??= now;
      const isWaiting = place.responses.size > 0;
      const isOver =
        (place.closedAt !== null && now - place.closedAt >= closingWithinMs) ||
        (!isWaiting && now - place.since > idleMs + checkEveryMs) ||
        (isWaiting && !place.isStream && now - place.since > readWithinMs);
      if (isOver) place.socket.destroy();
    }
  }
}
