import type { BrokerKind, BrokerOverview, QueueDepth, ServerInfo } from '../api/model.ts';
import type { PeekedQueue } from '../api/peek.ts';
import type { Worded } from '../api/phrase.ts';
import type { ControlMessage } from '../celery/control.ts';
import type { ReceivedReply } from '../celery/controlReply.ts';
import type { Delivery } from '../celery/delivery.ts';
import type { TaskMessage } from '../celery/taskMessage.ts';

export interface BrokerListener {
  /** Called straight from the socket for every event message; must only queue it. */
  onDelivery(delivery: Delivery): void;
  /** Events that the broker is known to have thrown away before they reached us. */
  onLost(reason: string, count: number | null): void;
  /** Longer messages are passed over where the adapter can, and told as lost; left out: 64 MB. */
  readonly largestMessage?: number;
  /** The broker stopped accepting messages from publishers, and why; null: it accepts them again. */
  onBlocked(reason: Worded | null): void;
}

/** Where to reach a broker and its worker mailboxes. One of these per connection; it holds no socket. */
export interface Broker {
  readonly kind: BrokerKind;
  /** The URL without its password, for people. */
  readonly maskedUrl: string;
  /** Loads what connecting needs, for whoever waits for something else before it connects. */
  prepare?(): void;
  /**
   * Opens one session: connects, subscribes to the events, and only then resolves. Rejects with a `CeleriacError`
   * that says which stage failed and what to do. Does not retry: the link's life is the cluster's business.
   */
  connect(listener: BrokerListener, signal: AbortSignal): Promise<BrokerSession>;
}

/** One life of a connection. */
export interface BrokerSession {
  readonly server: ServerInfo;
  /** It goes on where the last session was cut: what came meanwhile waited for us, and no event is missing. */
  readonly resumed: boolean;
  /** Settles once, with the reason, when the session ends: `null` after `close()`, an error otherwise. */
  readonly ended: Promise<Error | null>;
  /**
   * Publishes one remote-control command to the workers' mailboxes without waiting for replies. Resolves with the number
   * of mailboxes that took it, where the broker tells.
   */
  broadcast(command: ControlMessage): Promise<number | null>;
  /**
   * Opens the place where workers' replies arrive: once per session, when first needed. It serves any number of commands
   * at once, and `close()` removes all of it from the broker.
   */
  openReplies(onReply: (reply: ReceivedReply) => void): Promise<ReplyBox>;
  /**
   * The names of all workers that hold a mailbox in the broker, crashed ones that nobody has swept up included; null
   * where the broker does not tell.
   */
  mailboxNames(): Promise<readonly string[] | null>;
  /** The queues that the broker itself can name, control and event queues left out; null where it does not tell. */
  queueNames(): Promise<readonly string[] | null>;
  /** How full these queues are, all asked at once; a queue that is not there says so. */
  queueDepths(names: readonly string[]): Promise<readonly QueueDepth[]>;
  overview(): Promise<BrokerOverview>;
  /** Sends one task as Celery's own producer would, and resolves when the broker has it. */
  publish(message: TaskMessage): Promise<void>;
  /** Deletes all messages that wait in one queue, and resolves with their number. Messages at workers stay. */
  purge(queue: string): Promise<number>;
  /** What looking into a queue changes there; null: nothing. */
  readonly peekingTouches: string | null;
  /** The messages at the head of a queue, the next to be delivered first. They stay where they are. */
  peek(queue: string, limit: number): Promise<PeekedQueue>;
  /** Removes what the session left in the broker, then closes its sockets. Safe to call twice. */
  close(): Promise<void>;
}

/** Where a session's replies come in. */
export interface ReplyBox {
  /**
   * Publishes a command whose replies carry `ticket`. `expiresAt` (ms since 1970) goes along as Celery's own clients send
   * it; workers do not read it, so one that was paused may still obey a command whose time is over. Resolves with the
   * number of mailboxes that took it, where the broker tells.
   */
  ask(command: ControlMessage, ticket: string, expiresAt: number): Promise<number | null>;
}
