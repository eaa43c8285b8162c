import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ControlCommand, ControlOutcome, WorkerReply } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import type { AuditEntry } from '../api/history.ts';
import type { BrokerOverview, Queue, QueueDepth, Worker } from '../api/model.ts';
import type { PeekedQueue } from '../api/peek.ts';
import { phrase, worded } from '../api/phrase.ts';
import type { BrokerSession } from '../brokers/broker.ts';
import { isControlMethod, specOf } from '../celery/controlCommands.ts';
import { readQueueNames } from '../celery/heldTasks.ts';
import { type TaskOrder, taskMessage } from '../celery/taskMessage.ts';
import { type Deed, outcomeOfReplies, targetOf, withAudit } from './auditTrail.ts';
import type { BeatBook } from './beatBook.ts';
import { expectation } from './expectation.ts';
import { Mailbox } from './mailbox.ts';
import { ownName } from './ownName.ts';
import type { QueueBook } from './queueBook.ts';
import { queueRound } from './queueRound.ts';

export interface OperationsParts {
  readonly session: BrokerSession;
  readonly workers: () => ReadonlyMap<string, Worker>;
  readonly beats: BeatBook;
  readonly queues: QueueBook;
  /** The name of a connection on which nothing may be changed; null: everything may. */
  readonly readOnly: string | null;
  readonly now: () => number;
  /** Resolves true as soon as the condition holds, false when the time is over first. */
  readonly until: (holds: () => boolean, timeoutMs: number) => Promise<boolean>;
  /** How many bytes the replies to open questions may hold, and who is told when that does not do. */
  readonly limitBytes: number;
  readonly onTooLarge: () => void;
  /** Keeps a line about everything that changed the cluster, or was to. */
  readonly keepAudit: (entry: AuditEntry) => void;
}

const shutdownTimeoutMs = 10_000;
/** A filesystem broker is looked into once a second. */
const beatsWithinMs = 1_500;

/** Everything that can be done to a cluster, for as long as one session lasts. */
export class Operations {
  private readonly parts: OperationsParts;
  private readonly mailbox: Mailbox;
  private readonly who: string;

  /** `who`: whom the audit names. */
  constructor(parts: OperationsParts, who = ownName(), mailbox = new Mailbox(parts)) {
    this.parts = parts;
    this.who = who;
    this.mailbox = mailbox;
  }

  /** The same, done on behalf of somebody else than the user of this process. */
  as(who: string): Operations {
    return new Operations(this.parts, who, this.mailbox);
  }

  /** Asks workers what changes nothing. */
  inspect(command: ControlCommand): Promise<ControlOutcome> {
    if (isInspection(command)) return this.mailbox.ask(command);
    throw new Error(`"${command.method}" may change something, so it is a desk that sends it.`);
  }

  ask(command: ControlCommand): Promise<ControlOutcome> {
    if (isInspection(command)) return this.inspect(command);
    const { method: action, arguments: parameters } = command;
    const act = (): Promise<ControlOutcome> =>
      action === 'shutdown' ? this.shutdown(command) : this.mailbox.ask(command);
    return this.audited({ action, target: targetOf(command), parameters, act, outcomeOf: outcomeOfReplies });
  }

  /** What the replies to open questions hold. */
  get replyBytes(): number {
    return this.mailbox.bytesHeld;
  }

  /** Sends a task; resolves with its id when the broker has it. */
  async send(order: Omit<TaskOrder, 'id' | 'origin'> & { readonly id?: string }): Promise<string> {
    const id = order.id ?? randomUUID();
    const message = taskMessage({ ...order, id, origin: `${process.pid}@${hostname()}` }, this.parts.now());
    const { name, args, kwargs, queue } = order;
    await this.audited({
      action: 'send',
      target: queue,
      parameters: { id, name, args, kwargs },
      act: () => this.parts.session.publish(message),
      outcomeOf: () => ({ outcome: 'done', sentence: null }),
    });
    return id;
  }

  purge(queue: string): Promise<number> {
    return this.audited({
      action: 'purge',
      target: queue,
      parameters: {},
      act: () => this.parts.session.purge(queue),
      outcomeOf: (count) => ({ outcome: 'done', sentence: `Messages deleted: ${count}.` }),
    });
  }

  /** Looks at the head of a queue; where looking changes something, that counts as a change. */
  peek(queue: string, limit: number): Promise<PeekedQueue> {
    const act = (): Promise<PeekedQueue> => this.parts.session.peek(queue, limit);
    if (this.parts.session.peekingTouches === null) return act();
    const outcomeOf = ({ touched }: PeekedQueue) => ({ outcome: 'done' as const, sentence: touched });
    return this.audited({ action: 'peek', target: queue, parameters: { limit }, act, outcomeOf });
  }

  /** What looking into a queue changes there; null: nothing. */
  get peekingTouches(): string | null {
    return this.parts.session.peekingTouches;
  }

  /** The names of the workers that hold a mailbox, as far as the broker tells; null where it does not. */
  async workerNames(): Promise<readonly string[] | null> {
    const names = await this.parts.session.mailboxNames();
    return names?.filter((name) => !this.parts.beats.isAlive(name)) ?? null;
  }

  /** Asks the beats whether they are alive, and resolves when their time to answer is over. */
  lookForBeats(over: AbortSignal, timeoutMs = beatsWithinMs): Promise<void> {
    return this.mailbox.lookForBeats(timeoutMs, over);
  }

  /** How full these queues are. */
  queueDepths(names: readonly string[]): Promise<readonly QueueDepth[]> {
    return this.parts.session.queueDepths(names);
  }

  overview(): Promise<BrokerOverview> {
    return this.parts.session.overview();
  }

  /**
   * Asks the workers what they consume and the broker how full that is, and notes both in the book. The broker may not
   * know of a queue that nobody consumes: `also` names such.
   */
  async readQueues(also: readonly string[] = []): Promise<readonly Queue[]> {
    const { queues, session, now } = this.parts;
    const names = await this.queueNames(also);
    queues.note(await session.queueDepths(names), now());
    return [...queues.all.values()];
  }

  /** The same for whoever looks again and again: of very many queues some in each round, so that it stays cheap. */
  async lookAtQueues(): Promise<void> {
    const { queues, session, now } = this.parts;
    const names = queueRound(await this.queueNames(), queues.all);
    queues.note(await session.queueDepths(names), now());
  }

  private async queueNames(also: readonly string[] = []): Promise<readonly string[]> {
    const { queues, session, workers } = this.parts;
    const [outcome, named] = await Promise.all([
      this.mailbox.ask({ method: 'active_queues', arguments: {}, timeoutMs: 1_000 }),
      session.queueNames(),
    ]);
    for (const reply of outcome.replies)
      if (reply.kind === 'answered') queues.noteConsumer(reply.hostname, readQueueNames(reply.value));
    queues.forgetConsumers((name) => isGone(workers().get(name)));
    return [...new Set([...(named ?? []), ...queues.names, ...also])];
  }

  private audited<T>(deed: Omit<Deed<T>, 'who'>): Promise<T> {
    if (this.parts.readOnly !== null) throw refusedToWrite(this.parts.readOnly, deed.action);
    return withAudit({ ...deed, who: this.who }, this.parts.keepAudit, this.parts.now);
  }

  /** Nobody answers a shutdown: the worker's goodbye event is its confirmation. */
  private async shutdown(command: ControlCommand): Promise<ControlOutcome> {
    const { workers, now, until } = this.parts;
    const startedAt = now();
    const targets = expectation(command, workers()).names;
    if (targets.length === 0) throw new CeleriacError('notFound', phrase('cluster.noWorkers'));
    await this.mailbox.tell({ ...command, destination: targets, pattern: null, matcher: null });
    const hasLeft = (name: string): boolean => workers().get(name)?.status === 'offline';
    await until(() => targets.every(hasLeft), command.timeoutMs ?? shutdownTimeoutMs);
    const replies = targets.map((name): WorkerReply => (hasLeft(name) ? saidGoodbye(name) : stillThere(name)));
    return { replies, expected: targets.length, tookMs: now() - startedAt };
  }
}

const isInspection = ({ method }: ControlCommand): boolean => isControlMethod(method) && !specOf(method).writes;

const refusedToWrite = (name: string, action: string): CeleriacError =>
  new CeleriacError('readOnly', phrase('cluster.readOnly', { connection: name, action }));

const isGone = (worker: Worker | undefined): boolean => worker?.status === 'offline' || worker?.status === 'lost';

const saidGoodbye = (name: string): WorkerReply => ({
  kind: 'answered',
  hostname: name,
  value: { ok: 'shut down' },
});

const stillThere = (name: string): WorkerReply => ({
  kind: 'silent',
  hostname: name,
  reason: 'stalled',
  ...worded(phrase('silence.notShutDown', { worker: name })),
});
