import type { BrokerKind, ServerInfo } from '../api/model.ts';
import type { ControlMessage } from '../celery/control.ts';
import type { Delivery } from '../celery/delivery.ts';

export interface BrokerListener {
  /** Called straight from the socket for every event message; must only queue it. */
  onDelivery(delivery: Delivery): void;
  /** Events that the broker is known to have thrown away before they reached us. */
  onLost(reason: string, count: number | null): void;
  /** The broker stopped (`blocked: true`) or resumed taking messages from publishers. */
  onBlocked(blocked: boolean, reason: string): void;
}

/** Where to reach a broker and its worker mailboxes. One of these per connection; it holds no socket. */
export interface Broker {
  readonly kind: BrokerKind;
  /** The URL without its password, for people. */
  readonly maskedUrl: string;
  /**
   * Opens one session: connects, subscribes to the events, and only then resolves. Rejects with a `CeleriacError`
   * that says which stage failed and what to do. Does not retry: the link's life is the cluster's business.
   */
  connect(listener: BrokerListener, signal: AbortSignal): Promise<BrokerSession>;
}

/** One life of a connection. */
export interface BrokerSession {
  readonly server: ServerInfo;
  /** Settles once, with the reason, when the session ends: `null` after `close()`, an error otherwise. */
  readonly ended: Promise<Error | null>;
  /**
   * Publishes one remote-control command to the workers' mailboxes without waiting for replies. Resolves with the number
   * of mailboxes that took it, where the broker tells.
   */
  broadcast(command: ControlMessage): Promise<number | null>;
  /** Removes what the session left in the broker, then closes its sockets. Safe to call twice. */
  close(): Promise<void>;
}
