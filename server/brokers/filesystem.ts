import { stat } from 'node:fs/promises';
import { CeleriacError } from '../api/errors.ts';
import type { BrokerOverview, ConnectionConfig, QueueDepth, ServerInfo } from '../api/model.ts';
import type { PeekedQueue } from '../api/peek.ts';
import { phrase } from '../api/phrase.ts';
import type { ControlMessage } from '../celery/control.ts';
import { type ReceivedReply, replyExchange } from '../celery/controlReply.ts';
import type { TaskMessage } from '../celery/taskMessage.ts';
import type { Broker, BrokerListener, BrokerSession, ReplyBox } from './broker.ts';
import { withDeadline } from './deadline.ts';
import { checkFolders, explainFileError, type FilesystemFolders, readFolders } from './filesystemFolders.ts';
import { FilesystemInbox } from './filesystemInbox.ts';
import { eventQueue, pruneLeftovers, removeMessages } from './filesystemLeftovers.ts';
import { FilesystemMailboxes } from './filesystemMailboxes.ts';
import { FilesystemOutbox } from './filesystemOutbox.ts';
import { FilesystemQueues } from './filesystemQueues.ts';
import { FilesystemReplies } from './filesystemReplies.ts';
import { ExchangeTable } from './filesystemTable.ts';
import { newMark, releaseMark } from './ownMark.ts';
import type { Binding } from './virtualRouting.ts';

/** kombu's filesystem transport: folders instead of a server. */
export const createFilesystemBroker = (config: ConnectionConfig): Broker => {
  const folders = readFolders(config.transportOptions);
  return {
    kind: 'filesystem',
    maskedUrl: `filesystem://${folders.out}`,
    connect: (listener, signal) =>
      withDeadline(
        (until) => openSession(folders, listener, until),
        signal,
        connectDeadlineMs,
        () => tooSlow(folders),
      ),
  };
};

const connectDeadlineMs = 15_000;
const guardMs = 1_000;
/** How long a command that nobody answers is left for a worker that is slow to look. */
const commandLifeMs = 60_000;

const tooSlow = (folders: FilesystemFolders): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    phrase('filesystem.unanswered', { folder: folders.control, waited: connectDeadlineMs / 1000 }),
  );

const openSession = async (
  folders: FilesystemFolders,
  listener: BrokerListener,
  signal: AbortSignal,
): Promise<BrokerSession> => {
  const session = new FilesystemSession(folders, listener);
  try {
    await checkFolders(folders);
    await session.start();
    signal.throwIfAborted();
    return session;
  } catch (error) {
    await session.close();
    throw signal.aborted ? error : explainFileError(error, folders.control);
  }
};

class FilesystemSession implements BrokerSession {
  readonly peekingTouches = null;
  readonly server: ServerInfo = { product: 'Filesystem', version: null };
  readonly resumed = false;
  readonly ended: Promise<Error | null>;
  private readonly folders: FilesystemFolders;
  private readonly dataFolders: ReadonlySet<string>;
  private readonly listener: BrokerListener;
  private readonly events: ExchangeTable;
  private readonly replies: ExchangeTable;
  private readonly mailboxes: FilesystemMailboxes;
  private readonly mark = newMark();
  private readonly binding: Binding;
  private readonly inbox: FilesystemInbox;
  private readonly outbox: FilesystemOutbox;
  private readonly queues: FilesystemQueues;
  private box: FilesystemReplies | null = null;
  private settle: (reason: Error | null) => void = () => undefined;
  private over: Promise<void> | null = null;
  private guard: NodeJS.Timeout | null = null;
  private guarding: Promise<void> | null = null;
  private tableState = '';

  constructor(folders: FilesystemFolders, listener: BrokerListener) {
    this.folders = folders;
    this.dataFolders = new Set([folders.in, folders.out]);
    this.listener = listener;
    this.events = new ExchangeTable(folders.control, 'celeryev');
    this.replies = new ExchangeTable(folders.control, replyExchange);
    // celeryev is a topic exchange here; this pattern is what kombu makes of `#` (TopicExchange.key_to_pattern).
    this.binding = { routingKey: '#', pattern: '^.*?$', queue: eventQueue(this.mark) };
    this.outbox = new FilesystemOutbox(folders.in);
    this.mailboxes = new FilesystemMailboxes(new ExchangeTable(folders.control, 'celery.pidbox'), this.outbox);
    this.queues = new FilesystemQueues(folders);
    this.inbox = new FilesystemInbox({
      folders: [...this.dataFolders],
      queue: this.binding.queue,
      onMessage: (bytes) => listener.onDelivery({ kind: 'envelope', bytes }),
      onFailure: (error) => void this.end(explainFileError(error, folders.out)),
    });
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  async start(): Promise<void> {
    await pruneLeftovers(this.folders, { events: this.events, replies: this.replies });
    this.inbox.start();
    await this.events.add(this.binding);
    this.guardLater();
  }

  async broadcast(command: ControlMessage): Promise<number> {
    return this.use(() => this.mailboxes.post(command, Date.now() + commandLifeMs));
  }

  async openReplies(onReply: (reply: ReceivedReply) => void): Promise<ReplyBox> {
    if (this.box) throw new CeleriacError('internal', phrase('filesystem.twice'));
    const box = new FilesystemReplies({
      mark: this.mark,
      folders: this.dataFolders,
      table: this.replies,
      mailboxes: this.mailboxes,
      onReply,
      onFailure: (error) => void this.end(explainFileError(error, this.folders.out)),
    });
    this.box = box;
    try {
      await this.use(() => box.start());
    } catch (error) {
      this.box = null;
      await box.close();
      throw error;
    }
    return { ask: (command, ticket, expiresAt) => this.use(() => box.ask(command, ticket, expiresAt)) };
  }

  async mailboxNames(): Promise<readonly string[]> {
    return this.use(() => this.mailboxes.names());
  }

  /** There is nothing to tell beyond what is told elsewhere. */
  async overview(): Promise<BrokerOverview> {
    return { alarms: [], blockedConnections: null, missing: null };
  }

  async queueNames(): Promise<readonly string[]> {
    return this.use(() => this.queues.names());
  }

  async queueDepths(names: readonly string[]): Promise<readonly QueueDepth[]> {
    return this.use(() => this.queues.depths(names));
  }

  async publish(message: TaskMessage): Promise<void> {
    await this.use(() => this.queues.publish(message));
  }

  async purge(queue: string): Promise<number> {
    return this.use(() => this.queues.purge(queue));
  }

  async peek(queue: string, limit: number): Promise<PeekedQueue> {
    return { messages: await this.use(() => this.queues.peek(queue, limit)), touched: null };
  }

  close(): Promise<void> {
    return this.end(null);
  }

  /** Works in the folders; a failure becomes a sentence. */
  private async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.over) throw new CeleriacError('brokerMissing', phrase('filesystem.ended'));
    try {
      return await work();
    } catch (error) {
      throw explainFileError(error, this.folders.in);
    }
  }

  private end(reason: Error | null): Promise<void> {
    this.over ??= this.cleanUp().then(() => this.settle(reason));
    return this.over;
  }

  /** Leaves no row and no file; where the folders are gone there is nothing to leave. */
  private async cleanUp(): Promise<void> {
    if (this.guard) clearTimeout(this.guard);
    await this.guarding;
    const queues = new Set([this.binding.queue]);
    await Promise.allSettled([this.events.remove(queues), this.outbox.close(), this.box?.close()]);
    await this.inbox.close();
    await removeMessages(this.dataFolders, this.binding.queue).catch(() => undefined);
    releaseMark(this.mark);
  }

  private guardLater(): void {
    this.guard = setTimeout(() => {
      this.guarding = this.keepBinding()
        .catch((error: unknown) => void this.end(explainFileError(error, this.folders.control)))
        .finally(() => {
          if (!this.over) this.guardLater();
        });
    }, guardMs);
  }

  /** Others rewrite the table, some without a lock, or delete it: without our row no worker writes to us. */
  private async keepBinding(): Promise<void> {
    const state = await fileState(this.events.path);
    if (state === this.tableState) return;
    const bindings = await this.events.read();
    if (!bindings.some(({ queue }) => queue === this.binding.queue)) {
      await this.events.add(this.binding);
      this.listener.onLost(`The event queue was removed from ${this.events.path} and has been created again.`, null);
    }
    this.tableState = await fileState(this.events.path);
  }
}

/** Changes when the file does. */
const fileState = async (path: string): Promise<string> => {
  const entry = await stat(path).catch(() => null);
  return entry ? `${entry.ino} ${entry.size} ${entry.mtimeMs}` : 'none';
};
